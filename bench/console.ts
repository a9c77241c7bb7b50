/**
 * How quick the console is, as an operator sees it: `npm run bench -- console [reminders]`, two hundred thousand unless told.
 *
 * Makes a company with so many live reminders (`console/ledger.ts`) and opens the built program on a pseudo-terminal of 200×50 in a process of its own. Timed from the outside: the first
 * picture, the first data, a key until the picture that answers it is there, an arrow held at 60 a second, and what the console takes while
 * nothing happens. Beside it stands Node starting for nothing, which is the floor on this machine at this moment.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { fillLedger } from './console/ledger.ts';
import { AT_ONCE } from '../src/console/terminal/terminal-modes.ts';
import { packagePath } from '../src/package-root.ts';
import { stopServer } from '../src/store/embedded/embedded-server.ts';
import { PtyConsole } from '../test/support/pty-console.ts';

const TARGETS = { firstPaintMs: 250, firstDataMs: 600, keyP50Ms: 16, keyP95Ms: 40, rssMb: 200, idleCpuPercent: 1 };
const OPENINGS = 5;
const KEYS = 100;
const HELD = 180;
const IDLE_MS = 10_000;
const CLOCK = '2026-11-23T09:00:00+04:00';

const reminders = Number(process.argv[2] ?? 200_000);
const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
// As root the server runs under another account, which must be able to pass.
chmodSync(home, 0o711);
const env = { WAFA_HOME: join(home, 'home'), WAFA_CLOCK: CLOCK, HOME: home, USER: userInfo().username };
try {
  const startedMs = performance.now();
  spawnSync(process.execPath, [packagePath('bin/bootstrap.mjs')], { stdio: 'inherit' });
  await fillLedger(env, reminders);
  process.stdout.write(`${reminders} live reminders in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s\n`);
  report(await measure());
} finally {
  await stopServer(env.WAFA_HOME);
  rmSync(home, { recursive: true, force: true });
}

interface Figures {
  readonly nodeMs: number;
  readonly firstPaintMs: number;
  readonly firstPaintCpuMs: number;
  readonly firstDataMs: number;
  readonly firstDataCpuMs: number;
  readonly keyP50Ms: number;
  readonly keyP95Ms: number;
  /** Processor time of the console for one of them, the threads of the runtime included. */
  readonly keyCpuMs: number;
  /** From the last of the held keys until the picture stood still with it. */
  readonly heldLastMs: number;
  readonly rssMb: number;
  readonly idleCpuPercent: number;
}

async function measure(): Promise<Figures> {
  const bare = [1, 2, 3].map(() => bareNodeMs());
  const openings: { readonly paint: number; readonly paintCpu: number; readonly data: number; readonly dataCpu: number }[] = [];
  let console = opened();
  // The first opening fills the caches of code, as it does once on every machine.
  for (let opening = 0; opening <= OPENINGS; opening += 1) {
    if (opening > 0) {
      await console.stop();
      console = opened();
    }
    const startedMs = performance.now();
    await console.until(() => console.output.includes('Queue'), 'the first picture');
    const [paint, paintCpu] = [performance.now() - startedMs, cpuMs(console)];
    await console.until(() => /❯ .*C-\d{6}/.test(console.text()), 'the first data');
    if (opening > 0) openings.push({ paint, paintCpu, data: performance.now() - startedMs, dataCpu: cpuMs(console) });
  }
  await console.until(() => console.output.endsWith(AT_ONCE.end), 'a whole picture');
  await delay(2_000);
  const keys: number[] = [];
  const keysFrom = cpuMs(console);
  for (let key = 0; key < KEYS; key += 1) {
    keys.push(await keyMs(console, key % 2 === 0 ? 'j' : key % 10 === 1 ? '\u001B[6~' : '\u001B[B'));
    await delay(20);
  }
  const keyCpuMs = (cpuMs(console) - keysFrom) / KEYS;
  const heldLastMs = await held(console);
  await delay(1_000);
  const idleFrom = cpuMs(console);
  await delay(IDLE_MS);
  const idleCpuPercent = ((cpuMs(console) - idleFrom) / IDLE_MS) * 100;
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${console.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  await console.stop();
  const median = (values: readonly number[]): number => quantile(values, 0.5);
  return {
    nodeMs: median(bare),
    firstPaintMs: median(openings.map(({ paint }) => paint)),
    firstPaintCpuMs: median(openings.map(({ paintCpu }) => paintCpu)),
    firstDataMs: median(openings.map(({ data }) => data)),
    firstDataCpuMs: median(openings.map(({ dataCpu }) => dataCpu)),
    keyP50Ms: quantile(keys, 0.5),
    keyP95Ms: quantile(keys, 0.95),
    keyCpuMs,
    heldLastMs,
    rssMb,
    idleCpuPercent,
  };
}

/** As a person starts it, with the cache of compiled code that the program keeps. */
function opened(): PtyConsole {
  return new PtyConsole({ env, columns: 200, rows: 50, program: packagePath('bin/wafa'), arguments: ['console'] });
}

function bareNodeMs(): number {
  const startedMs = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - startedMs;
}

/** Until the whole picture that answers the key has come. */
async function keyMs(console: PtyConsole, key: string): Promise<number> {
  const before = console.output.length;
  const startedMs = performance.now();
  console.types(key);
  await console.until(() => console.output.length > before && console.output.endsWith(AT_ONCE.end), 'the answer to a key');
  return performance.now() - startedMs;
}

async function held(console: PtyConsole): Promise<number> {
  console.types('g');
  await console.until(() => console.text().includes(' 1-') && console.lines()[3]?.startsWith('❯ ') === true, 'the cursor on the first row');
  for (let key = 0; key < HELD; key += 1) {
    console.types('\u001B[B');
    await delay(1_000 / 60);
  }
  const startedMs = performance.now();
  const last = new RegExp(`^❯.*C-${String(HELD).padStart(6, '0')}`, 'm');
  await console.until(() => last.test(console.text()), 'the row under the last key');
  return performance.now() - startedMs;
}

/** Of the console's own process, in hundredths of a second (proc(5), fields 14 and 15). */
function cpuMs(console: PtyConsole): number {
  const fields = readFileSync(`/proc/${console.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

function report(figures: Figures): void {
  console.table(
    Object.entries(figures).map(([what, figure]) => ({
      what,
      measured: Number(Number(figure).toFixed(1)),
      asked: (TARGETS as Readonly<Record<string, number>>)[what] ?? '',
    })),
  );
  const isMet = Object.entries(TARGETS).every(([what, most]) => figures[what as keyof typeof TARGETS] <= most);
  const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
  process.stdout.write(`${JSON.stringify({ bench: 'console', reminders, targets: TARGETS, isMet, figures, machine })}\n`);
}
