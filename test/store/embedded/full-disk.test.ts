/** A disk without room, made small for the test: needs the right to mount one, so elsewhere (not root, not Linux) it is left out. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { OperatorError } from '../../../src/domain/operator-error.ts';
import { type Database, openDatabase } from '../../../src/store/connection/pool.ts';
import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { ensureServer, stopServer } from '../../../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../../../src/store/embedded/home-layout.ts';

const disk = mkdtempSync(join(tmpdir(), 'wafa-small-disk-'));
chmodSync(disk, 0o711);

const ran = (program: 'mount' | 'umount', ...args: readonly string[]): boolean => spawnSync(`/bin/${program}`, args).status === 0;
const isMounted = process.geteuid?.() === 0 && ran('mount', '-t', 'tmpfs', '-o', 'size=16m,mode=0711', 'tmpfs', disk);
const resize = (size: string): boolean => ran('mount', '-o', `remount,size=${size}`, disk);

const home = join(disk, 'home');
const filler = join(disk, 'filler');

afterAll(async () => {
  if (isMounted) {
    await stopServer(home);
    // Lazily: the supervisor, which has just noticed, may still be on its way out of the folder.
    ran('umount', '--lazy', disk);
  }
  rmSync(disk, { recursive: true, force: true });
});

/** To the last page, although the server writes as well meanwhile. */
function fillUp(): void {
  for (const bytes of [1_000_000, 4_096]) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

const kept = async (database: Database): Promise<number> =>
  (await withInstallation(database, (sql) => sql.one<{ rows: number }>('select count(*)::int as rows from directory'))).rows;

const addMany = (database: Database, prefix: string, rows: number): Promise<unknown> =>
  withInstallation(database, (sql) =>
    sql.execute(`insert into directory (company_code) select $1 || n from generate_series(1, $2::int) n`, [prefix, rows]),
  );

describe.skipIf(!isMounted)('a full disk', () => {
  test('keeps the database from being made, says so, and leaves nothing in the way once there is room', async () => {
    const { serverFolder, ownConfigFile } = homeLayout(home);
    mkdirSync(serverFolder, { recursive: true, mode: 0o711 });
    writeFileSync(ownConfigFile, 'shared_buffers = 16MB\nmin_wal_size = 32MB\nmax_wal_size = 64MB\n', { mode: 0o644 });
    const refused = await ensureServer(home).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OperatorError);
    expect(refused).toMatchObject({ code: 'database.disk-full', kind: 'configuration' });
    expect(resize('160m')).toBe(true);
    await ensureServer(home);
  });

  test('that fills while it runs loses nothing committed, and work goes on once there is room', async () => {
    const { migrateUp } = await import('../../../src/store/migrate.ts');
    const target = await ensureServer(home);
    if (target.owner === null) throw new Error('the built-in database has an owner');
    await migrateUp(target.owner);
    const database = openDatabase(target);
    await addMany(database, 'BEFORE-', 100);
    fillUp();
    const fault = await addMany(database, 'DURING-', 400_000).catch((error: unknown) => error);
    // The table or the log found no room: told as such, or the server went down over it and cannot come back yet.
    expect(fault).toBeInstanceOf(OperatorError);
    expect((fault as OperatorError).code).toMatch(/^database\.(?:disk-full|connection-lost|did-not-start)$/);
    rmSync(filler);
    await ensureServer(home);
    expect(await kept(database)).toBe(100);
    await addMany(database, 'AFTER-', 100);
    expect(await kept(database)).toBe(200);
    await database.close();
  });
});
