/** A migration that touches rows must take the force of row-level security off its tables first, or it silently sees none. */
import { Migration } from '@mikro-orm/migrations';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { migrations } from '../../migrations/index.ts';
import { onRowsOf } from '../../migrations/tenant-table.ts';
import { sqlState } from '../../src/store/connection/connection-error.ts';
import { withInstallation } from '../../src/store/connection/with-company.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { checkDatabase } from '../../src/store/self-check/self-check.ts';
import { testDatabase } from '../support/database.ts';
import { createSmallCompany } from '../support/fixtures.ts';

const database = testDatabase();

/** A migration of tomorrow, after those of this release. */
const later = (
  name: string,
  sql: string,
): { readonly name: string; readonly class: new (...given: ConstructorParameters<typeof Migration>) => Migration } => ({
  name,
  class: class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  },
});

const applied = (name: string, sql: string): Promise<readonly string[]> =>
  migrateUp(database().ownerLogin, [...migrations, later(name, sql)]);

const sources = async (): Promise<readonly string[]> =>
  (await database().admin.query<{ source: string }>('select distinct source from invoices order by 1')).rows.map(({ source }) => source);

beforeAll(async () => {
  await createSmallCompany(database().app, 'ALPHA');
  await createSmallCompany(database().app, 'BETA');
});

beforeEach(async () => {
  await database().admin.query(`delete from schema_migrations where name like 'Migration2999%'; update invoices set source = 'import'`);
});

describe('a migration that changes rows', () => {
  const CHANGE = `update invoices set source = 'migrated'`;

  test('changes those of every company, and leaves row-level security forced', async () => {
    await expect(applied('Migration29990101000001', onRowsOf('invoices', CHANGE))).resolves.toEqual(['Migration29990101000001']);
    expect(await sources()).toEqual(['migrated']);
    await database().admin.query(`delete from schema_migrations where name like 'Migration2999%'`);
    await expect(withInstallation(database().app, checkDatabase)).resolves.toEqual({ kind: 'current' });
  });

  test('changes none, and says nothing, when it forgets that the owner is held to row-level security', async () => {
    await expect(applied('Migration29990101000001', CHANGE)).resolves.toEqual(['Migration29990101000001']);
    expect(await sources()).toEqual(['import']);
  });

  test('leaves row-level security forced when it fails half-way', async () => {
    await expect(applied('Migration29990101000001', onRowsOf('invoices', `${CHANGE}; select 1 / 0`))).rejects.toThrow('division by zero');
    expect(await sources()).toEqual(['import']);
    await expect(withInstallation(database().app, checkDatabase)).resolves.toEqual({ kind: 'current' });
  });
});

describe('a migration that adds a foreign key', () => {
  const KEY = `alter table contact_log add constraint later_key foreign key (company_id, customer_id) references customers (company_id, id)`;
  const ORPHAN = `insert into contact_log (company_id, customer_id, kind, happened_on) select company_id, 999999, 'CALL', '2026-11-23' from companies limit 1`;

  beforeEach(async () => {
    const { admin } = database();
    await admin.query('alter table contact_log drop constraint if exists later_key');
    await admin.query('alter table contact_log drop constraint if exists contact_log_company_id_customer_id_fkey');
    await admin.query('delete from contact_log');
    await admin.query(ORPHAN);
  });

  test('fails over a row without its parent', async () => {
    const outcome = applied('Migration29990101000002', onRowsOf(['contact_log', 'customers'], KEY)).catch(sqlState);
    expect(await outcome).toBe('23503');
  });

  test('would succeed over it when it forgets that the owner is held to row-level security', async () => {
    await expect(applied('Migration29990101000002', KEY)).resolves.toEqual(['Migration29990101000002']);
    const { rowCount } = await database().admin.query('select from contact_log where customer_id = 999999');
    expect(rowCount).toBe(1);
  });

  test('succeeds once the row is gone', async () => {
    await database().admin.query('delete from contact_log');
    await expect(applied('Migration29990101000002', onRowsOf(['contact_log', 'customers'], KEY))).resolves.toEqual([
      'Migration29990101000002',
    ]);
  });
});

describe('several processes that migrate', () => {
  test('apply each migration once between them, also one of a later release', async () => {
    const COUNTED = onRowsOf('invoices', `update invoices set source = source || '+'`);
    const all = await Promise.all([1, 2, 3].map(() => applied('Migration29990101000003', COUNTED)));
    expect(all.flat()).toEqual(['Migration29990101000003']);
    expect(await sources()).toEqual(['import+']);
  });

  test('come back for a lock that is held, and then take it once', async () => {
    const { admin } = database();
    const isWaiting = async (): Promise<boolean> =>
      ((await admin.query(`select from pg_locks where not granted and relation = 'invoices'::regclass`)).rowCount ?? 0) > 0;
    await admin.query('begin; lock table invoices in access share mode');
    const done = applied('Migration29990101000004', onRowsOf('invoices', `update invoices set source = source || '+'`));
    // The first try gives up after two seconds; the table is free by the time of another.
    await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true);
    await expect.poll(isWaiting, { timeout: 10_000 }).toBe(false);
    await admin.query('commit');
    await expect(done).resolves.toEqual(['Migration29990101000004']);
    expect(await sources()).toEqual(['import+']);
  });
});
