import { mkdtempSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

import { pauseCompany } from '../../../src/app/company-settings.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import { openDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { orderStatement, orderStatements } from '../../../src/app/requested/order-statements.ts';
import { sendRequested } from '../../../src/app/requested/send-requested.ts';
import { cancelRequested, readRequested, settleRequested } from '../../../src/app/requested/settle-requested.ts';
import { sweepRequested } from '../../../src/app/requested/sweep-requested.ts';
import type { Session } from '../../../src/app/session.ts';
import { suppressAddress } from '../../../src/app/suppress-address.ts';
import type { RequestedMailId } from '../../../src/domain/ids.ts';
import { readMailSettings } from '../../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../../src/mail/smtp-transport.ts';
import { duplicates, ended, startRelayProcess, startSender } from '../../chaos/sender-process.ts';
import { testDatabase } from '../../support/database.ts';
import { startInbox, type MailInbox } from '../../support/mail-inbox.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import type { RelayBehaviour } from '../../support/smtp-relay-script.ts';
import { companyWith, MONDAY, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let server: MailInbox | SmtpRelay | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

let companies = 0;
async function company(...codes: readonly string[]): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database(), { login: userInfo().username }), {
    code: `ASK${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  const rows = codes.length === 0 ? ['C-1'] : codes;
  await importSmallLedger(session, {
    customers: rows.map((code) => customer(code)),
    invoices: rows.map((code) => invoice(code, `${code}/1`, '5000', '2026-11-02')),
  });
  return session;
}

async function sendTo(session: Session, port: number, only?: readonly RequestedMailId[]) {
  const settings = readMailSettings({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  if (settings.kind !== 'smtp') throw new Error('a test sends by SMTP');
  const transport = smtpTransport(settings);
  const dispatcher = await openDispatcher(session.installation, transport);
  try {
    return await sendRequested(session, { dispatcher, ...(only === undefined ? {} : { only }) });
  } finally {
    await dispatcher.close();
    await transport.close();
  }
}

const relayOf = async (behaviour: RelayBehaviour): Promise<SmtpRelay> => {
  await server?.close();
  const relay = await startRelay(behaviour);
  server = relay;
  return relay;
};

const inbox = async (): Promise<MailInbox> => {
  const box = await startInbox();
  server = box;
  return box;
};

const order = (session: Session, isRepeat = false) => orderStatement(session, 'C-1', { isRepeat });
const stateOf = async (session: Session, id: RequestedMailId) => (await readRequested(session, [id]))[0];

describe('a statement on request', () => {
  it('reaches the one address of the account, as PDF with a short letter', async () => {
    const session = await company();
    const box = await inbox();
    const id = await order(session);
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 1, deferred: 0 });
    const [received] = box.received;
    expect(received?.recipients).toEqual(['accounts@c-1.example']);
    expect(received?.mail.subject?.replace(/[\u2066-\u2069]/g, '')).toBe('Statement of account C-1 as of 23 November 2026');
    expect(received?.mail.attachments[0]).toMatchObject({
      mimeType: 'application/pdf',
      filename: 'Statement of account C-1 2026-11-23.pdf',
    });
    expect(received?.mail.text).toContain('As you asked');
    expect(await stateOf(session, id)).toMatchObject({ status: 'SENT' });
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 0 });
    expect(box.received).toHaveLength(1);
  });

  it('is no reminder: it counts for neither interval nor cap, and a reminder leaves the same day', async () => {
    const session = await company();
    const box = await inbox();
    await order(session);
    await sendTo(session, box.port);
    expect(await plan(session)).toMatchObject({ reminders: 1 });
    await approveAll(session);
    expect(await sendThrough(session, box.url)).toMatchObject({ sent: 1 });
    expect(box.received).toHaveLength(2);
  });

  it('joins the conversation that reminders began', async () => {
    const session = await company();
    const box = await inbox();
    await plan(session);
    await approveAll(session);
    await sendThrough(session, box.url);
    await order(session);
    await sendTo(session, box.port);
    expect(box.received[1]?.mail.inReplyTo).toBe(box.received[0]?.mail.messageId);
  });

  it('leaves with the next pass of `send` when it was ordered before', async () => {
    const session = await company();
    const box = await inbox();
    await order(session);
    expect(await sendThrough(session, box.url)).toMatchObject({ sent: 0, requested: { sent: 1 } });
  });

  it('ordered twice on one day is refused, unless it is meant', async () => {
    const session = await company();
    const first = await order(session);
    await expect(order(session)).rejects.toMatchObject({ code: 'requested.already' });
    expect(await order(session, true)).not.toBe(first);
    expect(await orderStatement(await at(session, '2026-11-24T06:00:00Z'), 'C-1', { isRepeat: false })).toBeGreaterThan(first);
  });

  it('ordered by two people at once is ordered once', async () => {
    const session = await company();
    const results = await Promise.allSettled([order(session), order(session), order(session)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('answers at any hour of the day it was asked for, and then waits for the next window', async () => {
    const session = await company();
    const box = await inbox();
    const evening = await at(session, '2026-11-23T20:00:00+04:00');
    await order(evening);
    expect(await sendTo(evening, box.port)).toMatchObject({ sent: 1 });
    const later = await order(evening, true);
    expect(await sendTo(await at(session, '2026-11-24T03:00:00+04:00'), box.port)).toMatchObject({ sent: 0, deferred: 1 });
    expect(await stateOf(session, later)).toMatchObject({ status: 'QUEUED', statusReason: 'outside-hours' });
    expect(await sendTo(await at(session, '2026-11-24T09:30:00+04:00'), box.port)).toMatchObject({ sent: 1 });
  });

  it('waits while the company is paused, and can be stopped meanwhile', async () => {
    const session = await company();
    const box = await inbox();
    const id = await order(session);
    await pauseCompany(session, 'stock-taking');
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 0, deferred: 1, stoppedWhy: 'stock-taking' });
    expect(await cancelRequested(session, id, 'no longer wanted')).toMatchObject({ status: 'CANCELLED' });
    await expect(cancelRequested(session, id, 'again')).rejects.toMatchObject({ code: 'requested.too-late' });
    expect(box.received).toEqual([]);
  });

  it('does not leave once the address is suppressed, nor is one ordered for it', async () => {
    const session = await company();
    const box = await inbox();
    const id = await order(session);
    await suppressAddress(session, { address: 'accounts@c-1.example', why: 'OPERATOR', reason: 'asked us to stop' });
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 0, cancelled: 1 });
    expect(await stateOf(session, id)).toMatchObject({ status: 'CANCELLED' });
    await expect(order(session)).rejects.toMatchObject({ code: 'requested.suppressed' });
    expect(box.received).toEqual([]);
  });

  it('does not leave when money on it was paid since; one of an earlier day speaks of that day', async () => {
    const session = await company();
    const box = await inbox();
    const id = await order(session);
    const past = await orderStatement(session, 'C-1', { isRepeat: false, asOn: Temporal.PlainDate.from('2026-11-20') });
    const tuesday = await at(session, '2026-11-24T06:00:00Z');
    await recordPayment(tuesday, { customerCode: 'C-1', amount: '5000', reference: 'TT-1', invoices: [{ number: 'C-1/1', amount: null }] });
    expect(await sendTo(tuesday, box.port)).toMatchObject({ sent: 1, cancelled: 1 });
    expect(await stateOf(session, id)).toMatchObject({
      status: 'CANCELLED',
      statusReason: 'C-1/1 on the attached statement had AED 5,000.00 open, now AED 0.00',
    });
    expect(await stateOf(session, past)).toMatchObject({ status: 'SENT' });
  });

  it('does not leave when money on it was paid on the same day', async () => {
    const session = await company();
    const box = await inbox();
    await order(session);
    await recordPayment(session, { customerCode: 'C-1', amount: '1', reference: 'TT-3', invoices: [{ number: 'C-1/1', amount: '1' }] });
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 0, cancelled: 1 });
    expect(box.received).toEqual([]);
  });

  it('does not leave when it would read otherwise, whoever changed what', async () => {
    const session = await company();
    const box = await inbox();
    await order(session);
    await database().admin.query("update companies set phone = '+971 4 999 9999' where company_id = $1", [session.companyId]);
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 0, cancelled: 1 });
    expect(box.received).toEqual([]);
  });

  it('is refused while nothing is open', async () => {
    const session = await company();
    await recordPayment(session, { customerCode: 'C-1', amount: '5000', reference: 'TT-2', invoices: [{ number: 'C-1/1', amount: null }] });
    await expect(order(session)).rejects.toMatchObject({ code: 'requested.nothing-open' });
  });
});

describe('statements to everybody', () => {
  it('go to each account once a day, in the hours of reminders, and to nobody who is not reminded by mail', async () => {
    const session = await company('C-1', 'C-2', 'C-3');
    await database().admin.query("update customers set collection_status = 'LEGAL' where company_id = $1 and code = 'C-3'", [
      session.companyId,
    ]);
    const box = await inbox();
    const evening = await at(session, '2026-11-23T20:00:00+04:00');
    const page = await orderStatements(evening, null, { isRepeat: false });
    expect(page).toMatchObject({ skips: { 'not-collectable': 1 }, next: null });
    expect(page.ids).toHaveLength(2);
    expect(await orderStatements(evening, null, { isRepeat: false })).toMatchObject({ ids: [], skips: { already: 2 } });
    expect(await sendTo(evening, box.port)).toMatchObject({ sent: 0, deferred: 2 });
    expect(await sendTo(await at(session, '2026-11-24T09:30:00+04:00'), box.port)).toMatchObject({ sent: 2 });
    expect(box.received.map(({ mail }) => mail.text?.includes('As you asked'))).toEqual([false, false]);
  });
});

describe('a mail server', () => {
  it.each<RelayBehaviour>(['taken, then close', 'reset after dot'])(
    'that leaves it open whether it took the mail (%s) is never given it again, until a person has settled it',
    async (behaviour) => {
      const session = await company();
      const id = await order(session);
      expect(await sendTo(session, (await relayOf(behaviour)).port)).toMatchObject({ uncertain: 1 });
      const relay = await relayOf('accept');
      expect(await sendTo(await at(session, '2026-11-25T10:00:00+04:00'), relay.port)).toMatchObject({ sent: 0 });
      expect(relay.taken).toEqual([]);
      await expect(order(session)).rejects.toMatchObject({ code: 'requested.already' });
      expect(await settleRequested(session, id, false, 'relay log')).toMatchObject({ status: 'REJECTED' });
      expect(await order(session)).toBeGreaterThan(id);
      await expect(settleRequested(session, id, true, 'twice')).rejects.toMatchObject({ code: 'requested.not-uncertain' });
    },
  );

  it('that asks to come back gets the same mail later; one that does not know the mailbox ends the address', async () => {
    const session = await company();
    const id = await order(session);
    expect(await sendTo(session, (await relayOf('451 at MAIL')).port)).toMatchObject({ sent: 0, deferred: 1 });
    const relay = await relayOf('accept');
    expect(await sendTo(await at(session, '2026-11-23T10:30:00+04:00'), relay.port)).toMatchObject({ sent: 1 });
    expect(relay.taken.map(({ messageId }) => messageId)).toEqual([(await stateOf(session, id))?.messageId]);
    await order(session, true);
    expect(await sendTo(session, (await relayOf('550 5.1.1 at RCPT')).port)).toMatchObject({ rejected: 1 });
    await expect(order(session, true)).rejects.toMatchObject({ code: 'requested.suppressed' });
  });
});

describe('an uncertain statement', () => {
  it('is settled by somebody who did not order it', async () => {
    const session = await company();
    await database().admin.query('update companies set is_one_person = false where company_id = $1', [session.companyId]);
    const id = await order(session);
    await sendTo(session, (await relayOf('taken, then close')).port);
    await expect(settleRequested(session, id, true, 'they said so')).rejects.toMatchObject({
      code: 'requested.request-settled-by-another',
    });
    const other = await sessionOf(database(), session, `other-${session.companyCode.toLowerCase()}`, ['APPROVER']);
    expect(await settleRequested(other, id, true, 'they said so')).toMatchObject({ status: 'SENT' });
  });
});

// Other processes are started and killed here, which takes its time on a machine with much to do.
describe('a sender killed after the mail was taken and before it wrote that down', { timeout: 180_000 }, () => {
  const expire = (session: Session) =>
    database().admin.query(
      "update requested_mails set lease_until = now() - interval '1 second' where company_id = $1 and lease_until is not null",
      [session.companyId],
    );

  it('leaves an uncertain mail, which nobody sends again', async () => {
    const session = await company();
    const relay = await startRelayProcess(join(mkdtempSync(join(tmpdir(), 'wafa-relay-')), 'taken.log'), 'accept, slowly');
    try {
      const id = await order(session);
      const env = { ...database().env, SMTP_URL: relay.url, WAFA_COMPANY: session.companyCode, WAFA_CLOCK: MONDAY, TZ: 'UTC' };
      const sender = startSender(env);
      let talk = '';
      sender.stdout?.on('data', (chunk: Buffer) => (talk += String(chunk)));
      sender.stderr?.on('data', (chunk: Buffer) => (talk += String(chunk)));
      while (sender.exitCode === null && relay.accepted().length === 0) await delay(5);
      sender.kill('SIGKILL');
      await ended(sender);
      expect(await stateOf(session, id), talk).toMatchObject({ status: 'TRANSMITTING' });
      await expire(session);
      expect(await sweepRequested(session)).toEqual({ requeued: 0, uncertain: 1 });
      const port = Number(new URL(relay.url).port);
      expect(await sendTo(await at(session, '2026-11-24T10:00:00+04:00'), port)).toMatchObject({ sent: 0 });
      expect(await stateOf(session, id)).toMatchObject({ status: 'UNCERTAIN' });
      expect(relay.accepted()).toHaveLength(1);
    } finally {
      await relay.stop();
    }
  });

  it('would send it twice if the sweeper queued it again: the check sees that', async () => {
    const session = await company();
    const relay = await startRelayProcess(join(mkdtempSync(join(tmpdir(), 'wafa-relay-')), 'taken.log'), 'accept');
    try {
      const port = Number(new URL(relay.url).port);
      await order(session);
      await sendTo(session, port);
      // What a sweeper without the rule would write.
      await database().admin.query("update requested_mails set status = 'QUEUED' where company_id = $1", [session.companyId]);
      await sendTo(session, port);
      expect(duplicates(relay.accepted()).size).toBe(1);
    } finally {
      await relay.stop();
    }
  });

  it('that had only leased it has sent nothing: it is queued again', async () => {
    const session = await company();
    const box = await inbox();
    const id = await order(session);
    await database().admin.query(
      "update requested_mails set status = 'LEASED', lease_holder = gen_random_uuid(), lease_until = now(), fence = fence + 1 where company_id = $1",
      [session.companyId],
    );
    await expire(session);
    expect(await sendTo(session, box.port)).toMatchObject({ sent: 1 });
    expect(await stateOf(session, id)).toMatchObject({ status: 'SENT' });
  });
});

describe('two senders at once', () => {
  it('send each statement once', async () => {
    const session = await company('C-1', 'C-2', 'C-3', 'C-4');
    const box = await inbox();
    await orderStatements(session, null, { isRepeat: false });
    await Promise.all([sendTo(session, box.port), sendTo(session, box.port)]);
    expect(box.received).toHaveLength(4);
    expect(new Set(box.received.map(({ recipients }) => recipients[0]))).toEqual(
      new Set(['c-1', 'c-2', 'c-3', 'c-4'].map((code) => `accounts@${code}.example`)),
    );
    expect(await queue(session)).toEqual([]);
  });
});
