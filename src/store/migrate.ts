/**
 * Brings a database's tables to this release's schema, or takes the last steps back. Runs as the owner, one process at a time,
 * each migration in a transaction of its own: a failed one leaves the ones before it in place and nothing of itself.
 */
import type { MigrationsOptions } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

import { migrations } from '../../migrations/index.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { connectionFault, sqlState } from './connection/connection-error.ts';
import type { Login } from './connection/login.ts';
import { ROLES } from './connection/roles.ts';
import { openSession } from './connection/session.ts';
import { MIGRATION_OPTIONS, MIGRATIONS_TABLE } from './schema/migration-options.ts';

/** Any constant, the same in every release: two migrating processes must meet in it. */
const MIGRATING = 2_026_112_202;

/** A migration that waits longer for a lock holds up everyone queued behind it; better to step back and try again. */
const LOCK_TIMEOUT = '2s';

/** Long enough for an index over a million rows; a statement beyond it was meant to go in batches. */
const STATEMENT_TIMEOUT = '60s';

const MOST_TRIES = 5;

/** Another process's migrations may take minutes; after this the operator had better look. */
const WAIT_FOR_OTHERS = '10min';

type MigrationList = NonNullable<MigrationsOptions['migrationsList']>;

/** Applies everything pending, of this release or of another list. @returns the names applied, in order. */
export const migrateUp = (owner: Login, list: MigrationList = MIGRATION_OPTIONS.migrationsList): Promise<readonly string[]> =>
  migrating(owner, list, (migrator) => withRetries(() => migrator.up()));

/** Takes back the last `steps` migrations. @returns their names, in the order they were undone. */
export const migrateDown = (owner: Login, steps = 1): Promise<readonly string[]> =>
  migrating(owner, MIGRATION_OPTIONS.migrationsList, async (migrator) => {
    const undone: { name: string }[] = [];
    for (let step = 0; step < steps; step += 1) undone.push(...(await withRetries(() => migrator.down())));
    return undone;
  });

/**
 * Brings an empty database to the tables that exactly these migrations make, for what was written from such tables.
 * @returns false when this release does not know one of them.
 */
export async function migrateToExactly(owner: Login, names: readonly string[]): Promise<boolean> {
  const known = migrations.map(({ name }) => name);
  if (names.some((name) => !known.includes(name))) return false;
  const pending = await pendingMigrations(owner);
  const beyond = known.filter((name) => !pending.includes(name) && !names.includes(name));
  if (beyond.length > 0) await migrateDown(owner, beyond.length);
  await migrateUp(
    owner,
    migrations.filter(({ name }) => names.includes(name)),
  );
  return true;
}

/** Names still to be applied; empty when the database is at this release. Any role may ask. */
export async function pendingMigrations(login: Login): Promise<readonly string[]> {
  const session = await openSession(login, { applicationName: 'wafa' }).catch((error: unknown) => {
    throw connectionFault(error);
  });
  try {
    const { rows } = await session.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`);
    const applied = new Set(rows.map(({ name }) => name));
    return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
  } catch (error) {
    if (sqlState(error) !== '42P01') throw error;
    return migrations.map(({ name }) => name);
  } finally {
    await session.end();
  }
}

async function migrating(
  owner: Login,
  list: MigrationList,
  work: (migrator: Migrator) => Promise<readonly { name: string }[]>,
): Promise<readonly string[]> {
  // The lock has a connection of its own: MikroORM's migrator has none, and two of them would apply a migration twice.
  const lock = await openSession(owner, { applicationName: 'wafa migrate', settings: { lock_timeout: WAIT_FOR_OTHERS } }).catch(
    (error: unknown) => {
      throw connectionFault(error);
    },
  );
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATING]).catch((error: unknown) => {
      throw sqlState(error) === '55P03' ? busy(error) : error;
    });
    const { rows } = await lock.query<{ name: string }>('select current_database() as name');
    const done = await withMigrator({ owner, database: rows[0]?.name ?? '', list }, work);
    await lock.query(
      `do $$ begin grant select on ${MIGRATIONS_TABLE} to ${ROLES.application}, ${ROLES.backup}; exception when undefined_table then null; end $$`,
    );
    return done.map(({ name }) => name);
  } finally {
    await lock.end();
  }
}

interface MigratorOf {
  readonly owner: Login;
  readonly database: string;
  readonly list: MigrationList;
}

async function withMigrator<Result>({ owner, database, list }: MigratorOf, work: (migrator: Migrator) => Promise<Result>): Promise<Result> {
  const limits = `-c lock_timeout=${LOCK_TIMEOUT} -c statement_timeout=${STATEMENT_TIMEOUT}`;
  const pool = new pg.Pool({ ...owner, application_name: 'wafa migrate', max: 2, options: limits });
  pool.on('error', () => undefined);
  const orm = new MikroORM({
    driverOptions: new PostgresDialect({ pool }),
    dbName: database,
    entities: [],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    debug: false,
    migrations: { ...MIGRATION_OPTIONS, migrationsList: list, silent: true },
  });
  try {
    return await work(orm.config.getExtension('@mikro-orm/migrator') as Migrator);
  } finally {
    await orm.close();
  }
}

/** Steps back when a lock was not free, with growing and uneven waits so that two processes do not keep meeting. */
async function withRetries<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (sqlState(error) !== '55P03' || attempt === MOST_TRIES) throw error;
      await pause(attempt * (200 + Math.random() * 300));
    }
  }
}

const busy = (cause: unknown): OperatorError =>
  new OperatorError({
    code: 'database.migrating-elsewhere',
    message: 'Another process is changing the tables of this database and has not finished.',
    tryThis: 'Wait for it; if none is running, look for its connection with "wafa db status".',
    cause,
  });
