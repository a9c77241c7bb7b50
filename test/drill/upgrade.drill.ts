/** The database of the first release, with its data, is brought to this one, written out, and read into another database. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { migrations } from '../../migrations/index.ts';
import { withInstallation } from '../../src/store/connection/with-company.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import { readBackup } from '../../src/store/backup/read-backup.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { checkDatabase } from '../../src/store/self-check/self-check.ts';
import { FIRST_RELEASE_DUMP } from '../migrations/first-release/make-dump.ts';
import { catalogue, schemaSnapshot, tenantTables } from '../store/schema/catalogue.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { agree, step } from './steps.ts';

const home = mkdtempSync(join(tmpdir(), 'wafa-drill-'));
process.env['WAFA_TEST_HOME'] = home;

async function rowsIn({ admin }: TestDatabase): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  for (const table of await tenantTables(admin)) {
    const [found] = await catalogue<{ n: number }>(admin, `select count(*)::int as n from public.${table}`);
    rows.set(table, found?.n ?? 0);
  }
  return rows;
}

try {
  const old = await createTestDatabase({ isEmpty: true });
  const other = await createTestDatabase();
  await step('the first release, with data', async () => {
    await old.admin.query(readFileSync(FIRST_RELEASE_DUMP, 'utf8'));
    await old.admin.query('reset all');
    return `${[...(await rowsIn(old)).values()].reduce((sum, rows) => sum + rows, 0)} rows`;
  });
  const before = await rowsIn(old);
  await step('is brought to this release', async () => `${(await migrateUp(old.ownerLogin)).length} of ${migrations.length} migrations`);
  await step('has the very tables of a new database', async () =>
    agree('schema', await schemaSnapshot(old.admin), await schemaSnapshot(other.admin)),
  );
  await step('keeps every row', async () => {
    const after = await rowsIn(old);
    for (const [table, rows] of before) agree(table, after.get(table), rows);
  });
  await step('keeps companies apart', async () => agree('self-check', await withInstallation(old.app, checkDatabase), { kind: 'current' }));
  const file = { path: join(home, 'drill.backup'), key: randomBytes(32) };
  await step('is written out', async () => {
    const owner = old.admin as unknown as { readonly connectionParameters: Parameters<typeof writeBackup>[0] };
    const { host, user, password, port } = owner.connectionParameters as { host: string; user: string; password: string; port: number };
    const login = { host, user, password, port, database: old.name };
    const { tables } = await writeBackup(login, { ...file, program: 'drill', createdAt: Temporal.Now.instant().toString() });
    return `${tables} tables`;
  });
  await step('is read into another database', async () => `${await readBackup(other.ownerLogin, { ...file, stopped: 'a drill' })} tables`);
  await step('and is the same there, row by row counted', async () => agree('rows', [...(await rowsIn(other))], [...(await rowsIn(old))]));
  process.stdout.write('The drill went well.\n');
  await old.drop();
  await other.drop();
} finally {
  await stopServer(home);
  rmSync(home, { recursive: true, force: true });
}
