import { afterEach, describe, expect, it } from 'vitest';

import { dryRun, type DryRun } from '../../src/app/dry-run.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { readMailSettings } from '../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import { testDatabase } from '../support/database.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(() => relay?.close());

const NIGHT = '2026-11-23T22:00:00+04:00';

async function approved(code: string, customers: number): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  const codes = Array.from({ length: customers }, (_, index) => `${code}-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.map((one) => invoice(one, `${one}/1`, '900', '2026-11-02')),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

const smtpUrl = (): string => `smtp://127.0.0.1:${relay?.port ?? 0}`;

async function tryOut(session: Session, endsUndoWindows = true): Promise<DryRun> {
  relay ??= await startRelay();
  const settings = readMailSettings({ SMTP_URL: smtpUrl() });
  if (settings.kind !== 'smtp') throw new Error('a test sends by SMTP');
  const transport = smtpTransport(settings);
  try {
    return await dryRun(session, { transport, endsUndoWindows });
  } finally {
    await transport.close();
  }
}

/** Every row of every table with what the server knows of its last change, so that even a rewrite of the same values would show. */
async function everyByte(): Promise<string> {
  const { admin } = database();
  const { rows: tables } = await admin.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1",
  );
  const contents: string[] = [];
  for (const { name } of tables) {
    const { rows } = await admin.query<{ all: string | null }>(
      `select string_agg(t.xmin::text || ' ' || t.xmax::text || ' ' || t.ctid::text || ' ' || t::text, '\n' order by t.ctid) as all from ${name} t`,
    );
    contents.push(`${name}: ${rows[0]?.all ?? ''}`);
  }
  return contents.join('\n');
}

const wouldBe = ({ reminders }: DryRun) =>
  Object.fromEntries(reminders.map(({ customerCode, would, why }) => [customerCode, [would, ...why]]));

describe('a dry run', () => {
  it('says what would go, changes no byte of the database and never calls the mail server', async () => {
    const session = await approved('DRY', 3);
    relay = await startRelay();
    const before = await everyByte();
    const tried = await tryOut(session);
    expect(await everyByte()).toBe(before);
    expect(relay.connections()).toBe(0);
    expect(tried.reminders.map(({ would }) => would)).toEqual(['send', 'send', 'send']);
    // What it said is what happens.
    expect(await sendThrough(session, smtpUrl())).toMatchObject({ sent: 3 });
    // And the comparison would have noticed.
    expect(await everyByte()).not.toBe(before);
  });

  it('leaves what is in its undo window to the daemon, which is asked for with --due', async () => {
    const session = await approved('UNDO', 1);
    expect(wouldBe(await tryOut(session, false))).toEqual({ 'UNDO-1': ['wait', 'not-due-yet'] });
    expect(wouldBe(await tryOut(session, true))).toEqual({ 'UNDO-1': ['send'] });
  });

  it('names what a payment took back, the hour, the first few of many and the limit of a day', async () => {
    const session = await approved('WHY', 4);
    await recordPayment(session, { customerCode: 'WHY-2', amount: '900', invoices: [{ number: 'WHY-2/1', amount: null }] });
    const statuses = (await queue(session)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'QUEUED')).toHaveLength(3);
    expect(Object.keys(wouldBe(await tryOut(session)))).not.toContain('WHY-2');
    const night = await tryOut(await at(session, NIGHT));
    expect(night.reminders.map(({ would, why }) => [would, ...why])).toEqual(Array(3).fill(['wait', 'outside-hours']));
    expect(night.reminders[0]?.until?.toString()).toBe('2026-11-24T05:00:00Z');
    await setPolicy(session, { 'release.cautionAbove': '2', 'release.firstBatch': '1' });
    expect((await tryOut(session)).reminders.map(({ would, why }) => [would, ...why])).toEqual([
      ['send'],
      ['wait', 'first-batch'],
      ['wait', 'first-batch'],
    ]);
    await setPolicy(session, { 'release.cautionAbove': '50', 'sending.perDay': '2' });
    expect((await tryOut(session)).reminders.map(({ would, why }) => [would, ...why])).toEqual([
      ['send'],
      ['send'],
      ['wait', 'company-day-limit'],
    ]);
  });
});
