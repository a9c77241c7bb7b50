/** What the day itself forbids, from planning over the gate to the status a person on duty reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { keepQuiet } from '../../src/app/calendar/keep-quiet.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import { readStatus } from '../../src/app/read-status.ts';
import type { Session } from '../../src/app/session.ts';
import { escalateReminders } from '../../src/app/shape-reminders.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
/** One account with an invoice due on the day, seen at the instant. */
async function owed({
  dueOn = '2026-11-02',
  instant = '2026-11-23T10:00:00+04:00',
  policy = {},
}: {
  readonly dueOn?: string;
  readonly instant?: string;
  readonly policy?: Readonly<Record<string, string>>;
} = {}): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database(), { at: instant }), {
    code: `DAYS${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30', ...policy },
  });
  await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', dueOn)] });
  return session;
}

/** As an import of that kind would leave it. */
async function ledgerAsOn(session: Session, kind: 'invoices' | 'receipts', on: string): Promise<void> {
  await database().admin.query(`update companies set ledger_${kind}_as_on = $2 where company_id = $1`, [session.companyId, on]);
}

const send = async (session: Session) => (await sendThrough(session, inbox.url)).sent;
const statuses = async (session: Session) => (await queue(session)).map(({ status }) => status);

describe('a planning day that was missed', () => {
  it('is caught up: what became due on it is proposed on the next', async () => {
    const session = await owed({ dueOn: '2026-11-19' });
    expect(await plan(session)).toMatchObject({ reminders: 0, skips: { 'not-yet': 1 } });
    // Due on Thursday 19 it triggers on Tuesday 24, when nobody plans.
    expect(await plan(await at(session, '2026-11-26T08:00:00+04:00'))).toMatchObject({ reminders: 1 });
  });

  it('is caught up: the contact whose interval ended on it is not lost', async () => {
    const session = await owed();
    await plan(session);
    await approveAll(session);
    expect(await send(session)).toBe(1);
    expect(await plan(await at(session, '2026-11-29T08:00:00+04:00'))).toMatchObject({ reminders: 0, skips: { 'contact-interval': 1 } });
    expect(await plan(await at(session, '2026-12-07T08:00:00+04:00'))).toMatchObject({ reminders: 1 });
  });
});

describe('a ledger too old to act on', () => {
  const THREE = { 'ledger.staleWorkingDays': '3' };

  it.each([
    ['invoices', '2026-11-17'],
    ['receipts', '2026-11-17'],
  ] as const)('of %s keeps every account silent, and says since when; three working days old is young enough', async (kind, young) => {
    const session = await owed({ policy: THREE });
    await ledgerAsOn(session, kind, young);
    const friday = await at(session, '2026-11-20T08:00:00+04:00');
    expect(await plan(friday)).toMatchObject({ reminders: 1 });
    await ledgerAsOn(session, kind, '2026-11-16');
    const monday = await at(session, '2026-11-23T08:00:00+04:00');
    expect(await plan(monday)).toMatchObject({ reminders: 0, skips: { 'ledger-stale': 1 } });
    expect((await readStatus(monday)).ledger).toMatchObject({ [`${kind}AsOn`]: '2026-11-16' });
  });

  it('that grew old after the approval keeps the mail at the gate until a newer one comes', async () => {
    const session = await owed({ policy: THREE });
    await plan(session);
    await approveAll(session);
    await ledgerAsOn(session, 'receipts', '2026-11-16');
    expect(await send(await at(session, '2026-11-23T11:00:00+04:00'))).toBe(0);
    expect(await queue(session, 'QUEUED')).toMatchObject([{ status: 'QUEUED' }]);
    await ledgerAsOn(session, 'receipts', '2026-11-23');
    expect(await send(await at(session, '2026-11-23T11:10:00+04:00'))).toBe(1);
  });
});

describe('a company that keeps quiet', () => {
  it('has its reminders proposed for the first moment after it, approved and sent then', async () => {
    const session = await owed();
    await keepQuiet(session, { until: '2026-11-25', reason: 'audit of the books' });
    expect(await plan(session)).toMatchObject({ reminders: 1 });
    expect((await queue(session))[0]?.scheduledFor).toBe('2026-11-25T05:00:00Z');
    await approveAll(session);
    expect(await send(session)).toBe(0);
    expect((await readStatus(session)).sending).toMatchObject({
      quietUntil: '2026-11-24T20:00:00Z',
      windowOpen: false,
      opensAt: '2026-11-25T05:00:00Z',
    });
    expect(await send(await at(session, '2026-11-25T09:00:00+04:00'))).toBe(1);
  });
});

describe('the first working day after a long break', () => {
  const AUTO = { 'approval.auto': 'true', 'approval.limit': '50000' };
  /** The account has had a POLITE by a person, so that from then on the rules may approve. */
  async function contacted(): Promise<Session> {
    const session = await owed({ dueOn: '2026-05-05', instant: '2026-05-11T10:00:00+04:00', policy: AUTO });
    await ledgerAsOn(session, 'receipts', '2026-05-11');
    await plan(session);
    await approveAll(session);
    expect(await send(session)).toBe(1);
    return session;
  }

  it('leaves nothing to the rules alone: planned on it, a reminder waits for a person, and leaves with one', async () => {
    const session = await contacted();
    // The week before was the Feast of Sacrifice.
    const monday = await at(session, '2026-06-01T10:45:00+04:00');
    await plan(monday);
    const [proposed] = await queue(monday);
    expect(await readReminder(monday, idOf(proposed))).toMatchObject({ status: 'PROPOSED', approval: { needs: ['after-long-break'] } });
    await approveAll(monday);
    expect(await send(monday)).toBe(1);
  });

  it('on an ordinary day the same reminder is approved by the rules and leaves', async () => {
    const session = await contacted();
    const monday = await at(session, '2026-05-18T10:45:00+04:00');
    await plan(monday);
    expect(await statuses(monday)).toEqual(['QUEUED']);
    expect(await send(monday)).toBe(1);
  });

  it('keeps at the gate what the rules approved, once nothing is known of receipts any more', async () => {
    const session = await contacted();
    const monday = await at(session, '2026-05-18T10:45:00+04:00');
    await plan(monday);
    await database().admin.query('update companies set ledger_receipts_as_on = null where company_id = $1', [session.companyId]);
    expect(await send(monday)).toBe(0);
    expect(await statuses(monday)).toEqual(['QUEUED']);
  });

  it('takes back at the gate what the rules approved before the break', async () => {
    const session = await contacted();
    await plan(await at(session, '2026-05-18T10:45:00+04:00'));
    const monday = await at(session, '2026-06-01T10:45:00+04:00');
    expect(await send(monday)).toBe(0);
    const [review] = await queue(monday);
    expect(review?.status).toBe('NEEDS_REVIEW');
    expect(review?.changes.join()).toContain('long break');
  });
});

describe('a year whose days off nobody knows', () => {
  it('keeps every account silent, and the status names no moment at which mail could leave', async () => {
    const session = await owed({ dueOn: '2031-01-02', instant: '2031-02-03T10:00:00+04:00' });
    expect(await plan(session)).toMatchObject({ reminders: 0, skips: { 'calendar-unconfirmed': 1 } });
    expect((await readStatus(session)).sending).toMatchObject({ windowOpen: false, opensAt: null });
  });

  it.each([
    ['on its last day leaves', '2030-12-31T10:30:00+04:00', 1],
    ['a day later stays at the gate', '2031-01-02T10:00:00+04:00', 0],
  ])('what was approved in the year before %s', async (_when, instant, sent) => {
    const session = await owed({ dueOn: '2030-12-02', instant: '2030-12-31T10:00:00+04:00' });
    await plan(session);
    expect((await approveAll(session)).done).toHaveLength(1);
    expect(await send(await at(session, instant))).toBe(sent);
  });
});

describe('the last ten days of Ramadan', () => {
  it.each([
    [2, 'URGENT', 0],
    [1, 'FIRM', 1],
  ])('keep at the gate what is above FIRM, though it was approved before (%i levels up: %s)', async (steps, level, sent) => {
    const session = await owed({ dueOn: '2026-02-10', instant: '2026-03-05T11:00:00+04:00' });
    await plan(session);
    const id = idOf((await queue(session))[0]);
    for (let step = 0; step < steps; step += 1) await escalateReminders(session, { ids: [id] });
    expect(await approveReminders(session, { ids: [id] })).toMatchObject({ refused: [] });
    const inSeason = await at(session, '2026-03-11T11:00:00+04:00');
    expect(await send(inSeason)).toBe(sent);
    expect(await readReminder(inSeason, id)).toMatchObject({ level, status: sent === 1 ? 'SENT' : 'QUEUED' });
  });
});
