/**
 * Makes sure, before a process's first statement, that the database has this release's tables and that row-level security binds us.
 * The built-in database is migrated on the way; a server is somebody's to look after and is never changed by the way.
 */
import type { Installation } from './installation.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { Database } from '../store/connection/pool.ts';
import { withInstallation } from '../store/connection/with-company.ts';
import { checkDatabase, type SchemaFinding } from '../store/self-check/self-check.ts';

/** The same installation, whose database is prepared when it is first opened; two short statements when there is nothing to do. */
export function prepared(installation: Installation): Installation {
  let ready: Promise<Database> | undefined;
  return { ...installation, database: () => (ready ??= prepareDatabase(installation)) };
}

/**
 * @throws OperatorError `database.not-migrated` for a server behind this release, and whatever the self-check refuses: a newer database,
 * a login that row-level security does not bind, a table without it.
 */
export async function prepareDatabase(installation: Installation): Promise<Database> {
  const database = await installation.database();
  const finding = await selfCheck(database);
  if (finding.kind === 'current') return database;
  if (installation.settings.kind === 'server') throw notMigrated(finding.latest);
  await migrateEmbedded(installation);
  // What the migrations made is looked at like anything else.
  await selfCheck(database);
  return database;
}

const selfCheck = (database: Database): Promise<SchemaFinding> => withInstallation(database, checkDatabase, { isReadOnly: true });

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
