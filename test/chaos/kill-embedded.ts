/**
 * Commands that use the built-in database, killed with SIGKILL at random moments, now and then together with the supervisor or the
 * server itself. Run by hand as `node test/chaos/kill-embedded.ts 100`, with the real command and its 60 s without clients; the suite
 * runs a shorter one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { openSession } from '../../src/store/connection/session.ts';
import { ensureServer, serverStatus, stopServer } from '../../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../../src/store/embedded/home-layout.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const MODULE = new URL('../../src/store/embedded/embedded-server.ts', import.meta.url).href;

export interface KillPlan {
  readonly cycles: number;
  /** How long the server stays without clients; 60 makes the commands real ones of the command line. */
  readonly idleSeconds: number;
  readonly say?: (line: string) => void;
}

export interface KillReport {
  readonly kills: Readonly<Record<'command' | 'supervisor' | 'server', number>>;
  /** Why the database did not start or did not answer, by cycle; empty as it should be. */
  readonly failures: readonly string[];
  /** Rows that were committed and are gone. */
  readonly lost: number;
  /** From the last use to the end of the server; null when it still ran 30 s after its time. */
  readonly stoppedAfterMs: number | null;
  readonly slowestStartMs: number;
}

/** In a home of its own, which is gone afterwards. */
export async function killEmbedded({ cycles, idleSeconds, say = () => undefined }: KillPlan): Promise<KillReport> {
  const home = newHome(idleSeconds < 60);
  const kills = { command: 0, supervisor: 0, server: 0 };
  const failures: string[] = [];
  const startedMs: number[] = [];
  try {
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const commands = [startCommand(home, idleSeconds), startCommand(home, idleSeconds)];
      // A start takes between 0.1 and 1 s here: deaths fall before, in and after every step of it.
      kills.command += (await Promise.all(commands.map((command) => killedAfter(command, Math.random() * 900)))).filter(Boolean).length;
      if (cycle % 3 === 0) kills.supervisor += await killOne(home, 'supervisorPid');
      if (cycle % 5 === 0) kills.server += await killOne(home, 'pid');
      const began = performance.now();
      await useOnce(home, idleSeconds, cycle).catch((error: unknown) => failures.push(`cycle ${cycle}: ${String(error)}`));
      startedMs.push(performance.now() - began);
      if (cycle % 10 === 0) say(`${cycle} of ${cycles}: ${JSON.stringify(kills)}, ${failures.length} failures`);
    }
    const lost = cycles - failures.length - (await countKept(home, idleSeconds));
    const stoppedAfterMs = await stopsByItself(home, idleSeconds * 1000 + 30_000);
    return { kills, failures, lost, stoppedAfterMs, slowestStartMs: Math.max(...startedMs) };
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function newHome(isThrowAway: boolean): string {
  const home = mkdtempSync(join(tmpdir(), 'wafa-kill-'));
  // As root the server runs under another account, which must be able to pass.
  chmodSync(home, 0o711);
  if (!isThrowAway) return home;
  const { serverFolder, ownConfigFile } = homeLayout(home);
  mkdirSync(serverFolder, { mode: 0o711 });
  writeFileSync(ownConfigFile, 'shared_buffers = 16MB\n', { mode: 0o644 });
  return home;
}

/** A real command, or for short idle times (which no command offers) what every command does first. */
function startCommand(home: string, idleSeconds: number): ChildProcess {
  const script = `import { ensureServer } from '${MODULE}'; await ensureServer(process.argv[1], { idleSeconds: ${idleSeconds} });`;
  const args = idleSeconds === 60 ? [MAIN, 'company', 'list'] : ['--input-type=module', '-e', script, home];
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', WAFA_HOME: home };
  return spawn(process.execPath, args, { env, stdio: 'ignore' });
}

/** @returns whether it was still running by then. */
async function killedAfter(command: ChildProcess, delayMs: number): Promise<boolean> {
  const ended = once(command, 'exit');
  await Promise.race([pause(delayMs), ended]);
  const wasKilled = command.exitCode === null && command.kill('SIGKILL');
  await ended;
  return wasKilled;
}

async function killOne(home: string, which: 'pid' | 'supervisorPid'): Promise<number> {
  // A server that is just starting or stopping does not answer; then there is nobody to kill.
  const status = await serverStatus(home).catch(() => undefined);
  const pid = status?.state === 'running' ? status[which] : null;
  if (pid === null) return 0;
  process.kill(pid, 'SIGKILL');
  return 1;
}

const withOwner = async <Result>(home: string, idleSeconds: number, text: string): Promise<readonly Result[]> => {
  const { owner } = await ensureServer(home, { idleSeconds });
  if (owner === null) throw new Error('the built-in database has an owner');
  const session = await openSession(owner, { applicationName: 'wafa test' });
  try {
    await session.query('create table if not exists kept (cycle int)');
    return (await session.query<Result & Record<string, unknown>>(text)).rows;
  } finally {
    await session.end();
  }
};

const useOnce = (home: string, idleSeconds: number, cycle: number): Promise<unknown> =>
  withOwner(home, idleSeconds, `insert into kept values (${cycle})`);

const countKept = async (home: string, idleSeconds: number): Promise<number> =>
  (await withOwner<{ rows: number }>(home, idleSeconds, 'select count(*)::int as rows from kept'))[0]?.rows ?? 0;

async function stopsByItself(home: string, withinMs: number): Promise<number | null> {
  const unusedSince = performance.now();
  for (;;) {
    const status = await serverStatus(home).catch(() => undefined);
    const passedMs = performance.now() - unusedSince;
    if (status?.state === 'stopped') return passedMs;
    if (passedMs > withinMs) return null;
    await pause(100);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const report = await killEmbedded({ cycles: Number(process.argv[2] ?? 100), idleSeconds: 60, say });
  say(JSON.stringify(report, null, 2));
  const isGood = report.failures.length === 0 && report.lost === 0 && report.stoppedAfterMs !== null;
  process.exitCode = isGood ? 0 : 1;
}
