/** When an account may be contacted again and by which facts a day is judged: intervals, cap, the ledger's age, ends of months and years, midnight. */
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../../src/domain/days.ts';
import { planAccount } from '../../../src/domain/plan-account.ts';
import { contact, context, day, daysAgo, type FactsChanges, invoice, owing, recipient, reminderOf, skipOf } from '../builders.ts';

const codeFor = (changes: FactsChanges, policy: Readonly<Record<string, string>> = {}) =>
  skipOf(planAccount(owing([invoice('5000', { overdueFor: 100 })], changes), context({ policy })))?.code ?? null;

describe('the interval', () => {
  test.each([
    ['POLITE', 0, 'contact-interval'],
    ['POLITE', 1, 'contact-interval'],
    ['POLITE', 6, 'contact-interval'],
    ['POLITE', 7, null],
    ['POLITE', 8, null],
    ['FIRM', 9, 'contact-interval'],
    ['FIRM', 10, null],
    ['FIRM', 11, null],
    ['URGENT', 9, 'contact-interval'],
    ['URGENT', 10, null],
    ['URGENT', 11, null],
  ] as const)('%s %i days ago: %s', (level, ago, code) => {
    expect(codeFor({ contacts: [contact(level, ago)] })).toBe(code);
  });

  test.each<readonly [own: number, ago: number, code: string | null, what: string]>([
    [3, 6, 'contact-interval', 'shorter: the policy’s 7 stay'],
    [3, 7, null, 'shorter: the policy’s 7 stay'],
    [7, 6, 'contact-interval', 'the same'],
    [7, 7, null, 'the same'],
    [8, 7, 'contact-interval', 'longer'],
    [8, 8, null, 'longer'],
    [30, 29, 'contact-interval', 'longer'],
    [30, 30, null, 'longer'],
  ])('the customer’s own %i days, contacted %i days ago: %s (%s)', (preferredContactIntervalDays, ago, code) => {
    expect(codeFor({ contacts: [contact('POLITE', ago)], account: { preferredContactIntervalDays } })).toBe(code);
  });
});

/** With an interval of one day the week's cap is what remains. */
describe('the weekly cap', () => {
  const HASTY = { 'interval.politeDays': '1' };

  test.each([
    [5, 'weekly-cap'],
    [6, 'weekly-cap'],
    [7, null],
    [8, null],
  ])('the account’s own contact %i days ago: %s', (ago, code) => {
    expect(codeFor({ contacts: [contact('POLITE', ago)] }, HASTY)).toBe(code);
  });

  test.each([
    [6, 'weekly-cap'],
    [7, null],
    [8, null],
  ])('another account of the address contacted %i days ago: %s', (ago, code) => {
    const shared = recipient({ addressLastContactOn: daysAgo(ago), addressContactsIn7Days: 1 });
    expect(codeFor({ recipients: [shared] }, HASTY)).toBe(code);
  });

  test.each([
    [0, null],
    [1, null],
    [2, 'weekly-cap'],
    [3, 'weekly-cap'],
  ])('two a week allowed, %i to the address in the week: %s', (addressContactsIn7Days, code) => {
    const shared = recipient({ addressLastContactOn: addressContactsIn7Days === 0 ? null : daysAgo(2), addressContactsIn7Days });
    expect(codeFor({ recipients: [shared] }, { ...HASTY, 'cap.contactsPerWeek': '2' })).toBe(code);
  });
});

test.each([
  ['2026-11-23', 0, null],
  ['2026-11-20', 1, null],
  ['2026-11-19', 2, null],
  ['2026-11-18', 3, null],
  ['2026-11-17', 4, 'ledger-stale'],
  ['2026-11-16', 5, 'ledger-stale'],
])('a ledger of %s, %i working days old on Monday 23 November: %s', (ledgerOn, _, code) => {
  const company = { ledgerAsOn: { invoices: day(ledgerOn), receipts: null } };
  expect(skipOf(planAccount(owing([invoice('5000')]), context({ company })))?.code ?? null).toBe(code);
});

/** POLITE was delivered; the first day on which FIRM is right is the fifteenth past due. */
test.each([
  ['2027-01-30', '2027-02-13', '2027-02-14', 'the end of January'],
  ['2027-01-31', '2027-02-14', '2027-02-15', 'the last day of January'],
  ['2027-02-28', '2027-03-14', '2027-03-15', 'the end of a short February'],
  ['2028-02-28', '2028-03-13', '2028-03-14', 'the day before a leap day'],
  ['2028-02-29', '2028-03-14', '2028-03-15', 'a leap day'],
  ['2027-12-31', '2028-01-14', '2028-01-15', 'the end of the year'],
  ['2026-04-30', '2026-05-14', '2026-05-15', 'the end of a month of thirty days'],
])('due on %s: POLITE on %s, FIRM on %s (%s)', (due, politeOn, firmOn) => {
  const dueOn = day(due);
  const on = (asOn: string) =>
    reminderOf(
      planAccount(
        owing([invoice('5000', { dueOn })], { contacts: [contact('POLITE', 0, { on: day(asOn).subtract({ days: 8 }) })] }),
        context({ asOn: day(asOn), policy: { 'calendar.preset': 'continuous', 'trigger.workingDays': '0' } }),
      ),
    );
  expect(on(politeOn)).toMatchObject({ level: 'POLITE', oldestDaysPastDue: 14 });
  expect(on(firmOn)).toMatchObject({ level: 'FIRM', oldestDaysPastDue: 15 });
});

test.each([
  ['2027-01-25', '2027-02-01', 'over the end of January'],
  ['2028-02-22', '2028-02-29', 'onto a leap day'],
  ['2028-02-23', '2028-03-01', 'over a leap day'],
  ['2027-12-27', '2028-01-03', 'over the end of the year'],
])('a POLITE of %s is followed on %s and not the day before, %s', (contactedOn, next) => {
  const facts = owing([invoice('5000', { dueOn: day('2026-10-01') })], { contacts: [contact('POLITE', 0, { on: day(contactedOn) })] });
  const skip = (asOn: string, before: number) =>
    skipOf(planAccount(facts, context({ asOn: day(asOn).subtract({ days: before }), policy: { 'calendar.preset': 'continuous' } })));
  expect(skip(next, 0)).toBeNull();
  expect(skip(next, 1)).toMatchObject({ code: 'contact-interval', until: day(next) });
});

/** The civil day is Dubai's: at 20:00 UTC the next one begins there. */
test.each([
  ['2026-11-22T19:59:59Z', '2026-11-22', 'nothing-overdue'],
  ['2026-11-22T20:00:00Z', '2026-11-23', null],
  ['2026-11-22T23:59:59Z', '2026-11-23', null],
  ['2026-11-23T00:00:00Z', '2026-11-23', null],
  ['2026-11-23T19:59:59Z', '2026-11-23', null],
  ['2026-12-31T19:59:59Z', '2026-12-31', null],
  ['2026-12-31T20:00:00Z', '2027-01-01', null],
])('at %s it is %s in Dubai, and what was due on 22 November is: %s', (instant, asOn, code) => {
  const now = Temporal.Instant.from(instant);
  const at = { ...context({ policy: { 'trigger.workingDays': '0' } }), asOn: dayOf(now, 'Asia/Dubai'), now };
  expect(at.asOn).toEqual(day(asOn));
  expect(skipOf(planAccount(owing([invoice('5000', { dueOn: day('2026-11-22') })]), at))?.code ?? null).toBe(code);
});
