/** One company is never shown, changed by or tied to another, in any table. */
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { sqlState } from '../../../src/store/connection/connection-error.ts';
import type { Database } from '../../../src/store/connection/pool.ts';
import type { Sql } from '../../../src/store/connection/sql.ts';
import { withCompany, withInstallation } from '../../../src/store/connection/with-company.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import type { SmallCompany } from '../../support/fixtures.ts';
import { catalogue, tenantTables } from './catalogue.ts';
import { createCompanyInEveryTable } from './whole-schema.ts';

const REFUSED = '42501';

/** What a statement came to: how many rows it reached, or the server's reason for refusing. */
type Outcome = number | string;

class Undo extends Error {}

/** Runs the statements one by one and takes everything back, whoever the connection is. */
async function outcomes(
  open: (work: (sql: Sql) => Promise<void>) => Promise<void>,
  statements: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Outcome>>> {
  const found: Record<string, Outcome> = {};
  await open(async (sql) => {
    for (const [name, text] of Object.entries(statements)) {
      await sql.execute('savepoint attempt');
      found[name] = await sql.execute(text).catch((error: unknown) => sqlState(error) ?? String(error));
      await sql.execute('rollback to savepoint attempt');
    }
    throw new Undo();
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return found;
}

const asCompany =
  (database: Database, companyId: CompanyId) =>
  (work: (sql: Sql) => Promise<void>): Promise<void> =>
    withCompany(database, companyId, work);

const asNobody =
  (database: Database) =>
  (work: (sql: Sql) => Promise<void>): Promise<void> =>
    withInstallation(database, work);

/** Everything that can be tried on the rows of a company, by table and deed. */
async function attemptsOn(admin: pg.Client, other: CompanyId): Promise<Readonly<Record<string, string>>> {
  const statements: Record<string, string> = {};
  for (const table of await tenantTables(admin)) {
    const [row] = await catalogue<{ row: string }>(
      admin,
      `select to_jsonb(t)::text as row from ${table} t where company_id = ${other} limit 1`,
    );
    const columns = await catalogue<{ name: string }>(
      admin,
      `select quote_ident(attname) as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    );
    const names = columns.map(({ name }) => name).join(', ');
    statements[`${table}: read`] = `select from ${table} where company_id = ${other}`;
    statements[`${table}: change`] = `update ${table} set company_id = company_id where company_id = ${other}`;
    statements[`${table}: delete`] = `delete from ${table} where company_id = ${other}`;
    statements[`${table}: lock`] = `select from ${table} where company_id = ${other} for update`;
    statements[`${table}: add`] =
      `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, '${row?.row.replaceAll("'", "''") ?? ''}')`;
  }
  statements['reminder_invoice_ids: read'] = `select from reminder_invoice_ids where company_id = ${other}`;
  return statements;
}

/** Attempts that reached a row, or were refused for a reason that tells there is one. */
const leaks = (found: Readonly<Record<string, Outcome>>): readonly string[] =>
  Object.entries(found)
    .filter(([name, outcome]) => (name.endsWith(': add') ? outcome !== REFUSED : outcome !== 0 && outcome !== REFUSED))
    .map(([name]) => name);

interface TwoCompanies {
  readonly mine: SmallCompany;
  readonly other: SmallCompany;
}

/** The same rows twice, so that nothing but the company tells them apart. */
async function createTwoCompanies({ app }: TestDatabase): Promise<TwoCompanies> {
  return { mine: await createCompanyInEveryTable(app, 'ALPHA'), other: await createCompanyInEveryTable(app, 'BETA') };
}

describe('what belongs to another company', () => {
  const database = testDatabase();
  let two: TwoCompanies;
  beforeAll(async () => {
    two = await createTwoCompanies(database());
  });

  test('is neither shown nor changed nor added to, in any table', async () => {
    const attempts = await attemptsOn(database().admin, two.other.companyId);
    expect(Object.keys(attempts)).toHaveLength(38 * 5 + 1);
    expect(leaks(await outcomes(asCompany(database().app, two.mine.companyId), attempts))).toEqual([]);
  });

  test('is hidden the same way when no company is set at all', async () => {
    const attempts = await attemptsOn(database().admin, two.other.companyId);
    expect(leaks(await outcomes(asNobody(database().app), attempts))).toEqual([]);
  });

  test('is hidden from the owner of the tables as well', async () => {
    const attempts = await attemptsOn(database().admin, two.other.companyId);
    expect(leaks(await outcomes(asNobody(database().owner), attempts))).toEqual([]);
  });

  test('the same attempts do reach my own rows: they are not refused for some other reason', async () => {
    const attempts = await attemptsOn(database().admin, two.mine.companyId);
    const found = await outcomes(asCompany(database().app, two.mine.companyId), attempts);
    const unreached = Object.entries(found).filter(([name, outcome]) => name.endsWith(': read') && !(Number(outcome) > 0));
    expect(unreached).toEqual([]);
    // An exact copy of an own row passes the policy and meets its own key.
    expect(
      new Set(
        Object.entries(found)
          .filter(([name]) => name.endsWith(': add'))
          .map(([, outcome]) => outcome),
      ),
    ).toEqual(new Set(['23505']));
  });

  test('a row cannot be given away to it', async () => {
    const { mine, other } = two;
    const tables = await tenantTables(database().admin);
    const statements = Object.fromEntries(
      tables.map((table) => [table, `update ${table} set company_id = ${other.companyId} where company_id = ${mine.companyId}`]),
    );
    const found = await outcomes(asCompany(database().app, mine.companyId), statements);
    expect(new Set(Object.values(found))).toEqual(new Set([REFUSED]));
  });

  test('an unqualified statement touches my own rows alone', async () => {
    const found = await outcomes(asCompany(database().app, two.mine.companyId), {
      change: `update invoices set source = 'changed'`,
      read: 'select from invoices',
    });
    expect(found).toEqual({ change: 2, read: 2 });
  });
});

/** A key between tenant tables: the column beside `company_id`, and the table it names. */
interface TenantKey {
  readonly table: string;
  readonly column: string;
  readonly target: string;
}

const tenantKeys = (admin: pg.Client): Promise<readonly TenantKey[]> =>
  catalogue(
    admin,
    `select k.conrelid::regclass::text as table, quote_ident(a.attname) as column, k.confrelid::regclass::text as target
       from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
      where k.contype = 'f' and cardinality(k.conkey) = 2`,
  );

describe('keys', () => {
  const database = testDatabase();
  let two: TwoCompanies;
  beforeAll(async () => {
    two = await createTwoCompanies(database());
    const { admin } = database();
    // Only the keys are to answer here: not the CHECKs, and not the missing right to change an append-only table.
    const found = await catalogue<{ table: string; name: string }>(
      admin,
      `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    );
    for (const { table, name } of found) await admin.query(`alter table ${table} drop constraint ${name}`);
    for (const table of await tenantTables(admin)) await admin.query(`grant update on ${table} to wafa_app`);
  });

  /** One statement per key: my rows, pointed at the given company's row. */
  const pointedAt = async (companyId: CompanyId): Promise<Readonly<Record<string, string>>> => {
    const statements: Record<string, string> = {};
    for (const { table, column, target } of await tenantKeys(database().admin)) {
      const [row] = await catalogue<{ id: string }>(
        database().admin,
        `select max(id) as id from ${target} where company_id = ${companyId}`,
      );
      statements[`${table}.${column}`] = `update ${table} set ${column} = ${row?.id ?? 'null'} where (company_id, ctid) in
           (select company_id, max(ctid) from ${table} where company_id = ${two.mine.companyId} group by 1)`;
    }
    return statements;
  };

  test('a row of mine cannot name a row of another company, by any key', async () => {
    const found = await outcomes(asCompany(database().app, two.mine.companyId), await pointedAt(two.other.companyId));
    expect(Object.keys(found).length).toBeGreaterThan(50);
    expect(Object.entries(found).filter(([, outcome]) => outcome !== '23503')).toEqual([]);
  });

  test('a row of mine can name a row of mine, by every key', async () => {
    const found = await outcomes(asCompany(database().app, two.mine.companyId), await pointedAt(two.mine.companyId));
    expect(Object.entries(found).filter(([, outcome]) => outcome !== 1)).toEqual([]);
  });

  test('a key without company_id would let another company be named: PostgreSQL checks keys behind row-level security', async () => {
    const { admin, app } = database();
    await admin.query('alter table blocks drop constraint blocks_company_id_invoice_id_fkey');
    await admin.query('create unique index invoices_by_id_alone on invoices (id)');
    await admin.query('alter table blocks add constraint blocks_invoice_alone foreign key (invoice_id) references invoices (id)');
    const found = await outcomes(asCompany(app, two.mine.companyId), {
      blocks: `update blocks set invoice_id = ${two.other.invoiceIds[0]}`,
    });
    expect(found).toEqual({ blocks: 1 });
  });
});

describe('the check itself', () => {
  const database = testDatabase();

  test('sees a leak in every table when the owner is not held to row-level security', async () => {
    const { admin, owner } = database();
    const two = await createTwoCompanies(database());
    const tables = await tenantTables(admin);
    for (const table of tables) await admin.query(`alter table ${table} no force row level security`);
    const found = leaks(await outcomes(asCompany(owner, two.mine.companyId), await attemptsOn(admin, two.other.companyId)));
    for (const table of tables) {
      expect(found).toEqual(expect.arrayContaining([`${table}: read`, `${table}: change`, `${table}: delete`, `${table}: add`]));
    }
    expect(found).toHaveLength(38 * 5 + 1);
  });
});
