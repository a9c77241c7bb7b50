/**
 * Brings a home's server up, whatever state the last one left behind, and opens an administrator's session on it. Safe to
 * run in several processes at once: PostgreSQL lets one server have the data folder, and all use that one.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

import { isConnectionLost, isNotReady } from '../connection/connection-error.ts';
import { openSession } from '../connection/session.ts';
import type { Login } from '../connection/login.ts';
import { resolveBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { homeLayout, type HomeLayout, socketFile } from './home-layout.ts';
import { embeddedLogin } from './logins.ts';
import { clearStaleLock, runningPostmaster, signalPostmaster, startPostmaster } from './postmaster.ts';
import { ensureSecrets } from './secrets.ts';
import { prepareFolders, serverAccount } from './server-account.ts';
import { serverFault } from './server-fault.ts';
import { accessText, settingsText } from './server-settings.ts';

/**
 * A killed server's last processes may hold its memory for some seconds, during which a new one is refused. Longer than
 * this and something is really wrong. Recovery after a crash is not counted: the server answers "not ready" meanwhile.
 */
const SILENT_FOR_MS = 30_000;

/**
 * A server opens its socket before anything else. One that runs without a socket for this long has lost it (to a cleaner of
 * old files, say) and can never be reached again: it is stopped in order and started anew.
 */
const SOCKETLESS_FOR_MS = 3_000;

/** Ways to be refused that pass by themselves: another server has just started, or the last one is not quite gone. */
const PASSING = /lock file "[^"]+" (?:already exists|is empty)|is still in use/;

/** @returns an administrator's session in the maintenance database. @throws OperatorError when the server cannot start. */
export async function startServer(home: string): Promise<pg.Client> {
  const layout = homeLayout(home);
  const account = serverAccount(layout);
  prepareFolders(layout, account);
  const passwords = ensureSecrets(layout);
  const binaries = resolveBinaries(layout, account);
  ensureCluster(layout, account, binaries, passwords.admin);
  writeSettings(layout, account.isOther ? 0o644 : 0o600);
  return awaitServer(layout, administrator(layout), () => startPostmaster(layout, account, binaries));
}

/** Joins a server that is already running, or coming back after a crash. @returns undefined once it is gone for good. */
export async function rejoinServer(layout: HomeLayout): Promise<pg.Client | undefined> {
  while (runningPostmaster(layout) !== undefined) {
    try {
      return await openSession(administrator(layout), { applicationName: 'wafa' });
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      await pause(50);
    }
  }
  return undefined;
}

const administrator = (layout: HomeLayout): Login => embeddedLogin(layout, ensureSecrets(layout), 'admin', 'postgres');

async function awaitServer(layout: HomeLayout, login: Login, start: () => ChildProcess): Promise<pg.Client> {
  let ours: ChildProcess | undefined;
  let silentSince = performance.now();
  for (;;) {
    try {
      return await openSession(login, { applicationName: 'wafa' });
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      if (isNotReady(error)) silentSince = performance.now();
      else if (performance.now() - silentSince > SILENT_FOR_MS) throw serverFault(layout, startLogText(layout), error);
    }
    if (performance.now() - silentSince > SOCKETLESS_FOR_MS && !existsSync(socketFile(layout))) signalPostmaster(layout, 'SIGINT');
    if (ours !== undefined && hasEnded(ours)) refuseUnlessPassing(layout);
    if ((ours === undefined || hasEnded(ours)) && runningPostmaster(layout) === undefined) {
      clearStaleLock(layout);
      ours = start();
    }
    // Short, because a healthy start takes some 30 ms and somebody waits for it.
    await pause(10);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function refuseUnlessPassing(layout: HomeLayout): void {
  const said = startLogText(layout);
  // Silence means that it ended in order, for instance because another process stopped it: then it is started anew.
  if (/FATAL|PANIC|error/i.test(said) && !PASSING.test(said)) throw serverFault(layout, said);
}

function startLogText(layout: HomeLayout): string {
  try {
    return readFileSync(layout.startLog, 'utf8');
  } catch {
    return '';
  }
}

/** Replaced by renaming, so that a server which starts at this moment reads the old text or the new, never half of one. */
function writeSettings(layout: HomeLayout, mode: number): void {
  for (const [file, text] of [
    [layout.configFile, settingsText(layout)],
    [layout.accessFile, accessText],
  ] as const) {
    writeFileSync(`${file}.${process.pid}`, text, { mode });
    renameSync(`${file}.${process.pid}`, file);
  }
}
