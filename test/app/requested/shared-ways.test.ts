/** Mail on request leaves by the same door as reminders: the same limits, the same breaker, the same journal, the same daemon. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { dispatchTurn } from '../../../src/app/daemon/dispatch-turn.ts';
import { openDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { journalFolder } from '../../../src/app/dispatch/outcome-journal.ts';
import { replayJournals } from '../../../src/app/dispatch/replay-journals.ts';
import { stopAllSending, allowSending } from '../../../src/app/kill-switch.ts';
import { orderStatements } from '../../../src/app/requested/order-statements.ts';
import { sendRequested } from '../../../src/app/requested/send-requested.ts';
import { listRequested } from '../../../src/app/requested/settle-requested.ts';
import { sweepRequested } from '../../../src/app/requested/sweep-requested.ts';
import { setPolicy } from '../../../src/app/set-policy.ts';
import type { Session } from '../../../src/app/session.ts';
import { RELAY_PRESETS, type RelayLimits } from '../../../src/mail/relay-preset.ts';
import { smtpTransport } from '../../../src/mail/smtp-transport.ts';
import type { MailTransport } from '../../../src/mail/transport.ts';
import { testDatabase } from '../../support/database.ts';
import { localSmtp } from '../../support/sending.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, plan, sendThrough } from '../sending-day.ts';

const database = testDatabase();

/** Each writes several PDFs and sends them; a machine with much else to do takes its time. */
const PATIENT = { timeout: 120_000 };

let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

let companies = 0;
async function company(accounts: number, policy: Readonly<Record<string, string>> = {}): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `WAYS${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await setPolicy(session, { 'sending.perDomainPerHour': '100', ...policy });
  const codes = Array.from({ length: accounts }, (_, index) => `C-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((code) => customer(code)),
    invoices: codes.map((code) => invoice(code, `${code}/1`, '5000', '2026-11-02')),
  });
  return session;
}

const orderAll = (session: Session) => orderStatements(session, null, { isRepeat: false });

async function withTransport(session: Session, transport: MailTransport) {
  const dispatcher = await openDispatcher(session.installation, transport);
  try {
    return await sendRequested(session, { dispatcher });
  } finally {
    await dispatcher.close();
    await transport.close();
  }
}

async function send(session: Session, limits: RelayLimits = RELAY_PRESETS.unlimited) {
  relay ??= await startRelay('accept');
  return await withTransport(session, smtpTransport(localSmtp(relay.port, { limits })));
}

const statuses = async (session: Session): Promise<readonly string[]> =>
  (await listRequested(session, { limit: 100 })).map(({ status }) => status).toSorted();

describe('a limit', PATIENT, () => {
  it("of the company's day counts reminders and statements together", async () => {
    const session = await company(3, { 'sending.perDay': '4' });
    await plan(session);
    await approveAll(session);
    relay = await startRelay('accept');
    expect(await sendThrough(session, `smtp://127.0.0.1:${relay.port}`)).toMatchObject({ sent: 3 });
    await orderAll(session);
    expect(await send(session)).toMatchObject({ sent: 1, deferred: 2 });
    const waiting = (await listRequested(session, { limit: 100 })).filter(({ status }) => status === 'QUEUED');
    expect(waiting.map(({ statusReason }) => statusReason)).toEqual(['company-day-limit', 'company-day-limit']);
  });

  it('of the mail server holds for statements, over two senders at once', async () => {
    const session = await company(5);
    await orderAll(session);
    relay = await startRelay('accept');
    const limits = { ...RELAY_PRESETS.unlimited, perDay: 2 };
    await Promise.all([send(session, limits), send(session, limits)]);
    expect(relay.taken).toHaveLength(2);
    expect(await send(session, limits)).toMatchObject({ sent: 0, stoppedWhy: expect.stringContaining('2 mails a day') as string });
    // Without the limit they would all have gone.
    expect(await send(session)).toMatchObject({ sent: 3 });
  });

  it('of a release holds reminders back, not the statement somebody waits for', async () => {
    const session = await company(6, { 'release.cautionAbove': '5', 'release.firstBatch': '2' });
    await plan(session);
    await approveAll(session);
    relay = await startRelay('accept');
    expect(await sendThrough(session, `smtp://127.0.0.1:${relay.port}`)).toMatchObject({ sent: 2, deferred: 4 });
    await orderAll(session);
    expect(await send(session)).toMatchObject({ sent: 6 });
  });
});

describe('a mail server in trouble', PATIENT, () => {
  it('that refuses our login is met once by statements too, and then by nobody for a minute', async () => {
    const session = await company(3);
    await orderAll(session);
    relay = await startRelay('535 at AUTH');
    const broken = () => smtpTransport(localSmtp(relay?.port ?? 0, { user: 'amal', password: 'wrong', maxConnections: 1 }));
    expect(await withTransport(session, broken())).toMatchObject({ sent: 0, deferred: 3 });
    const met = relay.connections();
    const again = await withTransport(session, broken());
    expect(again).toMatchObject({ sent: 0, stoppedWhy: expect.stringContaining('refuses our login') as string });
    expect(relay.connections()).toBe(met);
    expect(await statuses(session)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
  });
});

describe('the stop of all sending', PATIENT, () => {
  it('holds statements as it holds reminders', async () => {
    const session = await company(1);
    await orderAll(session);
    await stopAllSending(session, 'mourning');
    expect(await send(session)).toMatchObject({ sent: 0, deferred: 1, stoppedWhy: 'mourning' });
    await allowSending(session);
    await database().admin.query('update requested_mails set claimable_at = ordered_at where company_id = $1', [session.companyId]);
    expect(await send(session)).toMatchObject({ sent: 1 });
  });
});

/** A way out behind which the process dies with its first mail. */
const deadly: MailTransport = {
  kind: 'smtp',
  isLoopback: true,
  label: 'deadly-requested:25',
  slots: 2,
  limits: RELAY_PRESETS.unlimited,
  send: async () => await Promise.reject(new Error('killed')),
  close: async () => undefined,
};

/** Two mails pass their gate, the journal has the first as begun, then the sender dies; its journal is made that of a dead process. */
async function diesWithOneBegun(session: Session, ending: (begun: number) => readonly object[]): Promise<void> {
  const dispatcher = await openDispatcher(session.installation, deadly);
  await expect(sendRequested(session, { dispatcher })).rejects.toThrow('killed');
  await dispatcher.close();
  const path = join(journalFolder(session.installation.home), `${dispatcher.sender.instance}.jsonl`);
  const [head = '', first = ''] = readFileSync(path, 'utf8').trim().split('\n');
  const { begin } = JSON.parse(first) as { begin: number };
  const dead = head.replace(/"startedTicks":"\d+"/, '"startedTicks":"1"');
  expect(dead).not.toBe(head);
  const lines = ending(begin).map((line) => JSON.stringify({ ...line, company: session.companyId }));
  writeFileSync(path, [dead, first, ...lines, ''].join('\n'));
}

const ACCEPTED = (end: number) => [{ end, outcome: 'ACCEPTED', handedOver: true, code: 250, suppress: false }];

const leasesRunOut = (session: Session) =>
  database().admin.query(
    "update requested_mails set lease_until = now() - interval '1 second' where company_id = $1 and lease_until is not null",
    [session.companyId],
  );

describe('the journal of a sender that died', PATIENT, () => {
  it('makes sent what the server had accepted, and queues again what was never begun', async () => {
    const session = await company(2);
    await orderAll(session);
    await diesWithOneBegun(session, ACCEPTED);
    expect(await replayJournals(session)).toEqual({ journals: 1, outcomes: 1, neverBegun: 1 });
    expect(await statuses(session)).toEqual(['QUEUED', 'SENT']);
  });

  it('lifts what the sweeper had to leave uncertain, and sends nothing again', async () => {
    const session = await company(2);
    await orderAll(session);
    await diesWithOneBegun(session, ACCEPTED);
    await leasesRunOut(session);
    await sweepRequested(session);
    expect(await statuses(session)).toEqual(['UNCERTAIN', 'UNCERTAIN']);
    await replayJournals(session);
    expect(await statuses(session)).toEqual(['REJECTED', 'SENT']);
    expect(await send(session)).toMatchObject({ sent: 0 });
  });

  it('without an ending says nothing: the mail that was begun becomes uncertain', async () => {
    const session = await company(2);
    await orderAll(session);
    await diesWithOneBegun(session, () => []);
    await replayJournals(session);
    expect(await statuses(session)).toEqual(['QUEUED', 'TRANSMITTING']);
    await leasesRunOut(session);
    await sweepRequested(session);
    expect(await statuses(session)).toEqual(['QUEUED', 'UNCERTAIN']);
  });
});

describe("a daemon's turn", PATIENT, () => {
  it('sends what was ordered on request, with no reminder due', async () => {
    const session = await company(2);
    await orderAll(session);
    relay = await startRelay('accept');
    const transport = smtpTransport(localSmtp(relay.port, {}));
    const dispatcher = await openDispatcher(session.installation, transport);
    const { signal } = new AbortController();
    try {
      await dispatchTurn(session, dispatcher, { signal, cutOff: signal });
      expect(relay.taken).toHaveLength(2);
      await dispatchTurn(session, dispatcher, { signal, cutOff: signal });
      expect(relay.taken).toHaveLength(2);
    } finally {
      await dispatcher.close();
      await transport.close();
    }
    expect(await statuses(session)).toEqual(['SENT', 'SENT']);
  });
});
