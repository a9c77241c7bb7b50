/** What keeps mail from leaving too fast, whoever sends and from however many places. */
import { afterEach, describe, expect, it } from 'vitest';

import { releaseGoesOn } from '../../../src/app/dispatch/release-goes-on.ts';
import { sendDue } from '../../../src/app/send-due.ts';
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
import { approveAll, plan, queue } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

let companies = 0;
async function approved(reminders: number, policy: Readonly<Record<string, string>>, domain?: string): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `LIM${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await setPolicy(session, policy);
  const codes = Array.from({ length: reminders }, (_, index) => `C-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one, domain === undefined ? {} : { email: `${one.toLowerCase()}@${domain}` })),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

async function send(session: Session, limits: RelayLimits = RELAY_PRESETS.unlimited) {
  relay ??= await startRelay('accept');
  const transport = smtpTransport(localSmtp(relay.port, { limits }));
  try {
    return await sendDue(session, { transport, endsUndoWindows: true });
  } finally {
    await transport.close();
  }
}

describe('a release of many mails', () => {
  it('begins with a few and waits, until a person says go', async () => {
    const session = await approved(9, { 'release.cautionAbove': '5', 'release.firstBatch': '2' });
    expect(await send(session)).toMatchObject({ sent: 2, deferred: 7, stoppedWhy: expect.stringContaining('wafa go') as string });
    expect(await send(session)).toMatchObject({ sent: 0, deferred: 7 });
    expect(await releaseGoesOn(session)).toBe(true);
    expect(await send(session)).toMatchObject({ sent: 7, stoppedWhy: null });
    expect(await releaseGoesOn(session)).toBe(false);
  });

  it('goes on by itself when the wait is over', async () => {
    const session = await approved(7, { 'release.cautionAbove': '5', 'release.firstBatch': '3' });
    expect(await send(session)).toMatchObject({ sent: 3 });
    await database().admin.query('update releases set goes_on_at = now() where company_id = $1', [session.companyId]);
    expect(await send(session)).toMatchObject({ sent: 4 });
  });

  it('keeps to its first mails over two senders at once', async () => {
    const session = await approved(12, { 'release.cautionAbove': '5', 'release.firstBatch': '4' });
    await Promise.all([send(session), send(session)]);
    expect(await queue(session, 'SENT')).toHaveLength(4);
  });

  it('gives back the room of mails past the gate that were never begun, in every limit', async () => {
    const session = await approved(9, { 'release.cautionAbove': '5', 'release.firstBatch': '4', 'sending.perDay': '6' });
    const limits = { ...RELAY_PRESETS.unlimited, perDay: 1_000 };
    relay = await startRelay('accept');
    const stop = new AbortController();
    const transport = smtpTransport(localSmtp(relay.port, { limits }));
    const stopsAtTheFirst: MailTransport = {
      ...transport,
      send: (message) => {
        stop.abort();
        return transport.send(message);
      },
    };
    expect(await sendDue(session, { transport: stopsAtTheFirst, endsUndoWindows: true, signal: stop.signal })).toMatchObject({ sent: 1 });
    await transport.close();
    const taken = async (): Promise<unknown> =>
      (
        await database().admin.query(
          `select (select passed from releases where company_id = $1)::int as passed,
                  (select goes_on_at is not null from releases where company_id = $1) as waits,
                  (select sum(taken) from rate_tokens where company_id = $1 and bucket = 'day')::int as day,
                  (select sum(taken) from relay_hours where relay = $2)::int as relay`,
          [session.companyId, transport.label],
        )
      ).rows;
    expect(await taken()).toEqual([{ passed: 1, waits: false, day: 1, relay: 1 }]);
    expect(await send(session, limits)).toMatchObject({ sent: 3, deferred: 5 });
    expect(await taken()).toEqual([{ passed: 4, waits: true, day: 4, relay: 4 }]);
    await releaseGoesOn(session);
    expect(await send(session, limits)).toMatchObject({ sent: 2 });
  });

  it('is no matter of few mails', async () => {
    const session = await approved(5, { 'release.cautionAbove': '5', 'release.firstBatch': '2' });
    expect(await send(session)).toMatchObject({ sent: 5 });
  });
});

describe('a limit', () => {
  it('of mails a day holds over two senders at once; the rest waits until tomorrow', async () => {
    const session = await approved(9, { 'sending.perDay': '4' });
    await Promise.all([send(session), send(session)]);
    expect(await queue(session, 'SENT')).toHaveLength(4);
    expect(await send(session)).toMatchObject({ sent: 0, deferred: 5 });
  });

  it('of mails to one domain leaves the other domains alone', async () => {
    const session = await approved(4, { 'sending.perDomainPerHour': '3' }, 'one.example');
    expect(await send(session)).toMatchObject({ sent: 3, deferred: 1 });
    expect(await send(await approved(4, { 'sending.perDomainPerHour': '3' }))).toMatchObject({ sent: 4 });
  });

  it('of a mail server per day is shared by every company', async () => {
    const limits = { ...RELAY_PRESETS.unlimited, perDay: 5 };
    expect(await send(await approved(3, {}), limits)).toMatchObject({ sent: 3 });
    expect(await send(await approved(4, {}), limits)).toMatchObject({
      sent: 2,
      deferred: 2,
      stoppedWhy: expect.stringContaining('5 mails a day') as string,
    });
  });

  it('of a mail server per minute spreads the mails evenly', async () => {
    const startedMs = performance.now();
    expect(await send(await approved(4, {}), { ...RELAY_PRESETS.unlimited, perMinute: 100 })).toMatchObject({ sent: 4 });
    expect(performance.now() - startedMs).toBeGreaterThan(1_750);
  });
});

describe('a mail server in trouble', () => {
  it('that refuses our login is met once, and then not again for a minute, by nobody', async () => {
    const session = await approved(3, {});
    relay = await startRelay('535 at AUTH');
    const settings = localSmtp(relay.port, { user: 'amal', password: 'wrong', maxConnections: 1 });
    const sendThrough = () => sendDue(session, { transport: smtpTransport(settings), endsUndoWindows: true });
    expect(await sendThrough()).toMatchObject({ sent: 0, deferred: 3 });
    const met = relay.connections();
    expect(await sendThrough()).toMatchObject({ sent: 0, stoppedWhy: expect.stringContaining('refuses our login') as string });
    expect(relay.connections()).toBe(met);
  });

  it('is tried with one mail when its time has come, and used again when that one was taken', async () => {
    const session = await approved(3, {});
    relay = await startRelay('accept');
    const label = `127.0.0.1:${relay.port}`;
    await database().admin.query(
      "insert into relays (relay, failures, opened_at, opened_why, probe_at) values ($1, 5, now(), 'connection', now() - interval '1 second')",
      [label],
    );
    expect(await send(session)).toMatchObject({ sent: 3 });
    const { rows } = await database().admin.query('select failures, opened_at from relays where relay = $1', [label]);
    expect(rows).toEqual([{ failures: 0, opened_at: null }]);
  });

  it('that asks for less gets nothing for that domain for a while', async () => {
    const session = await approved(1, {}, 'slow.example');
    relay = await startRelay('450 at RCPT');
    expect(await send(session)).toMatchObject({ sent: 0, deferred: 1 });
    const { rows } = await database().admin.query("select bucket from rate_tokens where company_id = $1 and bucket like 'rest:%'", [
      session.companyId,
    ]);
    expect(rows).toEqual([{ bucket: 'rest:slow.example' }]);
  });
});
