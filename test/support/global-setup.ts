/**
 * Gives one test run a place for its database server, and clears it away afterwards. The server itself starts when the first
 * test asks for a database, so that runs without one cost nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stopServer } from '../../src/store/embedded/embedded-server.ts';
import { dropRunDatabases } from './database.ts';

export async function setup(): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'wafa-test-'));
  process.env['WAFA_TEST_HOME'] = home;
  return async () => {
    if (process.env['TEST_DATABASE_ADMIN_URL'] !== undefined) await dropRunDatabases(home);
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  };
}
