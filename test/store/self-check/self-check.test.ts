/** A process refuses to work over a database that would not keep companies apart. Each refusal beside what it would have let happen. */
import { beforeAll, describe, expect, test } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { openDatabase, type Database } from '../../../src/store/connection/pool.ts';
import { ROLES } from '../../../src/store/connection/roles.ts';
import { withCompany, withInstallation } from '../../../src/store/connection/with-company.ts';
import { LATEST_MIGRATION, PROGRAM_SCHEMA } from '../../../src/store/schema/latest-migration.ts';
import { checkDatabase, judgeSchema, refuseOutsideWindow } from '../../../src/store/self-check/self-check.ts';
import { schemaWindow } from '../../../src/store/sql/schema-state.ts';
import { testDatabase } from '../../support/database.ts';
import { createSmallCompany } from '../../support/fixtures.ts';

const database = testDatabase();
let mine: CompanyId;

beforeAll(async () => {
  mine = (await createSmallCompany(database().app, 'ALPHA')).companyId;
  await createSmallCompany(database().app, 'BETA');
});

const check = (of: Database): Promise<unknown> => withInstallation(of, checkDatabase, { isReadOnly: true });

/** What the check is there to prevent: rows of other companies, seen by whoever works for one. */
const foreignRows = async (of: Database): Promise<number> =>
  (await withCompany(of, mine, (tx) => tx.query('select from customers where company_id <> $1', [mine]))).length;

/** A pool as any login of this server; the caller's statements make and unmake what is wrong. */
async function asLogin<Result>(user: string, work: (of: Database) => Promise<Result>): Promise<Result> {
  const { host, port, password, database: name } = database().admin;
  const own = user === database().admin.user ? String(password) : 'wafa-test-only';
  const opened = openDatabase({ application: { host, port, user, password: () => own, database: name ?? '', ssl: false }, owner: null });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** Holds while `work` runs; taken back whatever happens. */
async function withChange(change: string, undo: string, work: () => Promise<void>): Promise<void> {
  await database().admin.query(change);
  try {
    await work();
  } finally {
    await database().admin.query(undo);
  }
}

/** A role of this test's own, because roles belong to the whole server that other tests share. */
const STRAY = `wafa_stray_${process.pid}`;

const withStrayLogin = (attributes: string, work: (of: Database) => Promise<void>): Promise<void> =>
  withChange(
    `create role ${STRAY} login password 'wafa-test-only' ${attributes}; grant connect on database "${database().name}" to ${STRAY};
     grant select on all tables in schema public to ${STRAY}`,
    `drop owned by ${STRAY}; drop role ${STRAY}`,
    () => asLogin(STRAY, work),
  );

describe('a login', () => {
  test('that is bound by row-level security is let through', async () => {
    await expect(check(database().app)).resolves.toEqual({ kind: 'current' });
    expect(await foreignRows(database().app)).toBe(0);
  });

  test('that is a superuser is refused: it would see every company', async () => {
    await asLogin(database().admin.user ?? '', async (superuser) => {
      await expect(check(superuser)).rejects.toMatchObject({ code: 'database.unbound-role', kind: 'configuration' });
      expect(await foreignRows(superuser)).toBe(1);
    });
  });

  test('that may bypass row-level security is refused: it would see every company', async () => {
    await withStrayLogin('bypassrls', async (stray) => {
      await expect(check(stray)).rejects.toMatchObject({
        code: 'database.unbound-role',
        message: expect.stringContaining(STRAY) as string,
      });
      expect(await foreignRows(stray)).toBe(1);
    });
  });

  test('that may become a role which bypasses it is refused: one statement away from every company', async () => {
    await withStrayLogin(`in role ${ROLES.backup}`, async (stray) => {
      await expect(check(stray)).rejects.toMatchObject({
        code: 'database.unbound-role',
        message: expect.stringContaining(ROLES.backup) as string,
      });
      expect(await foreignRows(stray)).toBe(0);
      const asBackup = withCompany(stray, mine, async (tx) => {
        await tx.execute(`set local role ${ROLES.backup}`);
        return await tx.query('select from customers where company_id <> $1', [mine]);
      });
      expect(await asBackup).toHaveLength(1);
    });
  });

  test('that owns the tables is refused: it could take the walls down', async () => {
    await expect(check(database().owner)).rejects.toMatchObject({ code: 'database.owner-login', kind: 'configuration' });
    const torn = withCompany(database().owner, mine, async (tx) => {
      await tx.execute('alter table customers no force row level security');
      const { rows } = await tx.one<{ rows: number }>('select count(*)::int as rows from customers where company_id <> $1', [mine]);
      throw new Error(`saw ${rows}`);
    });
    await expect(torn).rejects.toThrow('saw 1');
  });

  test('that is a member of the owner is refused', async () => {
    await withStrayLogin(`in role ${ROLES.owner}`, async (stray) => {
      await expect(check(stray)).rejects.toMatchObject({
        code: 'database.owner-login',
        message: expect.stringContaining(ROLES.owner) as string,
      });
    });
  });

  test('with a company set for all its connections is refused: whoever names no company would see that one', async () => {
    await withStrayLogin('', async (stray) => {
      await database().admin.query(`alter role ${STRAY} set wafa.company_id = '${mine}'`);
      await expect(check(stray)).rejects.toMatchObject({ code: 'database.standing-company' });
      expect(await withInstallation(stray, (sql) => sql.query('select from customers'))).toHaveLength(1);
    });
  });

  test('with row-level security switched off is refused', async () => {
    await withStrayLogin('', async (stray) => {
      await database().admin.query(`alter role ${STRAY} set row_security = off`);
      await expect(check(stray)).rejects.toMatchObject({ code: 'database.standing-company' });
    });
  });
});

describe('a table with rows of companies', () => {
  const standard =
    'create policy company_isolation on customers using (company_id = nullif(current_setting($$wafa.company_id$$, true), $$$$)::bigint) with check (company_id = nullif(current_setting($$wafa.company_id$$, true), $$$$)::bigint)';

  /** What is done to `customers`, how it is put right, and whether the application then sees other companies' rows. */
  const FAULTS: readonly (readonly [string, string, string, number])[] = [
    [
      'without row-level security',
      'alter table customers disable row level security',
      'alter table customers enable row level security',
      1,
    ],
    [
      'whose owner is not held to it',
      'alter table customers no force row level security',
      'alter table customers force row level security',
      0,
    ],
    ['with a second policy', 'create policy careless on customers for select using (true)', 'drop policy careless on customers', 1],
    [
      'with a policy that says something else',
      'alter policy company_isolation on customers using (true)',
      `drop policy company_isolation on customers; ${standard}`,
      1,
    ],
    [
      'with a policy for some roles only',
      `alter policy company_isolation on customers to ${ROLES.application}`,
      'alter policy company_isolation on customers to public',
      0,
    ],
    ['without a policy', 'drop policy company_isolation on customers', standard, 0],
  ];

  test.for(FAULTS)('%s is refused by name', async ([, change, undo, seen]) => {
    await withChange(change, undo, async () => {
      await expect(check(database().app)).rejects.toMatchObject({
        code: 'database.open-table',
        kind: 'configuration',
        message: expect.stringContaining('on customers,') as string,
      });
      expect(await foreignRows(database().app)).toBe(seen);
    });
    await expect(check(database().app)).resolves.toEqual({ kind: 'current' });
  });

  test('that somebody adds later is looked at like the others, and so is a view that reads as its owner', async () => {
    const added = `create table later (company_id bigint not null); create view all_names as select company_id, name from customers;
      grant select on later, all_names to ${ROLES.application}`;
    await withChange(added, 'drop view all_names; drop table later', async () => {
      await expect(check(database().app)).rejects.toMatchObject({ message: expect.stringContaining('on all_names, later,') as string });
    });
  });

  test('a temporary table of our own is no such table', async () => {
    await withInstallation(database().app, async (sql) => {
      await sql.execute('create temporary table staged (company_id bigint) on commit drop');
      await expect(checkDatabase(sql)).resolves.toEqual({ kind: 'current' });
    });
  });
});

describe('the version of the tables', () => {
  const setWindow = (oldest: number, newest: number): Promise<unknown> =>
    database().admin.query('update installation set oldest_program_schema = $1, newest_program_schema = $2', [oldest, newest]);
  const inWindow = async (oldest: number, newest: number, work: () => Promise<void>): Promise<void> => {
    const before = await withInstallation(database().app, schemaWindow);
    await setWindow(oldest, newest);
    try {
      await work();
    } finally {
      await setWindow(before.oldest, before.newest);
    }
  };

  test('is told by the migrations to the program they come with', async () => {
    expect((await withInstallation(database().app, schemaWindow)).newest).toBe(PROGRAM_SCHEMA);
  });

  test('that has moved beyond this program is refused, at the start and while it runs', async () => {
    await inWindow(PROGRAM_SCHEMA + 1, PROGRAM_SCHEMA + 1, async () => {
      await expect(check(database().app)).rejects.toMatchObject({ code: 'database.newer', kind: 'configuration' });
      await expect(withInstallation(database().app, refuseOutsideWindow)).rejects.toMatchObject({ code: 'database.newer' });
    });
    await expect(withInstallation(database().app, refuseOutsideWindow)).resolves.toBeUndefined();
  });

  const LATER = 'Migration29990101000000';
  test.for([
    ['nothing applied', { latestMigration: null, window: { oldest: 1, newest: 1 } }, 'behind'],
    ['an earlier migration', { latestMigration: 'Migration20200101000000', window: { oldest: 1, newest: 1 } }, 'behind'],
    ['our own', { latestMigration: LATEST_MIGRATION, window: { oldest: 1, newest: PROGRAM_SCHEMA } }, 'current'],
    [
      'a later one whose release lets us go on',
      { latestMigration: LATER, window: { oldest: PROGRAM_SCHEMA, newest: PROGRAM_SCHEMA + 1 } },
      'current',
    ],
  ] as const)('%s: %o', ([, state, kind]) => {
    expect(judgeSchema(state).kind).toBe(kind);
  });

  test.for([
    ['a later one that does not speak of us', { latestMigration: LATER, window: { oldest: 1, newest: PROGRAM_SCHEMA } }],
    ['a later one that shuts us out', { latestMigration: LATER, window: { oldest: PROGRAM_SCHEMA + 1, newest: PROGRAM_SCHEMA + 1 } }],
  ] as const)('%s is refused', ([, state]) => {
    expect(() => judgeSchema(state)).toThrow('newer release');
  });
});
