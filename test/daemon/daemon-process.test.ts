/** The daemon as a process of its own: what it does, what it says about itself, and how it stops. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { ended, startDaemon, type DaemonProcess } from '../chaos/sender-process.ts';
import { companyWith, MONDAY, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan, queue } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';

const database = testDatabase();
const home = mkdtempSync(join(tmpdir(), 'wafa-daemon-'));
let relay: SmtpRelay | undefined;
const running: DaemonProcess[] = [];

afterEach(async () => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL');
  await relay?.close();
});

process.once('exit', () => rmSync(home, { recursive: true, force: true }));

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(50);
}

async function company(code: string): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { login: userInfo().username }), {
    code,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await setPolicy(session, { 'approval.undoMinutes': '0' });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-1', '2', '900', '2026-11-02')],
  });
  return session;
}

async function daemon(port: string): Promise<DaemonProcess> {
  relay ??= await startRelay('accept');
  const env = {
    ...database().env,
    WAFA_HOME: home,
    SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
    WAFA_CLOCK: MONDAY,
    WAFA_DAEMON_PORT: port,
    TZ: 'UTC',
  };
  const one = startDaemon(env);
  running.push(one);
  await until(() => one.log().includes('"started"') || one.process.exitCode !== null);
  return one;
}

describe('the daemon', () => {
  it('plans and sends what is approved, tells how it is, and stops gently when told to', { timeout: 90_000 }, async () => {
    const session = await company('DAEMON');
    const one = await daemon('39380');
    await until(async () => (await queue(session, 'PROPOSED')).length === 1);
    expect(await (await fetch('http://127.0.0.1:39380/healthz')).text()).toBe('ok\n');
    expect(await (await fetch('http://127.0.0.1:39380/readyz')).text()).toBe('ready\n');
    await approveAll(session);
    await until(() => relay?.taken.length === 1);
    await until(async () => (await queue(session, 'SENT')).length === 1);
    expect(await (await fetch('http://127.0.0.1:39380/metrics')).text()).toContain('wafa_mails_total{company="DAEMON",outcome="sent"} 1');
    one.process.kill('SIGTERM');
    expect(await ended(one.process)).toBe(0);
    expect(one.log()).not.toMatch(/@|C-1|Mariam/);
    const { rows } = await database().admin.query('select id from installation_daemons');
    expect(rows).toEqual([]);
  });

  it('stops within two seconds when told twice, and leaves what it was sending to be looked at', { timeout: 90_000 }, async () => {
    const session = await company('TWICE');
    await plan(session);
    await approveAll(session);
    await relay?.close();
    relay = await startRelay('silence after dot');
    const one = await daemon('off');
    await until(() => relay?.taken.length === 1);
    one.process.kill('SIGTERM');
    await until(() => one.log().includes('"stopping"'));
    const toldMs = performance.now();
    one.process.kill('SIGTERM');
    await ended(one.process);
    expect(performance.now() - toldMs).toBeLessThan(5_000);
    expect(await queue(session, 'UNCERTAIN', 'TRANSMITTING')).toHaveLength(1);
  });
});
