import { describe, expect, it } from 'vitest';

import { migrations } from '../../migrations/index.ts';
import { migrateDown, migrateUp, pendingMigrations } from '../../src/store/migrate.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase({ isEmpty: true });
const names = migrations.map(({ name }) => name);

describe('migrations', () => {
  it('are applied once by however many processes migrate at the same time, and the application role may see which', async () => {
    const { ownerLogin, target } = database();
    await expect(pendingMigrations(target.application)).resolves.toEqual(names);
    const applied = await Promise.all([migrateUp(ownerLogin), migrateUp(ownerLogin), migrateUp(ownerLogin)]);
    expect(applied.flat()).toEqual(names);
    await expect(pendingMigrations(target.application)).resolves.toEqual([]);
  });

  it('go back one by one, and forward again', async () => {
    const { ownerLogin, target } = database();
    const [last] = names.slice(-1);
    await expect(migrateDown(ownerLogin)).resolves.toEqual([last]);
    await expect(pendingMigrations(target.application)).resolves.toEqual([last]);
    await expect(migrateUp(ownerLogin)).resolves.toEqual([last]);
  });

  it('wait for a lock that is held, and come back for it', async () => {
    const { ownerLogin, admin } = database();
    await migrateDown(ownerLogin, names.length);
    await migrateUp(ownerLogin);
    const waiting = async (): Promise<number | null> =>
      (
        await admin.query(
          'select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())',
        )
      ).rowCount;
    await admin.query('begin; lock table customers in access share mode');
    const down = migrateDown(ownerLogin, names.length);
    // The first try gives up after two seconds; the table is free by the time of another.
    await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
    await admin.query('commit');
    await expect(down).resolves.toHaveLength(names.length);
  });

  it('are refused to the application role', async () => {
    await expect(migrateUp(database().target.application)).rejects.toThrow('permission denied');
  });
});
