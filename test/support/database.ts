/**
 * Real databases for tests: one server per run, one migrated template in it, one clone of that per test file. Set
 * `TEST_DATABASE_ADMIN_URL` to a superuser's login to run the same tests against another PostgreSQL.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll } from 'vitest';

import type { ConnectionTarget, Login } from '../../src/store/connection/login.ts';
import { type Database, openDatabase } from '../../src/store/connection/pool.ts';
import { createDatabaseSql, databaseGrantsSql, identifier, ROLES, rolesSql } from '../../src/store/connection/roles.ts';
import { openSession } from '../../src/store/connection/session.ts';
import { embeddedAdministrator, ensureServer } from '../../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../../src/store/embedded/home-layout.ts';
import { migrateUp } from '../../src/store/migrate.ts';

export interface TestDatabase {
  readonly name: string;
  /** As the application role, which row-level security binds. */
  readonly app: Database;
  /** As the role that owns the tables: for catalogue tests and negative controls. */
  readonly owner: Database;
  /** As a superuser, whom nothing binds: for looking at what really is there. Sees `pg`'s own rows. */
  readonly admin: pg.Client;
  readonly target: ConnectionTarget;
  readonly ownerLogin: Login;
  /** `DATABASE_URL` and `DATABASE_OWNER_URL` for programs started by a test. */
  readonly env: Readonly<Record<'DATABASE_URL' | 'DATABASE_OWNER_URL', string>>;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Leaves the database without tables: for tests of migrations and of the connection itself. */
  readonly isEmpty?: boolean;
}

/** A database of this file's own, dropped after its last test. Call it once, outside the tests. */
export function testDatabase(options: TestDatabaseOptions = {}): () => TestDatabase {
  let made: TestDatabase | undefined;
  beforeAll(async () => {
    made = await createTestDatabase(options);
  });
  afterAll(async () => {
    const busy = made?.app.busyConnections ?? 0;
    await made?.drop();
    if (busy > 0) throw new Error(`${busy} connections were still in use after the last test: something did not await its transaction`);
  });
  return () => {
    if (made === undefined) throw new Error('the test database exists inside tests and hooks only');
    return made;
  };
}

/** A database of the caller's own; the caller drops it. */
export async function createTestDatabase({ isEmpty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await (theServer ??= testServer());
  const name = `${server.prefix}_${process.pid}_${(counter += 1)}`;
  const session = await server.openAdmin('postgres');
  try {
    if (isEmpty) await session.query(createDatabaseSql(name));
    else {
      const template = await ensureTemplate(server, session);
      // Copying files beats replaying them through the log for a database of a few megabytes.
      await session.query(`create database ${identifier(name)} template ${identifier(template)} owner ${ROLES.owner} strategy file_copy`);
    }
    for (const statement of databaseGrantsSql(name)) await session.query(statement);
  } finally {
    await session.end();
  }
  return await opened(server, name);
}

/** Drops what a killed run left behind on a server that is not ours to throw away. */
export async function dropRunDatabases(home: string): Promise<void> {
  const server = await testServer(home);
  const session = await server.openAdmin('postgres');
  const { rows } = await session.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [
    server.prefix,
  ]);
  for (const { datname } of rows) await session.query(`drop database ${identifier(datname)} with (force)`);
  await session.end();
}

interface TestServer {
  /** All databases of this run begin with it. */
  readonly prefix: string;
  login(role: 'application' | 'owner', database: string): Login;
  url(role: 'application' | 'owner', database: string): string;
  openAdmin(database: string): Promise<pg.Client>;
}

let counter = 0;
let theServer: Promise<TestServer> | undefined;

/** Passwords on a server of somebody else's: good enough for empty databases that live for a minute. */
const PASSWORD = 'wafa-test-only';

/** A number for the advisory lock under which one process prepares what all share. */
const PREPARING = 2_026_112_203;

async function testServer(home: string = runHome()): Promise<TestServer> {
  const prefix = `wafa_test_${createHash('sha256').update(home).digest('hex').slice(0, 8)}`;
  const adminUrl = process.env['TEST_DATABASE_ADMIN_URL'];
  return adminUrl === undefined ? await embeddedTestServer(home, prefix) : await foreignTestServer(adminUrl, prefix);
}

async function embeddedTestServer(home: string, prefix: string): Promise<TestServer> {
  const layout = homeLayout(home);
  mkdirSync(layout.serverFolder, { recursive: true, mode: 0o711 });
  // Nothing of a test outlives it, so nothing needs to reach the disk.
  if (!existsSync(layout.ownConfigFile)) {
    writeFileSync(layout.ownConfigFile, 'fsync = off\nfull_page_writes = off\nmax_connections = 100\n', { mode: 0o644 });
  }
  const target = await ensureServer(home);
  const admin = embeddedAdministrator(home);
  const login = (role: 'application' | 'owner', database: string): Login => ({
    ...(role === 'owner' ? target.owner : target.application),
    database,
  });
  return {
    prefix,
    login,
    url: (role, database) => socketUrl(login(role, database)),
    openAdmin: (database) => openSession({ ...admin, database }, { applicationName: 'wafa test' }),
  };
}

async function foreignTestServer(adminUrl: string, prefix: string): Promise<TestServer> {
  const url = (user: string | undefined, database: string): string => {
    const made = new URL(adminUrl);
    made.pathname = `/${database}`;
    if (user !== undefined) Object.assign(made, { username: user, password: PASSWORD });
    return made.href;
  };
  const urlOf = (role: 'application' | 'owner', database: string): string => url(ROLES[role], database);
  const openAdmin = (database: string): Promise<pg.Client> =>
    openSession({ connectionString: url(undefined, database) }, { applicationName: 'wafa test' });
  const session = await openAdmin('postgres');
  await alone(session, async () => {
    for (const statement of rolesSql({ owner: PASSWORD, application: PASSWORD, backup: PASSWORD })) await session.query(statement);
  });
  await session.end();
  return { prefix, url: urlOf, login: (role, database) => ({ connectionString: urlOf(role, database) }), openAdmin };
}

/** The migrated template, made by whichever process asks first while the others wait. */
async function ensureTemplate(server: TestServer, session: pg.Client): Promise<string> {
  const template = `${server.prefix}_template`;
  await alone(session, async () => {
    const { rowCount } = await session.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(server, session, template);
  });
  return template;
}

/** One process of the run at a time. */
async function alone(session: pg.Client, work: () => Promise<void>): Promise<void> {
  await session.query('select pg_advisory_lock($1)', [PREPARING]);
  try {
    await work();
  } finally {
    await session.query('select pg_advisory_unlock($1)', [PREPARING]);
  }
}

/** Named only when finished, so that a migration that fails leaves no half-made template behind. */
async function makeTemplate(server: TestServer, session: pg.Client, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await session.query(`drop database if exists ${identifier(draft)} with (force)`);
  await session.query(createDatabaseSql(draft));
  await migrateUp(server.login('owner', draft));
  await session.query(`alter database ${identifier(draft)} rename to ${identifier(template)}`);
}

async function opened(server: TestServer, name: string): Promise<TestDatabase> {
  const ownerLogin = server.login('owner', name);
  const target: ConnectionTarget = { application: server.login('application', name), owner: ownerLogin };
  const app = openDatabase(target);
  const owner = openDatabase({ application: ownerLogin, owner: ownerLogin }, { mostConnections: 3 });
  const admin = await server.openAdmin(name);
  return {
    name,
    app,
    owner,
    admin,
    target,
    ownerLogin,
    env: { DATABASE_URL: server.url('application', name), DATABASE_OWNER_URL: server.url('owner', name) },
    drop: async () => {
      await Promise.all([app.close(), owner.close(), admin.end()]);
      const session = await server.openAdmin('postgres');
      await session.query(`drop database if exists ${identifier(name)} with (force)`);
      await session.end();
    },
  };
}

/** `pg` takes a socket's folder as the parameter `host` of an address. */
function socketUrl({ user = '', password, database = '', host = '' }: Login): string {
  const secret = typeof password === 'function' ? password() : password;
  if (typeof secret !== 'string') throw new TypeError('the embedded server has passwords at hand');
  return `postgresql://${user}:${encodeURIComponent(secret)}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

function runHome(): string {
  const home = process.env['WAFA_TEST_HOME'];
  if (home === undefined) throw new Error('run tests with vitest.config.ts, whose global setup names a folder for the database');
  return home.endsWith('/') ? home.slice(0, -1) : join(home);
}
