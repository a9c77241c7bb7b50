/** The command line as a process: what a shell, a pipe and a supervisor see of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';

const home = mkdtempSync(join(tmpdir(), 'wafa-cli-'));

afterAll(async () => {
  await stopServer(home);
  rmSync(home, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: 'pipe' | 'closed' | number;
}

/** Runs the TypeScript entry as it stands; Node 26 needs no build for that. */
const wafa = (argv: readonly string[], setting: Setting = {}): Promise<Ended> => start(argv, setting).ended;

function start(argv: readonly string[], { env = {}, stdout = 'pipe' }: Setting): { process: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [packagePath('src', 'cli', 'main.ts'), ...argv], {
    env: { PATH: process.env['PATH'] ?? '', WAFA_HOME: home, ...env },
    stdio: ['ignore', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  if (stdout === 'closed') child.stdout?.destroy();
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: out, stderr: err }));
  });
  return { process: child, ended };
}

const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };

describe('a command in a shell', () => {
  test.each([[['--version']], [['--version', '--json']]])('answers %j with the version alone', async (argv) => {
    expect(await wafa(argv)).toEqual({ code: 0, stdout: `wafa ${version}\n`, stderr: '' });
  });

  test.each([[['--version']], [['help']]])('%j into a closed pipe ends quietly', async (argv) => {
    const { code, stderr } = await wafa(argv, { stdout: 'closed' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('fails when its output cannot be written', async () => {
    const { code, stderr } = await wafa(['help'], { stdout: openSync('/dev/full', 'w') });
    expect(code).toBe(1);
    expect(stderr).toContain('could not be written (ENOSPC)');
  });

  test.each([
    ['a mistake in typing', ['quue'], {}, 2],
    ['a setting that cannot be', ['queue'], { WAFA_HOME: 'not/absolute' }, 78],
    ['a dangerous environment', ['queue'], { PGOPTIONS: '-c role=postgres' }, 78],
    ['a server that is not there', ['queue'], { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:9/x' }, 1],
  ])('tells %s in two lines, without a stack or a password', async (_case, argv, env, exitCode) => {
    const { code, stdout, stderr } = await wafa(argv, { env });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(/^[A-Z][^\n]+\n {2}→ [^\n]+\n$/);
    expect(stderr).not.toMatch(/hunter2|\.ts:\d|node:/);
  });
});

test('an interrupted command ends with 130, as shells expect', async () => {
  const { promise: connected, resolve: onConnection } = Promise.withResolvers<void>();
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const child = start(['queue'], { env: { DATABASE_URL: `postgresql://u:p@127.0.0.1:${port}/x` } });
  await connected;
  child.process.kill('SIGINT');
  expect(await child.ended).toEqual({ code: 130, stdout: '', stderr: '' });
  silent.close();
});

test('the first command on a new machine finds tables, and says that there is no company', { timeout: 60_000 }, async () => {
  const { code, stderr } = await wafa(['status', '--json']);
  expect(JSON.parse(stderr)).toMatchObject({ wafa: 1, error: { code: 'company.none' } });
  expect(code).toBe(78);
});
