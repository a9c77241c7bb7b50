/** The processes a measurement of sending is made of: the mail server that takes everything, the daemon, and what each costs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Taken } from './sink.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export interface Sink {
  readonly port: number;
  /** What it took since it was last asked. */
  takenSince(): Promise<readonly Taken[]>;
  stop(): void;
}

export async function startSink(): Promise<Sink> {
  const child = spawn(process.execPath, [path('./sink.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => String((await lines.next()).value);
  return {
    port: Number(await line()),
    takenSince: async () => {
      child.stdin.write('\n');
      return JSON.parse(await line()) as readonly Taken[];
    },
    stop: () => child.stdin.end(),
  };
}

export interface Daemon {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Resolves once it has said that it started. */
export async function startDaemon(env: Readonly<Record<string, string>>): Promise<Daemon> {
  // Profiles are looked at by whoever sets WAFA_BENCH_PROFILE to a folder.
  const profile = process.env['WAFA_BENCH_PROFILE'];
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  // As `bin/wafa` starts it, with what has been built of it; that itself has been done before.
  const child = spawn(process.execPath, [...flags, '--max-semi-space-size=8', path('../../bin/wafa'), 'daemon'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env, WAFA_DAEMON_PORT: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await saysStarted(child, lines);
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function saysStarted(child: ChildProcess, lines: AsyncIterable<string> & NodeJS.EventEmitter): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  lines.on('line', (line: string) => {
    if (line.includes('"started"')) resolve();
  });
  child.once('exit', (code) => reject(new Error(`the daemon ended with ${String(code)} before it started`)));
  await promise;
}

export interface Cost {
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

/** What a process has used so far, as Linux tells it (proc(5)); zeros where there is no `/proc`. */
export function costOf(pid: number): Cost {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const rss = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // Fields 14 and 15, in hundredths of a second.
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, rssMb: Math.round(Number(rss) / 1_024) };
  } catch {
    return { cpuSeconds: 0, rssMb: 0 };
  }
}

/** CPU of the processes another has started that still run, such as a database server's for its clients. */
export function childrenCpuSeconds(parent: number): number {
  let seconds = 0;
  for (const name of process.platform === 'linux' ? readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === parent) seconds += costOf(Number(name)).cpuSeconds;
    } catch {
      // It ended in this moment.
    }
  }
  return seconds;
}

/** A daemon with nothing to do, over so many seconds. */
export async function idleCost(pid: number, seconds: number): Promise<{ readonly cpuPercent: number; readonly rssMb: number }> {
  const before = costOf(pid).cpuSeconds;
  await pause(seconds * 1_000);
  const after = costOf(pid);
  return { cpuPercent: (100 * (after.cpuSeconds - before)) / seconds, rssMb: after.rssMb };
}
