import { describe, expect, it } from 'vitest';

import { addDayOff } from '../../../src/app/calendar/add-day-off.ts';
import { confirmOccasion } from '../../../src/app/calendar/confirm-occasion.ts';
import { checkCalendar, readCalendarMonth } from '../../../src/app/calendar/read-calendar.ts';
import { withdrawOccasion } from '../../../src/app/calendar/withdraw-occasion.ts';
import { readCompany } from '../../../src/app/company-settings.ts';
import { planReminders } from '../../../src/app/plan-run.ts';
import type { Session } from '../../../src/app/session.ts';
import { setPolicy } from '../../../src/app/set-policy.ts';
import type { Day } from '../../../src/domain/days.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { at } from '../sending-day.ts';

const database = testDatabase();
let companies = 0;
const company = async (): Promise<Session> => {
  companies += 1;
  return await companyWith(testInstallation(database()), { code: `CAL${companies}`, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
};

const day = (text: string): Day => Temporal.PlainDate.from(text);
const days = (...texts: readonly string[]): readonly Day[] => texts.map(day);

/** What the month says of one day. */
async function dayShown(session: Session, on: string) {
  const { days: shown } = await readCalendarMonth(session, day(on).toPlainYearMonth());
  return shown.find((each) => each.on === on);
}

async function eventsOf(session: Session, verb: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await database().admin.query<Record<string, unknown>>(
    'select object_kind, detail from audit_logs where company_id = $1 and verb = $2 order by id',
    [session.companyId, verb],
  );
  return rows;
}

describe('a day off of the company', () => {
  it('closes the day, tells why, raises the facts of the company and is in the audit once', async () => {
    const session = await company();
    const before = await readCompany(session);
    expect(await dayShown(session, '2026-12-24')).toMatchObject({ state: 'open', windows: ['09:00-17:00'] });
    const request = { on: day('2026-12-24'), untilOn: day('2026-12-25'), name: 'Stock-Taking-2026' };
    expect(await addDayOff(session, request)).toMatchObject({ key: 'stock-taking-2026', isChanged: true });
    expect(await dayShown(session, '2026-12-24')).toMatchObject({
      state: 'closed',
      reason: 'day-off',
      occasion: 'stock-taking-2026',
      status: 'confirmed',
      season: null,
    });
    expect((await readCompany(session)).factsVersion).toBe(before.factsVersion + 1);
    expect(await addDayOff(session, request)).toMatchObject({ isChanged: false });
    expect((await readCompany(session)).factsVersion).toBe(before.factsVersion + 1);
    expect(await eventsOf(session, 'calendar add')).toEqual([
      { object_kind: 'company', detail: { key: 'stock-taking-2026', days: ['2026-12-24', '2026-12-25'], reopened: [] } },
    ]);
  });

  it('of mourning is a season of its own', async () => {
    const session = await company();
    await addDayOff(session, { on: day('2026-12-14'), name: 'mourning-2026-12', isMourning: true });
    expect(await dayShown(session, '2026-12-14')).toMatchObject({ state: 'closed', season: 'mourning' });
  });

  it('can be withdrawn, in part or whole, and added again', async () => {
    const session = await company();
    const request = { on: day('2026-12-21'), untilOn: day('2026-12-22'), name: 'move-2026' };
    await addDayOff(session, request);
    const part = await withdrawOccasion(session, { key: 'move-2026', on: days('2026-12-22') });
    expect([part.days, part.reopened]).toEqual([days('2026-12-21'), days('2026-12-22')]);
    expect(await withdrawOccasion(session, { key: 'move-2026', on: [] })).toMatchObject({ days: [], isChanged: true });
    expect(await withdrawOccasion(session, { key: 'move-2026', on: [] })).toMatchObject({ isChanged: false });
    expect(await dayShown(session, '2026-12-21')).toMatchObject({ state: 'open' });
    expect(await addDayOff(session, request)).toMatchObject({ isChanged: true });
    expect(await dayShown(session, '2026-12-21')).toMatchObject({ state: 'closed' });
  });

  it.each([
    [{ on: day('2026-12-24'), name: 'eid-al-fitr-2027' }, 'calendar.known-occasion'],
    [{ on: day('2026-12-24'), name: 'closed\u202e' }, 'calendar.bad-key'],
    [{ on: day('2026-12-24'), untilOn: day('2026-12-23'), name: 'back' }, 'calendar.bad-span'],
    [{ on: day('2026-12-01'), untilOn: day('2027-01-01'), name: 'long' }, 'calendar.bad-span'],
    [{ on: day('2062-12-24'), name: 'far' }, 'calendar.unknown-year'],
  ])('is refused: %o', async (request, code) => {
    await expect(addDayOff(await company(), request)).rejects.toMatchObject({ code });
  });

  it('is refused where it would close nothing', async () => {
    const session = await company();
    await setPolicy(session, { 'calendar.preset': 'continuous' });
    await expect(addDayOff(session, { on: day('2026-12-24'), name: 'stock' })).rejects.toMatchObject({ code: 'calendar.never-closes' });
  });

  it('recorded by two people at once holds for both', async () => {
    const session = await company();
    await Promise.all(['2026-12-14', '2026-12-15'].map((on, index) => addDayOff(session, { on: day(on), name: `closing-${index}` })));
    expect([await dayShown(session, '2026-12-14'), await dayShown(session, '2026-12-15')]).toMatchObject([
      { occasion: 'closing-0' },
      { occasion: 'closing-1' },
    ]);
  });
});

describe('an occasion that is confirmed', () => {
  it('keeps its season and releases the days that only might have been off', async () => {
    const session = await company();
    expect(await dayShown(session, '2027-03-12')).toMatchObject({ state: 'closed', status: 'expected', season: 'eid' });
    const change = await confirmOccasion(session, { key: 'eid-al-fitr-2027', on: days('2027-03-09', '2027-03-10', '2027-03-11') });
    expect(change.reopened).toEqual(days('2027-03-12'));
    expect(await dayShown(session, '2027-03-09')).toMatchObject({ state: 'closed', status: 'confirmed', season: 'eid' });
    expect(await dayShown(session, '2027-03-12')).toMatchObject({ state: 'open', windows: ['09:00-11:30'], season: null });
  });

  it('can be put right on the same day: the last word holds', async () => {
    const session = await company();
    const key = 'eid-al-fitr-2027';
    await confirmOccasion(session, { key, on: days('2027-03-09', '2027-03-10') });
    const corrected = await confirmOccasion(session, { key, on: days('2027-03-10', '2027-03-11') });
    expect([corrected.days, corrected.reopened]).toEqual([days('2027-03-10', '2027-03-11'), days('2027-03-09')]);
    expect(await confirmOccasion(session, { key, on: days('2027-03-11', '2027-03-10') })).toMatchObject({ isChanged: false });
    const back = await confirmOccasion(session, { key, on: days('2027-03-09') });
    expect(back.days).toEqual(days('2027-03-09'));
    const next = await confirmOccasion(await at(session, '2026-11-24T10:00:00+04:00'), { key, on: days('2027-03-12') });
    expect(next.days).toEqual(days('2027-03-12'));
  });

  it('without its days is confirmed as it stands, and holds no other days of its week any more', async () => {
    const session = await company();
    expect(await dayShown(session, '2027-08-16')).toMatchObject({ state: 'closed', occasion: 'mawlid-2027' });
    expect(await dayShown(session, '2028-08-04')).toMatchObject({ reason: 'held', occasion: 'mawlid-2028' });
    const change = await confirmOccasion(session, { key: 'mawlid-2028', on: [] });
    expect(change.days).toEqual(days('2028-08-03'));
    expect(await dayShown(session, '2028-08-04')).toMatchObject({ state: 'open' });
    expect(await confirmOccasion(session, { key: 'mawlid-2028', on: [] })).toMatchObject({ isChanged: false });
  });

  it('is no longer among those to confirm', async () => {
    const session = await company();
    const keys = async () => (await checkCalendar(session, 21)).unconfirmed.map(({ key }) => key);
    expect(await keys()).toEqual(['national-day-2026']);
    await confirmOccasion(session, { key: 'national-day-2026', on: [] });
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['eid-al-fitr-2072', ['2027-03-09'], 'calendar.unknown-occasion'],
    // Another country's: confirmed here it would close the company's own days.
    ['saudi-eid-al-fitr-2027', ['2027-03-09'], 'calendar.unknown-occasion'],
    ['eid-al-fitr-2027', ['2027-03-09', '2028-03-10'], 'calendar.far-from-occasion'],
  ])('is refused, and nothing opens: %s on %j', async (key, on, code) => {
    const session = await company();
    await expect(confirmOccasion(session, { key, on: on.map(day) })).rejects.toMatchObject({ code });
    expect(await dayShown(session, '2027-03-12')).toMatchObject({ state: 'closed' });
    expect(await eventsOf(session, 'calendar confirm')).toEqual([]);
  });
});

describe('whoever decides or configures changes the calendar', () => {
  it('and nobody else; everybody may look', async () => {
    const session = await company();
    const operator = await sessionOf(database(), session, `operator-${companies}`, ['OPERATOR']);
    const approver = await sessionOf(database(), session, `approver-${companies}`, ['APPROVER']);
    const request = { on: day('2026-12-24'), name: 'stock' };
    await expect(addDayOff(operator, request)).rejects.toMatchObject({ code: 'permission.refused' });
    expect(await dayShown(operator, '2026-12-24')).toMatchObject({ state: 'open' });
    expect(await addDayOff(approver, request)).toMatchObject({ isChanged: true });
    const { rows } = await database().admin.query(
      'select u.login, d.scope from days_off d join users u on u.company_id = d.company_id and u.id = d.created_by where d.company_id = $1',
      [session.companyId],
    );
    expect(rows).toEqual([{ login: `approver-${companies}`, scope: 'all' }]);
  });
});

describe('planning', () => {
  const remindersOf = async (session: Session): Promise<number> =>
    (await planReminders(session, { startedBy: 'OPERATOR', isDryRun: true })).summary.reminders;

  it('does not count a day off of the company as a working day, and counts it again when it is withdrawn', async () => {
    const session = await company();
    // Three working days overdue on Monday 23 November, of which Friday is the second.
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-18')] });
    expect(await remindersOf(session)).toBe(1);
    await addDayOff(session, { on: day('2026-11-20'), name: 'move-2026' });
    expect(await remindersOf(session)).toBe(0);
    await withdrawOccasion(session, { key: 'move-2026', on: [] });
    expect(await remindersOf(session)).toBe(1);
  });

  it('looks at every account again after a day off is added', async () => {
    const session = await company();
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-18')] });
    await planReminders(session, { startedBy: 'OPERATOR' });
    expect((await planReminders(session, { startedBy: 'OPERATOR' })).runId).toBeNull();
    await addDayOff(session, { on: day('2026-12-24'), name: 'stock-2026' });
    expect((await planReminders(session, { startedBy: 'OPERATOR' })).runId).not.toBeNull();
  });

  it('works on the day that an Eid, once confirmed, no longer takes', async () => {
    const session = await at(await company(), '2027-03-15T10:00:00+04:00');
    // Since then Monday 8 and Monday 15 March were worked; Friday 12 only if it is not Eid.
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2027-03-05')] });
    expect(await remindersOf(session)).toBe(0);
    await confirmOccasion(session, { key: 'eid-al-fitr-2027', on: days('2027-03-09', '2027-03-10', '2027-03-11') });
    expect(await remindersOf(session)).toBe(1);
  });
});
