/**
 * The detached process that looks after one home's server: starts it, gives it its roles and its database, and stops it
 * when nobody has used it for a while. Run as `node supervisor.js HOME IDLE_SECONDS`; says how the start went, once, on
 * file descriptor 3.
 *
 * There may be any number of these processes; one at a time is in charge, by an advisory lock in the server itself, which
 * ends with its holder however that dies. Nothing here is remembered on disk, so nothing can be stale.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type pg from 'pg';

import { BugError, OperatorError } from '../../domain/operator-error.ts';
import { isConnectionLost } from '../connection/connection-error.ts';
import { openSession } from '../connection/session.ts';
import { homeLayout, type HomeLayout } from './home-layout.ts';
import { embeddedLogin } from './logins.ts';
import { postmasterEnded, signalPostmaster } from './postmaster.ts';
import { ensureSecrets } from './secrets.ts';
import { ensureDatabase, takeCharge } from './server-setup.ts';
import { reportFailure, reportReady } from './start-report.ts';
import { rejoinServer, startServer } from './start-server.ts';

/** Setting up roles and database takes well under a second; a supervisor that died meanwhile is noticed by its next client. */
const SETUP_WITHIN_MS = 15_000;

/** A stop waits this long for the server to write everything out; after it the server goes on by itself. */
const STOP_WITHIN_MS = 60_000;

async function supervise(home: string, idleMs: number): Promise<void> {
  const layout = homeLayout(home);
  const session = await startServer(home);
  if (await takeCharge(session)) {
    await ensureDatabase(session, ensureSecrets(layout));
    reportReady();
    // Sent when the machine shuts down: the server closes in order instead of recovering at the next start.
    process.on('SIGTERM', () => signalPostmaster(layout, 'SIGINT'));
    return lookAfter(layout, session, idleMs);
  }
  await session.end();
  await awaitDatabase(layout);
  reportReady();
}

/** Until the server is stopped, by us or by somebody else. */
async function lookAfter(layout: HomeLayout, first: pg.Client, idleMs: number): Promise<void> {
  let session: pg.Client | undefined = first;
  while (session !== undefined) {
    try {
      await untilIdle(session, idleMs);
      return await stopIdleServer(layout, session);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      log(`lost the server: ${(error as Error).message}`);
    }
    await session.end().catch(() => undefined);
    // After a crash of one of its processes the server restarts by itself; a server that was stopped is left stopped.
    session = await rejoinServer(layout);
    if (session !== undefined && !(await takeCharge(session))) return session.end();
  }
}

/** Another supervisor is in charge: it may still be setting up the roles and the database. */
async function awaitDatabase(layout: HomeLayout): Promise<void> {
  const login = embeddedLogin(layout, ensureSecrets(layout), 'application');
  const deadline = performance.now() + SETUP_WITHIN_MS;
  for (;;) {
    try {
      const session = await openSession(login, { applicationName: 'wafa' });
      return await session.end();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(20);
    }
  }
}

/** Returns when no client has been there for the whole of `idleMs`: neither now, nor coming and going between two looks. */
async function untilIdle(session: pg.Client, idleMs: number): Promise<void> {
  const everyMs = Math.min(5_000, Math.max(50, idleMs / 4));
  // Noticed at once, not at the next look: by then another server might run, which has its own supervisor.
  const lost = new AbortController();
  session.once('end', () => lost.abort());
  let idleSince = performance.now();
  let seenBefore = '';
  for (;;) {
    const { clients, sessions } = await clientsNow(session);
    if (clients > 0 || sessions !== seenBefore) idleSince = performance.now();
    seenBefore = sessions;
    if (performance.now() - idleSince >= idleMs) return;
    await pause(everyMs, undefined, { signal: lost.signal }).catch(() => undefined);
  }
}

/** Sessions of the maintenance database, such as the one that asks for the status, do not count as use. */
async function clientsNow(session: pg.Client): Promise<{ clients: number; working: number; sessions: string }> {
  const { rows } = await session.query<{ clients: number; working: number; sessions: string }>(`
    select count(*) filter (where datname <> 'postgres')::int4 as clients, count(xact_start)::int4 as working,
      (select sum(sessions) from pg_stat_database where datname <> 'postgres')::text as sessions
    from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`);
  const [row] = rows;
  if (row === undefined) throw new BugError('the server reported no clients row');
  return row;
}

/**
 * Stops taking clients first, then looks once more: one that slipped in between finishes its transaction in peace. New ones
 * are told that the server is stopping, wait, and start it again.
 */
async function stopIdleServer(layout: HomeLayout, session: pg.Client): Promise<void> {
  signalPostmaster(layout, 'SIGTERM');
  while ((await clientsNow(session)).working > 0) await pause(100);
  signalPostmaster(layout, 'SIGINT');
  await session.end().catch(() => undefined);
  await postmasterEnded(layout, STOP_WITHIN_MS);
  log('stopped the server: nobody used it');
}

/** Standard error goes to the supervisor's log file. */
function log(line: string): void {
  writeSync(2, `${Temporal.Now.instant().toString()} [${process.pid}] ${line}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [home = '', idleSeconds = '60'] = process.argv.slice(2);
  process.title = `wafa-database ${home}`;
  supervise(home, Number(idleSeconds) * 1000).then(
    () => process.exit(0),
    (error: unknown) => {
      log(error instanceof OperatorError ? error.message : String((error as Error).stack));
      reportFailure(error);
      process.exit(1);
    },
  );
}
