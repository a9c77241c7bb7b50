/**
 * Makes sure, before a process's first statement, that the database has this release's tables and that row-level security binds us.
 * The built-in database is migrated on the way; a server is somebody's to look after and is never changed by the way.
 */
import type { Installation } from './installation.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { Database } from '../store/connection/pool.ts';
import { withInstallation } from '../store/connection/with-company.ts';
import { LATEST_MIGRATION } from '../store/schema/latest-migration.ts';
import { schemaState, type SchemaState } from '../store/sql/schema-state.ts';

/** The same installation, whose database is prepared when it is first opened; two short statements when there is nothing to do. */
export function prepared(installation: Installation): Installation {
  let ready: Promise<Database> | undefined;
  return { ...installation, database: () => (ready ??= prepareDatabase(installation)) };
}

/**
 * @throws OperatorError `database.not-migrated` for a server behind this release, `database.newer` for one ahead of it,
 * `database.unbound-role` when the login is a superuser or may bypass row-level security.
 */
export async function prepareDatabase(installation: Installation): Promise<Database> {
  const database = await installation.database();
  const state = await readState(database);
  if (state.isUnbound) throw unboundRole();
  if (state.latestMigration === LATEST_MIGRATION) return database;
  if (state.latestMigration !== null && state.latestMigration > LATEST_MIGRATION) throw newerDatabase();
  if (installation.settings.kind === 'server') throw notMigrated(state.latestMigration);
  await migrateEmbedded(installation);
  return database;
}

const readState = (database: Database): Promise<SchemaState> => withInstallation(database, schemaState, { isReadOnly: true });

/** Loaded only here: the migrations bring the whole ORM, and nearly every command finds the tables as they should be. */
async function migrateEmbedded({ settings }: Installation): Promise<void> {
  const { applicationTarget, ownerLogin } = await import('../store/connection/target.ts');
  const { migrateUp } = await import('../store/migrate.ts');
  await migrateUp(ownerLogin(await applicationTarget(settings)));
}

const notMigrated = (latest: string | null): OperatorError =>
  new OperatorError({
    code: 'database.not-migrated',
    kind: 'configuration',
    message: latest === null ? 'The database has no Wafa tables yet.' : 'The tables of the database are older than this release of Wafa.',
    tryThis: 'Set DATABASE_OWNER_URL and run `wafa db migrate`.',
  });

const newerDatabase = (): OperatorError =>
  new OperatorError({
    code: 'database.newer',
    kind: 'configuration',
    message: 'The tables of the database belong to a newer release of Wafa than this one.',
    tryThis: 'Use that release; an older one could spoil what it does not know.',
  });

const unboundRole = (): OperatorError =>
  new OperatorError({
    code: 'database.unbound-role',
    kind: 'configuration',
    message: 'The login of the database is a superuser or may bypass row-level security, so companies would not be kept apart.',
    tryThis: 'Put the login of the role wafa_app in DATABASE_URL; the owner belongs in DATABASE_OWNER_URL.',
  });
