/** `wafa send` as a process of its own, to be killed at random moments, and the fake relay it sends to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const RELAY = fileURLToPath(new URL('../support/smtp-relay-main.ts', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export function startSender(env: Environment): ChildProcess {
  return spawn(process.execPath, [MAIN, 'send', '--json'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export interface DaemonProcess {
  readonly process: ChildProcess;
  /** What it has written to its log so far. */
  log(): string;
}

export function startDaemon(env: Environment): DaemonProcess {
  const child = spawn(process.execPath, [MAIN, 'daemon'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { process: child, log: () => text };
}

/** Waits for the end. @returns the exit code, or `null` when it was killed. */
export async function ended(sender: ChildProcess): Promise<number | null> {
  if (sender.exitCode !== null || sender.signalCode !== null) return sender.exitCode;
  const [code] = (await once(sender, 'exit')) as [number | null];
  return code;
}

/** Lets it run to its end; anything but a documented ending is a failed test. */
export async function runSender(env: Environment): Promise<void> {
  const sender = startSender(env);
  let talk = '';
  sender.stderr?.on('data', (chunk: Buffer) => (talk += chunk.toString()));
  const code = await ended(sender);
  if (code === null || ![0, 3, 4].includes(code)) throw new Error(`wafa send ended with ${String(code)}: ${talk}`);
}

export interface RelayProcess {
  readonly url: string;
  /** Message-IDs it took, as often as it took them. */
  accepted(): readonly string[];
  stop(): Promise<void>;
}

export async function startRelayProcess(logFile: string, behaviour: string): Promise<RelayProcess> {
  const relay = spawn(process.execPath, [RELAY, '0', logFile, behaviour], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(relay.stdout, 'data')) as [Buffer];
  const port = /listening (\d+)/.exec(line.toString())?.[1];
  return {
    url: `smtp://127.0.0.1:${port ?? ''}`,
    accepted: () =>
      readFileSync(logFile, { encoding: 'utf8', flag: 'a+' })
        .trim()
        .split('\n')
        .filter((entry) => entry !== '')
        .map((entry) => entry.split(' ')[0] ?? ''),
    stop: async () => {
      relay.kill('SIGTERM');
      if (relay.exitCode === null) await once(relay, 'exit');
    },
  };
}

/** How many times each message was taken, those taken more than once only. */
export function duplicates(accepted: readonly string[]): ReadonlyMap<string, number> {
  const copies = new Map<string, number>();
  for (const id of accepted) copies.set(id, (copies.get(id) ?? 0) + 1);
  return new Map([...copies].filter(([, count]) => count > 1));
}
