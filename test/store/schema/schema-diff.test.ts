/** Entities and migrations are written apart and must say the same. */
import { MikroORM } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';

import { openSession } from '../../../src/store/connection/session.ts';
import type { Login } from '../../../src/store/connection/login.ts';
import { ormOptions } from '../../../src/store/orm.ts';
import { DATABASE_ONLY } from '../../../src/store/schema/database-only.ts';
import { MIGRATION_OPTIONS } from '../../../src/store/schema/migration-options.ts';
import { testDatabase } from '../../support/database.ts';
import { catalogue, schemaSnapshot } from './catalogue.ts';

const migrated = testDatabase();
const fromEntities = testDatabase({ isEmpty: true });

async function withOrm<Result>(login: Login, database: string, work: (orm: MikroORM) => Promise<Result>): Promise<Result> {
  const dialect = new PostgresDialect({ pool: new pg.Pool({ ...login, max: 1 }) });
  const orm = new MikroORM({ ...ormOptions(dialect), dbName: database, migrations: MIGRATION_OPTIONS });
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}

const updateStatements = async (): Promise<readonly string[]> => {
  const sql = await withOrm(migrated().ownerLogin, migrated().name, (orm) => orm.schema.getUpdateSchemaSQL({ wrap: false }));
  return sql.split('\n').filter((line) => line !== '');
};

const EXPECTED = [
  ...DATABASE_ONLY.views.map((name) => `drop view if exists "${name}" cascade;`),
  ...DATABASE_ONLY.foreignKeys.map(({ table, name }) => `alter table "${table}" drop constraint "${name}";`),
  ...DATABASE_ONLY.columnComments.map(({ table, name }) => `comment on column "${table}"."${name}" is null;`),
];

describe('the ORM, asked how to bring the migrated database to the entities', () => {
  test('would only take away the listed objects that it cannot express', async () => {
    expect((await updateStatements()).toSorted()).toEqual(EXPECTED.toSorted());
  });

  test('notices a column, a rule, an index and a policy that an entity does not know', async () => {
    const owner = await openSession(migrated().ownerLogin, { applicationName: 'test' });
    await owner.query('alter table invoices add column colour text');
    await owner.query('alter table invoices add constraint no_black check (total_minor <> 13)');
    await owner.query('create index invoices_extra on invoices (company_id, number)');
    await owner.query('create policy extra on invoices using (true)');
    try {
      const unexpected = (await updateStatements()).filter((statement) => !EXPECTED.includes(statement)).join('\n');
      for (const name of ['colour', 'no_black', 'invoices_extra', 'extra']) expect(unexpected).toContain(`"${name}"`);
    } finally {
      await owner.query('drop policy extra on invoices; drop index invoices_extra');
      await owner.query('alter table invoices drop constraint no_black, drop column colour');
      await owner.end();
    }
  });
});

describe('a database made from the entities alone', () => {
  beforeAll(async () => {
    const sql = await withOrm(fromEntities().ownerLogin, fromEntities().name, (orm) => orm.schema.getCreateSchemaSQL({ wrap: false }));
    const owner = await openSession(fromEntities().ownerLogin, { applicationName: 'test' });
    await owner.query(sql);
    await owner.end();
  });

  // The ORM compares expressions loosely (it drops brackets), so PostgreSQL's own reading of both is compared as well.
  test.for(['constraints', 'indexes', 'policies'] as const)('has the same %s, word for word, but for the listed ones', async (part) => {
    const [made, wanted] = await Promise.all([schemaSnapshot(fromEntities().admin), schemaSnapshot(migrated().admin)]);
    const known = wanted[part]!.filter((row) => !isListed(row)).map(definitionOf);
    expect(made[part]!.filter((row) => !isListed(row)).map(definitionOf)).toEqual(known);
  });

  test('has the same columns, in types, emptiness, defaults and comments', async () => {
    const [made, wanted] = await Promise.all([schemaSnapshot(fromEntities().admin), schemaSnapshot(migrated().admin)]);
    const named = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
      rows
        .filter(
          (row) => !LISTED_COLUMNS.has(`${String(row['relname'])}.${String(row['attname'])}`) && !LISTED_VIEWS.has(String(row['relname'])),
        )
        .map(({ attnum: _, ...row }) => JSON.stringify(row))
        .toSorted();
    expect(named(made['columns']!)).toEqual(named(wanted['columns']!));
  });
});

const LISTED_NAMES = new Set([...DATABASE_ONLY.foreignKeys, ...DATABASE_ONLY.nullsNotDistinct].map(({ name }) => name));
const LISTED_VIEWS = new Set<string>(DATABASE_ONLY.views);
const LISTED_COLUMNS = new Set(DATABASE_ONLY.columnComments.map(({ table, name }) => `${table}.${name}`));

const isListed = (row: Readonly<Record<string, unknown>>): boolean =>
  LISTED_NAMES.has(String(row['conname'])) || [...LISTED_NAMES].some((name) => String(row['definition']).includes(`INDEX ${name} `));

/** Without the comment, which entities do not give to indexes. */
const definitionOf = ({ comment: _, ...row }: Readonly<Record<string, unknown>>): unknown => row;

/** What each view is for, as PostgreSQL prints it. */
const VIEW_TELLS: Readonly<Record<(typeof DATABASE_ONLY.views)[number], string>> = {
  reminder_invoice_ids: 'array_agg(i.invoice_id ORDER BY i."position")',
  bi_open_invoices: 'AS open_amount',
  bi_daily_balances: 'AS over_365_amount',
  bi_daily_mails: 'replied',
  bi_reminders: 'AS at_risk_amount',
  bi_attempts: 'consolidation_savings',
};

describe('what entities cannot express exists in the database', () => {
  test.for(DATABASE_ONLY.foreignKeys)('the key $name of $table', async ({ table, name }) => {
    const found = await catalogue<{ definition: string }>(
      migrated().admin,
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = '${table}'::regclass and conname = '${name}' and contype = 'f'`,
    );
    expect(found.map(({ definition }) => definition)).toEqual([
      expect.stringMatching(/^FOREIGN KEY \((company_id|company_id, id)\) REFERENCES (companies|customers|directory)\(\1\)$/),
    ]);
  });

  test.for(Object.entries(VIEW_TELLS) as [(typeof DATABASE_ONLY.views)[number], string][])('the view %s, with %s', async ([name, what]) => {
    const [row] = await catalogue<{ definition: string }>(migrated().admin, `select pg_get_viewdef('${name}'::regclass) as definition`);
    expect(row?.definition).toContain(what);
  });

  test.for(DATABASE_ONLY.columnComments)('the comment on $table.$name', async ({ table, name }) => {
    const found = await catalogue<{ comment: string | null }>(
      migrated().admin,
      `select col_description(attrelid, attnum) as comment from pg_attribute where attrelid = '${table}'::regclass and attname = '${name}'`,
    );
    expect(found).toEqual([{ comment: expect.stringContaining('one act') as unknown }]);
  });

  test.for(DATABASE_ONLY.nullsNotDistinct)('the key $name, in which two empty values are one', async ({ name }) => {
    const found = await catalogue(
      migrated().admin,
      `select indnullsnotdistinct, indisunique from pg_index where indexrelid = '${name}'::regclass`,
    );
    expect(found).toEqual([{ indnullsnotdistinct: true, indisunique: true }]);
  });
});
