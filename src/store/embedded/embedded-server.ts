/**
 * The built-in database as the rest of Wafa sees it: it is simply there. Whoever needs it calls {@link ensureServer}; the
 * first one starts it, the others share it, and it goes away by itself when nobody is left.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { BugError, OperatorError } from '../../domain/operator-error.ts';
import { connectionFault, isConnectionLost } from '../connection/connection-error.ts';
import type { RolePasswords } from '../connection/roles.ts';
import { openSession } from '../connection/session.ts';
import type { ConnectionTarget, Login } from '../connection/login.ts';
import { homeLayout, type HomeLayout } from './home-layout.ts';
import { embeddedLogin } from './logins.ts';
import { postmasterEnded, runningPostmaster, signalPostmaster } from './postmaster.ts';
import { readSecrets } from './secrets.ts';
import { prepareFolders, refuseForeignSocketFolder, serverAccount } from './server-account.ts';
import { SUPERVISOR_NAME } from './server-setup.ts';
import { startReport } from './start-report.ts';

export interface ServerOptions {
  /** How long the server stays without clients. 60 s spares the next command its start, and frees the memory soon enough. */
  readonly idleSeconds?: number;
}

export type ServerStatus =
  | { readonly state: 'stopped'; readonly dataFolder: string }
  | {
      readonly state: 'running';
      readonly dataFolder: string;
      readonly socketFolder: string;
      readonly pid: number;
      readonly version: string;
      readonly startedAt: Temporal.Instant;
      /** Connections of everyone but the supervisor and this question. */
      readonly clients: number;
      readonly sizeBytes: number;
      /** The process that will stop the server when nobody uses it; null until the next command starts one. */
      readonly supervisorPid: number | null;
    };

/**
 * Makes sure that the server of this home runs and is looked after, starting it if need be.
 * @throws OperatorError when it cannot: no room, no permission, another version's data, no programs for this platform.
 */
export async function ensureServer(home: string, options: ServerOptions = {}): Promise<ConnectionTarget> {
  const layout = homeLayout(home);
  const known = readSecrets(layout);
  if (known === undefined || !(await isServing(layout, known))) await startSupervisor(layout, options.idleSeconds ?? 60);
  const passwords = known ?? readSecrets(layout);
  if (passwords === undefined) throw noSecrets(layout);
  return {
    application: embeddedLogin(layout, passwords, 'application'),
    owner: embeddedLogin(layout, passwords, 'owner'),
    backup: embeddedLogin(layout, passwords, 'backup'),
    revive: async () => void (await ensureServer(home, options)),
  };
}

/** Stops the server at once; open transactions are rolled back, committed work stays. @returns false when none was running. */
export async function stopServer(home: string, withinMs = 60_000): Promise<boolean> {
  const layout = homeLayout(home);
  if (!signalPostmaster(layout, 'SIGINT')) return false;
  if (await postmasterEnded(layout, withinMs)) return true;
  throw new OperatorError({
    code: 'database.did-not-stop',
    message: `The built-in database is still writing its data out after ${withinMs / 1000} seconds.`,
    tryThis: 'Wait a little and ask again with "wafa db status".',
  });
}

export async function serverStatus(home: string): Promise<ServerStatus> {
  const layout = homeLayout(home);
  const pid = runningPostmaster(layout);
  const passwords = readSecrets(layout);
  if (pid === undefined || passwords === undefined) return { state: 'stopped', dataFolder: layout.dataFolder };
  return {
    state: 'running',
    dataFolder: layout.dataFolder,
    socketFolder: layout.socketFolder,
    pid,
    ...(await runningFacts(adminLogin(layout, passwords))),
  };
}

/** An administrator's login to the maintenance database, for `wafa db` and for tests that make databases of their own. */
export function embeddedAdministrator(home: string): Login {
  const layout = homeLayout(home);
  const passwords = readSecrets(layout);
  if (passwords === undefined) throw noSecrets(layout);
  return adminLogin(layout, passwords);
}

const adminLogin = (layout: HomeLayout, passwords: RolePasswords): Login => embeddedLogin(layout, passwords, 'admin', 'postgres');

/** Just tries: a server that answers, and has a supervisor, needs nothing. A few milliseconds. */
async function isServing(layout: HomeLayout, passwords: RolePasswords): Promise<boolean> {
  refuseForeignSocketFolder(layout, serverAccount(layout).uid);
  try {
    const session = await openSession(embeddedLogin(layout, passwords, 'application'), { applicationName: 'wafa' });
    const { rowCount } = await session.query('select from pg_stat_activity where starts_with(application_name, $1)', [SUPERVISOR_NAME]);
    await session.end();
    return (rowCount ?? 0) > 0;
  } catch (error) {
    // No role or no database yet: a first start is under way, or was cut off.
    const isUnfinished = ['28P01', '3D000', '42501', '28000'].includes((error as { code?: string }).code ?? '');
    if (isUnfinished || isConnectionLost(error)) return false;
    throw connectionFault(error);
  }
}

/** Runs from the built `.js` and from the `.ts` sources alike: Node strips the types. */
const SUPERVISOR = fileURLToPath(new URL(`./supervisor${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

/**
 * Started detached, with nothing of ours kept open: the command that needed the server ends when its own work ends, and
 * so does a pipe behind it.
 */
async function startSupervisor(layout: HomeLayout, idleSeconds: number): Promise<void> {
  prepareFolders(layout, serverAccount(layout));
  const log = openSync(layout.supervisorLog, 'a', 0o600);
  const child = spawn(process.execPath, [SUPERVISOR, layout.home, String(idleSeconds)], {
    cwd: layout.home,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  await startReport(child.stdio[3] as Readable, layout);
}

type RunningFacts = Pick<Extract<ServerStatus, { state: 'running' }>, 'version' | 'startedAt' | 'clients' | 'sizeBytes' | 'supervisorPid'>;

async function runningFacts(login: Login): Promise<RunningFacts> {
  const session = await openSession(login, { applicationName: 'wafa' });
  try {
    const { rows } = await session.query<{ version: string; started: number; clients: number; size: number; supervisor: string | null }>(
      `select current_setting('server_version') as version, extract(epoch from pg_postmaster_start_time())::float8 * 1000 as started,
        count(*) filter (where not starts_with(application_name, $1))::int4 as clients,
        (select sum(pg_database_size(oid)) from pg_database)::float8 as size,
        max(substr(application_name, length($1) + 2)) filter (where starts_with(application_name, $1)) as supervisor
      from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      [SUPERVISOR_NAME],
    );
    const [row] = rows;
    if (row === undefined) throw new BugError('the server reported no status row');
    return {
      version: row.version,
      startedAt: Temporal.Instant.fromEpochMilliseconds(Math.round(row.started)),
      clients: row.clients,
      sizeBytes: row.size,
      supervisorPid: row.supervisor === null ? null : Number(row.supervisor),
    };
  } finally {
    await session.end();
  }
}

const noSecrets = (layout: HomeLayout): OperatorError =>
  new OperatorError({
    code: 'database.not-set-up',
    kind: 'configuration',
    message: `There is no database in ${layout.home} yet.`,
    tryThis: 'Run "wafa init" or "wafa demo" first, or set WAFA_HOME to the folder that holds one.',
  });
