/** What starts a reminder, how large it must be, in which form it comes and whether a rule may approve it: each just below, at and above its number. */
import { describe, expect, test } from 'vitest';
import type { OpenItem } from '../../../src/domain/account-facts.ts';
import { planAccount } from '../../../src/domain/plan-account.ts';
import { contact, context, day, daysAgo, type FactsChanges, invoice, owing, remindersOf, reminderOf, skipOf } from '../builders.ts';

const NO_MINIMUM = { 'minimum.amount': '0' };

describe('the trigger of three working days', () => {
  test.each<readonly [asOn: string, workingDays: number, code: string | null, what: string]>([
    ['2026-11-25', 0, 'nothing-overdue', 'Wednesday, the due day itself'],
    ['2026-11-26', 1, 'not-yet', 'Thursday'],
    ['2026-11-27', 2, 'not-yet', 'Friday, a working day however short'],
    ['2026-11-28', 2, 'not-yet', 'Saturday, which adds none'],
    ['2026-11-29', 2, 'not-yet', 'Sunday, which adds none'],
    ['2026-11-30', 3, null, 'Monday'],
    ['2026-12-01', 4, null, 'Tuesday'],
  ])('due on Wednesday 25 November: on %s overdue by %i working days: %s (%s)', (asOn, _, code) => {
    const dueOn = day('2026-11-25');
    expect(skipOf(planAccount(owing([invoice('5000', { dueOn })]), context({ asOn: day(asOn) })))?.code ?? null).toBe(code);
  });

  test.each([
    [0, '2026-11-30'],
    [1, '2026-12-01'],
    [2, '2026-12-04'],
  ])('with %i days of the customer’s own grace it triggers on %s: National Day adds none', (graceDays, on) => {
    const facts = owing([invoice('5000', { dueOn: day('2026-11-25') })], { account: { graceDays } });
    expect(skipOf(planAccount(facts, context({ asOn: day(on) })))).toBeNull();
    expect(skipOf(planAccount(facts, context({ asOn: day(on).subtract({ days: 1 }) })))).toEqual({ code: 'not-yet', on: day(on) });
  });
});

describe('a residue counts as no item', () => {
  const counted = (items: readonly OpenItem[], policy = {}) => reminderOf(planAccount(owing(items), context({ policy }))).itemCount;

  test.each([
    ['9.99', 1],
    ['10', 1],
    ['10.01', 2],
  ])('AED %s beside AED 500: %i counted', (amount, count) => {
    expect(counted([invoice('500'), invoice(amount, { id: 2 })])).toBe(count);
  });

  test.each([
    ['49.99', 1],
    ['50', 2],
    ['50.01', 2],
  ])('AED %s of a reminder of AED 5,000, one per cent of which is 50: %i counted', (amount, count) => {
    const rest = (5000 - Number(amount)).toFixed(2);
    expect(counted([invoice(rest), invoice(amount, { id: 2 })])).toBe(count);
  });

  test.each([
    ['99.99', 1],
    ['100', 1],
    ['100.01', 2],
  ])('AED %s beside AED 1,000,000, below one per cent but the ceiling is 100: %i counted', (amount, count) => {
    expect(counted([invoice('1000000'), invoice(amount, { id: 2 })])).toBe(count);
  });

  test.each([
    ['9.99', 'below-minimum'],
    ['10', 'below-minimum'],
    ['10.01', null],
  ])('AED %s alone starts something: %s', (amount, code) => {
    expect(skipOf(planAccount(owing([invoice(amount)]), context({ policy: NO_MINIMUM })))?.code ?? null).toBe(code);
  });
});

test.each([
  ['49.99', 'below-minimum'],
  ['50', null],
  ['50.01', null],
])('the minimum of AED 50: %s in two items: %s', (amount, code) => {
  const half = (Number(amount) - 25).toFixed(2);
  const facts = owing([invoice('25'), invoice(half, { id: 2 })]);
  expect(skipOf(planAccount(facts, context()))?.code ?? null).toBe(code);
});

describe('the form', () => {
  const items = (count: number): readonly OpenItem[] =>
    Array.from({ length: count }, (_, index) => invoice(String(1000 + index), { id: index + 1 }));
  const planned = (open: readonly OpenItem[], account: FactsChanges['account'] = {}) =>
    remindersOf(planAccount(owing(open, { account }), context())).map(({ type }) => type);

  test.each([
    [0, []],
    [1, ['INDIVIDUAL']],
    [2, ['INDIVIDUAL', 'INDIVIDUAL']],
    [3, ['CONSOLIDATED']],
    [4, ['CONSOLIDATED']],
  ])('AUTO consolidates from three: %i items give %j', (count, types) => {
    expect(planned(items(count), { consolidationPreference: 'AUTO' })).toEqual(types);
  });

  test('AUTO does not reach three by a residue', () => {
    const types = planned([...items(2), invoice('9.99', { id: 3 })], { consolidationPreference: 'AUTO' });
    expect(types).toEqual(['INDIVIDUAL', 'INDIVIDUAL']);
  });

  test.each([
    [1, 1],
    [4, 4],
    [5, 5],
    [6, 5],
  ])('DISABLED sends five a day at most: %i items give %i reminders', (count, reminders) => {
    const types = planned(items(count), { consolidationPreference: 'DISABLED' });
    expect(types).toEqual(Array.from({ length: reminders }, () => 'INDIVIDUAL'));
  });
});

describe('approval by rule', () => {
  const needs = (open: readonly OpenItem[], { account = {}, rateAge = 10 }: { account?: FactsChanges['account']; rateAge?: number } = {}) =>
    reminderOf(
      planAccount(
        owing(open, { contacts: [contact('POLITE', 20)], account }),
        context({
          policy: { 'approval.auto': 'true' },
          company: { rates: [{ currency: 'USD', ratePpm: 3_672_500n, quotedOn: daysAgo(rateAge) }] },
        }),
      ),
    ).approvalNeeds;

  test.each([
    ['49999.99', []],
    ['50000', []],
    ['50000.01', ['over-company-limit']],
  ])('AED %s needs a person for %j', (amount, expected) => {
    expect(needs([invoice(amount)])).toEqual(expected);
  });

  test.each([
    [500_001n, []],
    [500_000n, []],
    [499_999n, ['over-customer-limit']],
  ])('AED 5,000.00 under the customer’s own limit of %i fils needs a person for %j', (maxConsolidationMinor, expected) => {
    expect(needs([invoice('5000')], { account: { maxConsolidationMinor } })).toEqual(expected);
  });

  test.each([
    [44, []],
    [45, []],
    [46, ['missing-rate']],
  ])('a rate %i days old needs a person for %j', (rateAge, expected) => {
    expect(needs([invoice('500', { currency: 'USD' })], { rateAge })).toEqual(expected);
  });
});
