import { describe, expect, test } from 'vitest';

import type { Installation } from '../../src/app/installation.ts';
import { prepareDatabase, prepared } from '../../src/app/prepare-database.ts';
import { openDatabase, type Database } from '../../src/store/connection/pool.ts';
import { LATEST_MIGRATION } from '../../src/store/schema/latest-migration.ts';
import { migrations } from '../../migrations/index.ts';
import { testDatabase } from '../support/database.ts';

const current = testDatabase();
const empty = testDatabase({ isEmpty: true });

const serverWith = (database: Database): Installation =>
  ({ settings: { kind: 'server', applicationUrl: 'x', ownerUrl: null }, database: () => Promise.resolve(database) }) as Installation;

test('the name kept for a quick look is the last migration of the release', () => {
  expect(LATEST_MIGRATION).toBe(migrations.at(-1)?.name);
});

describe('a database server', () => {
  test('with the tables of this release is used as it is', async () => {
    expect(await prepareDatabase(serverWith(current().app))).toBe(current().app);
  });

  test('without tables is left alone, with the command that makes them', async () => {
    await expect(prepareDatabase(serverWith(empty().app))).rejects.toMatchObject({
      code: 'database.not-migrated',
      kind: 'configuration',
      tryThis: 'Set DATABASE_OWNER_URL and run `wafa db migrate`.',
    });
  });

  test('of a newer release is refused', async () => {
    await current().admin.query(`insert into schema_migrations (name) values ('Migration29990101000000')`);
    try {
      await expect(prepareDatabase(serverWith(current().app))).rejects.toMatchObject({ code: 'database.newer' });
    } finally {
      await current().admin.query(`delete from schema_migrations where name = 'Migration29990101000000'`);
    }
  });

  test('reached with a login that row-level security does not bind is refused', async () => {
    const { host, port, user, password, database } = current().admin;
    const superuser = openDatabase({
      application: { host, port, user: user ?? '', password: () => String(password), database: database ?? '', ssl: false },
      owner: null,
    });
    try {
      await expect(prepareDatabase(serverWith(superuser))).rejects.toMatchObject({ code: 'database.unbound-role', kind: 'configuration' });
    } finally {
      await superuser.close();
    }
  });
});

test('an installation looks once, however often its database is asked for', async () => {
  let asked = 0;
  const installation = prepared({
    ...serverWith(current().app),
    database: () => {
      asked += 1;
      return Promise.resolve(current().app);
    },
  });
  await Promise.all([installation.database(), installation.database()]);
  await installation.database();
  expect(asked).toBe(1);
});
