import { afterEach, describe, expect, it } from 'vitest';

import { correctRamadan } from '../../src/app/calendar/correct-ramadan.ts';
import { readCalendarMonth } from '../../src/app/calendar/read-calendar.ts';
import { explainAccount } from '../../src/app/explain-account.ts';
import { recordPromise } from '../../src/app/record-promise.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

let companies = 0;
/** One customer who keeps the company's week and one in Riyadh, both with an old invoice. */
async function company(calendar = 'saudi', when = '2026-11-23T10:00:00+04:00'): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database(), { at: when }), {
    code: `WEEK${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30' },
  });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('R-1', { calendar })],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('R-1', 'INV-2', '3200', '2026-11-05')],
  });
  return session;
}

const send = async (session: Session) => {
  await relay?.close();
  relay = await startRelay('accept');
  return await sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
};

describe('a customer’s own contact calendar', () => {
  it('is imported, decides when its reminder is due to leave, and holds again at the gate', async () => {
    const friday = await at(await company(), '2026-11-27T09:30:00+04:00');
    await plan(friday);
    await approveAll(friday);
    const scheduled = new Map((await queue(friday)).map((one) => [one.customer.code, one.scheduledFor]));
    expect(scheduled.get('C-1')).toBe('2026-11-27T05:30:00Z');
    expect(scheduled.get('R-1')).toBe('2026-11-29T06:00:00Z');
    // Somebody brings it forward past the schedule: the gate still asks Riyadh's calendar.
    await database().admin.query(`update customer_consolidated_reminders set claimable_at = '2026-11-27T05:00:00Z' where company_id = $1`, [
      friday.companyId,
    ]);
    expect(await send(friday)).toMatchObject({ sent: 1, deferred: 1 });
    expect(relay?.taken.map(({ recipient }) => recipient)).toEqual(['accounts@c-1.example']);
    expect(await send(await at(friday, '2026-11-29T10:30:00+04:00'))).toMatchObject({ sent: 1 });
  });

  it('counts the grace of a promise: Thursday and two of its working days are Monday there, and Monday here as well', async () => {
    const session = await company('sharjah');
    const promisedOn = Temporal.PlainDate.from('2026-11-25');
    const here = await recordPromise(session, { customerCode: 'C-1', promisedOn });
    const there = await recordPromise(session, { customerCode: 'R-1', promisedOn });
    expect([here, there].map(({ untilOn }) => untilOn.toString())).toEqual(['2026-11-27', '2026-11-30']);
  });

  it('is refused when it is none', async () => {
    await expect(company('mars')).rejects.toThrow(/mars/);
  });

  it('explains itself by its own days', async () => {
    const friday = await at(await company(), '2026-11-27T09:30:00+04:00');
    const { decision } = await explainAccount(friday, 'R-1');
    expect(decision.outcome).toMatchObject({ kind: 'reminders' });
    const [reminder] = decision.outcome.kind === 'reminders' ? decision.outcome.reminders : [];
    expect(reminder?.scheduledFor.toString()).toBe('2026-11-29T06:00:00Z');
  });
});

describe('Ramadan, once the moon was seen', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const shown = async (session: Session, on: string) =>
    (await readCalendarMonth(session, day(on).toPlainYearMonth())).days.find((one) => one.on === on);

  it('moves the short hours with it, is recorded once, and is in the audit', async () => {
    const session = await company();
    expect(await shown(session, '2027-02-08')).toMatchObject({ isRamadan: true, windows: ['10:00-14:00'] });
    const correction = { startsOn: day('2027-02-09'), endsOn: day('2027-03-10') };
    expect(await correctRamadan(session, correction)).toMatchObject({ key: 'ramadan-1448', isChanged: true });
    expect(await shown(session, '2027-02-08')).toMatchObject({ isRamadan: false, windows: ['09:00-17:00'] });
    expect(await shown(session, '2027-02-09')).toMatchObject({ isRamadan: true, windows: ['10:00-14:00'] });
    expect(await correctRamadan(session, correction)).toMatchObject({ isChanged: false });
    const { rows } = await database().admin.query(
      `select detail from audit_logs where company_id = $1 and verb = 'calendar confirm' order by id`,
      [session.companyId],
    );
    expect(rows).toEqual([{ detail: { key: 'ramadan-1448', startsOn: '2027-02-09', endsOn: '2027-03-10' } }]);
  });

  it('can be corrected again: the last word holds', async () => {
    const session = await company();
    await correctRamadan(session, { startsOn: day('2027-02-09'), endsOn: day('2027-03-10') });
    await correctRamadan(session, { startsOn: day('2027-02-08'), endsOn: day('2027-03-08') });
    expect(await shown(session, '2027-02-08')).toMatchObject({ isRamadan: true });
  });

  it.each([
    ['a month that is not Ramadan', '2027-05-01', '2027-05-30', 'No Ramadan is known'],
    ['28 days', '2027-02-09', '2027-03-08', 'Ramadan has 29 or 30'],
    ['31 days', '2027-02-08', '2027-03-10', 'Ramadan has 29 or 30'],
    ['four days from the computed one', '2027-02-12', '2027-03-12', 'No Ramadan is known'],
  ])('is refused for %s', async (_, startsOn, endsOn, message) => {
    await expect(correctRamadan(await company(), { startsOn: day(startsOn), endsOn: day(endsOn) })).rejects.toThrow(message);
  });
});
