/** What an operator of the machine does with the database itself. Needs no company and no user. */
import { OperatorError } from '../domain/operator-error.ts';
import { createDatabaseSql, databaseGrantsSql, rolesSql } from '../store/connection/roles.ts';
import type { DatabaseSettings } from '../store/connection/settings.ts';
import { applicationTarget, ownerLogin } from '../store/connection/target.ts';
import { openDatabase } from '../store/connection/pool.ts';
import { withInstallation } from '../store/connection/with-company.ts';
import { serverVersion } from '../store/sql/server-version.ts';
import { migrateDown, migrateUp, pendingMigrations } from '../store/migrate.ts';

/** JSON-ready. Never starts the built-in server: asking must not change the answer. */
export async function databaseStatus(settings: DatabaseSettings): Promise<Readonly<Record<string, unknown>>> {
  if (settings.kind === 'server') return await serverFacts(settings);
  const { serverStatus } = await import('../store/embedded/embedded-server.ts');
  const status = await serverStatus(settings.home);
  if (status.state === 'stopped') return { kind: 'embedded', ...status };
  const pending = await pendingMigrations((await applicationTarget(settings)).application);
  return { kind: 'embedded', ...status, startedAt: status.startedAt.toString(), pendingMigrations: pending };
}

async function serverFacts(settings: DatabaseSettings): Promise<Readonly<Record<string, unknown>>> {
  const target = await applicationTarget(settings);
  const database = openDatabase(target);
  try {
    const version = await withInstallation(database, serverVersion);
    return { kind: 'server', state: 'running', version, pendingMigrations: await pendingMigrations(target.application) };
  } finally {
    await database.close();
  }
}

/** @throws OperatorError `db.not-ours` for a server somebody else looks after. */
export async function startDatabase(settings: DatabaseSettings): Promise<Readonly<Record<string, unknown>>> {
  const home = builtInHome(settings, 'started');
  const { ensureServer } = await import('../store/embedded/embedded-server.ts');
  await ensureServer(home);
  return await databaseStatus(settings);
}

/** @returns false when it was not running. @throws OperatorError `db.not-ours` */
export async function stopDatabase(settings: DatabaseSettings): Promise<boolean> {
  const home = builtInHome(settings, 'stopped');
  const { stopServer } = await import('../store/embedded/embedded-server.ts');
  return await stopServer(home);
}

/** @returns the names applied. */
export const migrateDatabase = async (settings: DatabaseSettings): Promise<readonly string[]> =>
  migrateUp(ownerLogin(await applicationTarget(settings)));

/** @returns the names taken back. */
export const rollBackDatabase = async (settings: DatabaseSettings, steps: number): Promise<readonly string[]> =>
  migrateDown(ownerLogin(await applicationTarget(settings)), steps);

/** What an administrator of a server runs once, with marks where passwords go: the roles, the database and who may enter it. */
export function rolesScript(applicationUrl: string): readonly string[] {
  const database = decodeURIComponent(new URL(applicationUrl).pathname.slice(1)) || 'wafa';
  const roles = rolesSql({ owner: '<owner password>', application: '<application password>', backup: '<backup password>' });
  return [...roles, createDatabaseSql(database), ...databaseGrantsSql(database)];
}

function builtInHome(settings: DatabaseSettings, what: string): string {
  if (settings.kind === 'embedded') return settings.home;
  throw new OperatorError({
    code: 'db.not-ours',
    kind: 'usage',
    message: `The database is a server of your own, so it cannot be ${what} from here.`,
    tryThis: 'Use the tools of that server, or unset DATABASE_URL to work with the built-in one.',
  });
}
