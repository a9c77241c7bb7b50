/** Migrations can be taken back and applied again, and what they make is the same each time. */
import { describe, expect, test } from 'vitest';

import { migrations } from '../../../migrations/index.ts';
import { migrateDown, migrateUp, pendingMigrations } from '../../../src/store/migrate.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { testDatabase } from '../../support/database.ts';
import { schemaSnapshot, tenantTables } from './catalogue.ts';
import { createCompanyInEveryTable, rowsByTable } from './whole-schema.ts';

const database = testDatabase();
const names = migrations.map(({ name }) => name);

describe('migrations over a database with rows in every table', () => {
  test('the example company really has a row in every tenant table', async () => {
    const { companyId } = await createCompanyInEveryTable(database().app, 'ALPHA');
    const tables = await tenantTables(database().admin);
    const rows = await withCompany(database().app, companyId, (tx) => rowsByTable(tables, tx, companyId));
    expect(Object.entries(rows).filter(([, count]) => count === 0)).toEqual([]);
  });

  test('go down step by step and up again to the very same schema', async () => {
    const { admin, ownerLogin } = database();
    const before = await schemaSnapshot(admin);
    expect(await migrateDown(ownerLogin, names.length)).toEqual(names.toReversed());
    expect(await tenantTables(admin)).toEqual([]);
    expect(await pendingMigrations(ownerLogin)).toEqual(names);
    expect(await migrateUp(ownerLogin)).toEqual(names);
    expect(await schemaSnapshot(admin)).toEqual(before);
    expect(before['columns']!.length).toBeGreaterThan(400);
  });

  // The steps behind each other: the time grows with the square of their number.
  test('each step alone goes down and up again', { timeout: 240_000 }, async () => {
    const { admin, ownerLogin } = database();
    await createCompanyInEveryTable(database().app, 'BETA');
    const before = await schemaSnapshot(admin);
    for (let step = 1; step <= names.length; step += 1) {
      await migrateDown(ownerLogin, step);
      expect(await pendingMigrations(ownerLogin)).toEqual(names.slice(-step));
      expect(await migrateUp(ownerLogin)).toEqual(names.slice(-step));
    }
    expect(await schemaSnapshot(admin)).toEqual(before);
  });

  test('leave the fresh tables usable', async () => {
    await expect(createCompanyInEveryTable(database().app, 'GAMMA')).resolves.toMatchObject({ code: 'GAMMA' });
  });

  test('a snapshot tells two schemas apart that differ in one comment', async () => {
    const { admin } = database();
    const before = await schemaSnapshot(admin);
    await admin.query('begin');
    await admin.query(`comment on index reminders_queue is 'something else'`);
    expect(await schemaSnapshot(admin)).not.toEqual(before);
    await admin.query('rollback');
  });
});
