/**
 * The server process itself: starting it, finding it, telling it to stop. PostgreSQL's own lock on the data folder
 * (`postmaster.pid` and a shared memory block) is the only lock there is, so no lock of ours can go stale.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, linkSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Binaries } from './binaries.ts';
import type { HomeLayout } from './home-layout.ts';
import type { ServerAccount } from './server-account.ts';

/** Starts the server in a session of its own, so that it outlives whoever started it. */
export function startPostmaster(layout: HomeLayout, account: ServerAccount, binaries: Binaries): ChildProcess {
  const log = openSync(layout.startLog, 'w', 0o600);
  try {
    const settings = [`config_file=${layout.configFile}`, `hba_file=${layout.accessFile}`];
    const child = spawn(binaries.postgres, ['-D', layout.dataFolder, ...settings.flatMap((setting) => ['-c', setting])], {
      cwd: layout.serverFolder,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...(account.isOther ? { uid: account.uid, gid: account.gid } : {}),
    });
    // A program that cannot be started at all shows as an early end, like any other failure to start.
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** A clean environment: settings of the calling shell (`PGDATA`, language, time zone) must not reach the server. */
export const serverEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
});

/** @returns the process id of the server that holds the data folder now; undefined when none does. */
export function runningPostmaster(layout: HomeLayout): number | undefined {
  const claimed = claimedPid(join(layout.dataFolder, 'postmaster.pid'));
  return claimed !== undefined && isPostmasterOf(claimed, layout) ? claimed : undefined;
}

/**
 * Removes the lock file of a server that is gone, where PostgreSQL would not: its process id may now belong to an unrelated
 * process, for as long as which lives PostgreSQL refuses to start, or the server died before it wrote one.
 */
export function clearStaleLock(layout: HomeLayout): void {
  const lock = join(layout.dataFolder, 'postmaster.pid');
  if (!isStale(lock, layout)) return;
  // Moved aside before the last look, so that a lock made in between by a starting server can be put back.
  const aside = `${lock}.stale-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (!isStale(aside, layout)) linkSync(aside, lock);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * A server names its process at once in the file it made; an empty one was left by a server that died in between. Five
 * seconds is beyond what a stopped-and-continued machine needs for that, and still short for whoever waits.
 */
const EMPTY_AT_MOST_MS = 5_000;

function isStale(lockFile: string, layout: HomeLayout): boolean {
  const claimed = claimedPid(lockFile);
  // A dead server's lock is left to PostgreSQL, which looks for its memory and last processes before it takes over.
  if (claimed !== undefined) return processIsAlive(claimed) && !isPostmasterOf(claimed, layout);
  const found = statSync(lockFile, { throwIfNoEntry: false });
  return found !== undefined && performance.timeOrigin + performance.now() - found.mtimeMs > EMPTY_AT_MOST_MS;
}

/** `SIGTERM` lets clients finish and takes no new ones; `SIGINT` ends them and stops at once. Both lose nothing committed. */
export function signalPostmaster(layout: HomeLayout, signal: 'SIGTERM' | 'SIGINT'): boolean {
  const pid = runningPostmaster(layout);
  if (pid === undefined) return false;
  process.kill(pid, signal);
  return true;
}

/** @returns false when the server still runs after that time. */
export async function postmasterEnded(layout: HomeLayout, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (runningPostmaster(layout) !== undefined) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The first line of `postmaster.pid` is the process id, negative in PostgreSQL's single-user mode. */
function claimedPid(lockFile: string): number | undefined {
  try {
    const pid = Math.abs(Number.parseInt(readFileSync(lockFile, 'utf8'), 10));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether a living process is the server of this data folder. A server works inside its data folder, which `/proc` shows;
 * where there is no `/proc` (macOS) a living process is believed, as PostgreSQL itself does.
 */
function isPostmasterOf(pid: number, layout: HomeLayout): boolean {
  if (!processIsAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return false;
    const ours = statSync(layout.dataFolder);
    return statSync(`/proc/${pid}`).uid === ours.uid && worksIn(pid, ours);
  } catch {
    // Gone meanwhile: that is no server either.
    return false;
  }
}

/** In a container even root may be kept from seeing where another account's process works: then its name and account must do. */
function worksIn(pid: number, folder: Stats): boolean {
  try {
    const found = statSync(readlinkSync(`/proc/${pid}/cwd`));
    return found.dev === folder.dev && found.ino === folder.ino;
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
