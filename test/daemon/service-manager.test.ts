/** What the service manager hears, on a real datagram socket; and the unit we ship, held against systemd itself. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

import { tellServiceManager, watchdogEveryMs } from '../../src/daemon/service-manager.ts';
import { packagePath } from '../../src/package-root.ts';
import { ended, startDaemon, type DaemonProcess } from '../chaos/sender-process.ts';
import { companyWith, MONDAY, testInstallation } from '../app/installation.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

const hasTool = (name: string): boolean => spawnSync(name, ['--version']).status === 0;

/** Node cannot listen on a datagram socket of the file system, so a few lines of Python do. */
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("listening", flush=True)
while True:
    print(s.recv(4096).decode().strip(), flush=True)
`;

let listener: ChildProcess | undefined;
let daemon: DaemonProcess | undefined;
afterEach(() => {
  listener?.kill('SIGKILL');
  daemon?.process.kill('SIGKILL');
});

async function listen(): Promise<{ readonly socket: string; readonly heard: readonly string[] }> {
  const socket = join(mkdtempSync(join(tmpdir(), 'wafa-notify-')), 's');
  const child = spawn('python3', ['-c', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  listener = child;
  const heard: string[] = [];
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  lines.on('line', (line) => heard.push(line));
  return { socket, heard };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

describe.skipIf(!hasTool('python3') || !hasTool('systemd-notify'))('the service manager', () => {
  it('hears that the daemon is ready, that it lives and that it stops', { timeout: 120_000 }, async () => {
    await companyWith(testInstallation(database()), { code: 'UNIT' });
    const { socket, heard } = await listen();
    daemon = startDaemon({
      ...database().env,
      WAFA_HOME: mkdtempSync(join(tmpdir(), 'wafa-unit-')),
      WAFA_CLOCK: MONDAY,
      WAFA_DAEMON_PORT: 'off',
      NOTIFY_SOCKET: socket,
      WATCHDOG_USEC: '1000000',
    });
    await until(() => heard.filter((line) => line === 'WATCHDOG=1').length >= 2);
    daemon.process.kill('SIGTERM');
    expect(await ended(daemon.process)).toBe(0);
    await until(() => heard.includes('STOPPING=1'));
    // Each is told by a process of its own, which a busy machine may overtake.
    expect(heard).toEqual(expect.arrayContaining(['READY=1', 'WATCHDOG=1', 'STOPPING=1']));
  });

  it('is not needed: without a socket nothing is told, and one that is gone harms nobody', () => {
    tellServiceManager('READY=1', {});
    tellServiceManager('READY=1', { NOTIFY_SOCKET: '/nowhere/at/all', PATH: process.env['PATH'] });
    expect(watchdogEveryMs({})).toBeNull();
    expect(watchdogEveryMs({ WATCHDOG_USEC: '60000000' })).toBe(30_000);
  });
});

describe.skipIf(!hasTool('systemd-analyze'))('the unit we ship', () => {
  // The program and its user are not installed on this machine.
  const unit = readFileSync(packagePath('deploy/wafa.service'), 'utf8')
    .replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true')
    .replace(/^User=.*$/m, 'User=root');
  const about = (...args: readonly string[]): readonly string[] => {
    const file = join(mkdtempSync(join(tmpdir(), 'wafa-unit-')), 'wafa.service');
    writeFileSync(file, unit);
    const { stderr, stdout } = spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8' });
    return `${stdout}${stderr}`.split('\n').filter((line) => line.includes('wafa.service'));
  };

  it('is one systemd takes', () => {
    expect(about('verify', '--man=no')).toEqual([]);
  });

  it('leaves the daemon little to do harm with', () => {
    const [level] = about('security', '--offline=true').map((line) => Number(/level for \S+: ([\d.]+)/.exec(line)?.[1]));
    expect(level).toBeLessThan(3);
  });
});
