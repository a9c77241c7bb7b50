/** The database of the first release comes up to this one with everything in it. */
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, test } from 'vitest';

import { migrations } from '../../../migrations/index.ts';
import type { CompanyId } from '../../../src/domain/ids.ts';
import { withCompany, withInstallation } from '../../../src/store/connection/with-company.ts';
import { migrateUp, pendingMigrations } from '../../../src/store/migrate.ts';
import { checkDatabase } from '../../../src/store/self-check/self-check.ts';
import { companyByCode } from '../../../src/store/sql/directory.ts';
import { testDatabase } from '../../support/database.ts';
import { schemaSnapshot, tenantTables } from '../../store/schema/catalogue.ts';
import { rowsByTable } from '../../store/schema/whole-schema.ts';
import { COMPANIES, FIRST_RELEASE_DUMP } from './make-dump.ts';

/** What had been applied when the first release came out. */
const OF_FIRST_RELEASE = ['Migration20261122000100', 'Migration20261122000200', 'Migration20261122000300'];

const restored = testDatabase({ isEmpty: true });
const fresh = testDatabase();

const companyId = async (code: string): Promise<CompanyId> => {
  const found = await withInstallation(restored().app, (sql) => companyByCode(sql, code));
  if (found === undefined) throw new Error(`${code} is not in the dump`);
  return found.companyId;
};

const rowsOf = async (code: string): Promise<Readonly<Record<string, number>>> => {
  const [tables, id] = [await tenantTables(restored().admin), await companyId(code)];
  return await withCompany(restored().app, id, (tx) => rowsByTable(tables, tx, id));
};

describe('a database of the first release', () => {
  let rowsBefore: Readonly<Record<string, number>>;

  beforeAll(async () => {
    const { admin } = restored();
    await admin.query(readFileSync(FIRST_RELEASE_DUMP, 'utf8'));
    // A dump leaves its own settings behind in the session.
    await admin.query('reset all');
    rowsBefore = await rowsOf('ALPHA');
  });

  test('has rows in every table of the time', () => {
    expect(Object.entries(rowsBefore).filter(([, rows]) => rows === 0)).toEqual([]);
    expect(Object.keys(rowsBefore).length).toBeGreaterThanOrEqual(30);
  });

  test('is brought up by the migrations made since, and by no other', async () => {
    const since = migrations.map(({ name }) => name).filter((name) => !OF_FIRST_RELEASE.includes(name));
    expect(await pendingMigrations(restored().ownerLogin)).toEqual(since);
    expect(await migrateUp(restored().ownerLogin)).toEqual(since);
  });

  test('then has the very tables of a new one', async () => {
    expect(await schemaSnapshot(restored().admin)).toEqual(await schemaSnapshot(fresh().admin));
  });

  test('keeps every row, and keeps companies apart', async () => {
    await expect(withInstallation(restored().app, checkDatabase)).resolves.toEqual({ kind: 'current' });
    for (const code of COMPANIES) expect(await rowsOf(code)).toMatchObject(rowsBefore);
    const [alpha, beta] = [await companyId('ALPHA'), await companyId('BETA')];
    const names = await withCompany(restored().app, alpha, (tx) => tx.query<{ name: string }>('select name from companies'));
    expect(names).toEqual([{ name: 'ALPHA Trading LLC' }]);
    expect(await withCompany(restored().app, alpha, (tx) => tx.query('select from invoices where company_id = $1', [beta]))).toEqual([]);
  });

  test('goes on counting where it stopped', async () => {
    const id = await companyId('BETA');
    const added = await withCompany(restored().app, id, (tx) =>
      tx.one<{ id: number; before: number }>(
        `insert into users (company_id, login, display_name, roles) values ($1, 'new', 'New', '{VIEWER}')
           returning id, (select max(id) from users where company_id = $1) as before`,
        [id],
      ),
    );
    expect(added.id).toBeGreaterThan(added.before);
  });
});
