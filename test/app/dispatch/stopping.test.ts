/** What stops mail: for everybody at once, before a company is live, and into a sandbox. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { goLive, setSandbox } from '../../../src/app/company-settings.ts';
import { allowSending, stopAllSending } from '../../../src/app/kill-switch.ts';
import { openCompanyTransport } from '../../../src/app/open-transport.ts';
import { readReminder } from '../../../src/app/read-reminders.ts';
import { sendDue } from '../../../src/app/send-due.ts';
import type { Session } from '../../../src/app/session.ts';
import { smtpTransport } from '../../../src/mail/smtp-transport.ts';
import { readMailSettings } from '../../../src/mail/mail-settings.ts';
import { testDatabase } from '../../support/database.ts';
import { localSmtp } from '../../support/sending.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

let companies = 0;
async function approved(reminders: number): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `STOP${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  const codes = Array.from({ length: reminders }, (_, index) => `C-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

const url = (): string => `smtp://127.0.0.1:${relay?.port ?? 0}`;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the kill switch', () => {
  it('ends a pass under way within five seconds, and leaves nothing half-way', async () => {
    const session = await approved(40);
    relay = await startRelay('accept, slowly');
    const transport = smtpTransport(localSmtp(relay.port, { maxConnections: 1 }));
    const sending = sendDue(session, { transport, endsUndoWindows: true });
    await until(() => (relay?.taken.length ?? 0) >= 2);
    await stopAllSending(session, 'mourning');
    const stoppedMs = performance.now();
    const { sent, stoppedWhy } = await sending;
    expect(performance.now() - stoppedMs).toBeLessThan(5_000);
    expect(stoppedWhy).toBe('mourning');
    expect(sent).toBe(relay.taken.length);
    expect(await queue(session, 'QUEUED')).toHaveLength(40 - sent);
    expect(await allowSending(session)).toMatchObject({ moved: true, stopped: null });
    await transport.close();
  });
});

describe('a pass that is told to stop', () => {
  it('lets mails under way finish and gives the others back', async () => {
    const session = await approved(30);
    relay = await startRelay('accept, slowly');
    const transport = smtpTransport(localSmtp(relay.port));
    const stop = new AbortController();
    const sending = sendDue(session, { transport, endsUndoWindows: true, signal: stop.signal });
    await until(() => (relay?.taken.length ?? 0) >= 1);
    stop.abort();
    const { sent } = await sending;
    expect(sent).toBe(relay.taken.length);
    expect(await queue(session, 'QUEUED')).toHaveLength(30 - sent);
    await transport.close();
  });
});

describe('a sender that cannot keep its journal', () => {
  it('sends nothing', async () => {
    const session = await approved(1);
    const file = join(mkdtempSync(join(tmpdir(), 'wafa-no-home-')), 'a-file');
    writeFileSync(file, '');
    relay = await startRelay('accept');
    const homeless = { ...session, installation: { ...session.installation, home: file } };
    await expect(sendThrough(homeless, url())).rejects.toMatchObject({ code: 'journal.unwritable' });
    expect(relay.taken).toEqual([]);
    expect(await queue(session, 'QUEUED')).toHaveLength(1);
  });
});

describe('a company that has not gone live', () => {
  it('writes to nobody by a mail server, until it says so', async () => {
    const session = await approved(1);
    await database().admin.query('update companies set went_live_at = null where company_id = $1', [session.companyId]);
    relay = await startRelay('accept');
    expect(await sendThrough(session, url())).toMatchObject({ sent: 0, stoppedWhy: expect.stringContaining('gone live') as string });
    expect(relay.taken).toEqual([]);
    expect(await goLive(session)).toEqual(['wentLiveAt']);
    await database().admin.query('update customer_consolidated_reminders set claimable_at = scheduled_for where company_id = $1', [
      session.companyId,
    ]);
    expect(await sendThrough(session, url())).toMatchObject({ sent: 1 });
  });
});

describe('a sandbox', () => {
  it('sends every mail to its own address, marked, and never to the customer', async () => {
    const session = await approved(2);
    await setSandbox(session, { address: 'trial@falcon.example' });
    relay = await startRelay('accept');
    expect(await sendThrough(session, url())).toMatchObject({ sent: 2 });
    expect(relay.taken.map(({ recipient }) => recipient)).toEqual(['trial@falcon.example', 'trial@falcon.example']);
    expect(relay.taken.every(({ bytes }) => /^Subject: \S*SANDBOX/m.test(bytes.toString('latin1')))).toBe(true);
    const { attempts } = await readReminder(session, idOf((await queue(session, 'SENT'))[0]));
    expect(attempts.map(({ recipientAddress }) => recipientAddress)).toEqual(['trial@falcon.example']);
  });

  it('without an address writes to the outbox folder, whatever the settings say', async () => {
    const session = await approved(1);
    await setSandbox(session, { address: null });
    relay = await startRelay('accept');
    expect(await sendThrough(session, url())).toMatchObject({ sent: 0, stoppedWhy: expect.stringContaining('outbox') as string });
    const withServer = { ...session, installation: { ...session.installation, mail: readMailSettings({ SMTP_URL: url() }) } };
    const transport = await openCompanyTransport(withServer);
    expect(transport.kind).toBe('outbox');
    await transport.close();
  });

  it('never goes live', async () => {
    const session = await approved(1);
    await setSandbox(session, { address: null });
    await expect(goLive(session)).rejects.toMatchObject({ code: 'company.sandbox-live' });
  });
});
