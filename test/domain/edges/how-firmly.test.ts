/** How firmly an account is written to, and when a person takes over: the ladder's steps, government and FINAL, each around its number. */
import { describe, expect, test } from 'vitest';
import type { PastContact } from '../../../src/domain/account-facts.ts';
import { planAccount } from '../../../src/domain/plan-account.ts';
import { contact, context, day, type FactsChanges, invoice, owing, reminderOf, skipOf } from '../builders.ts';

const planned = (daysPastDue: number, changes: FactsChanges = {}, policy: Readonly<Record<string, string>> = {}) =>
  planAccount(owing([invoice('5000', { overdueFor: daysPastDue })], changes), context({ policy }));

describe('the ladder', () => {
  test.each([
    [-1, 'nothing-overdue'],
    [0, 'nothing-overdue'],
    [1, null],
    [2, null],
  ])('%i days past due, where nothing is waited for: %s', (days, code) => {
    expect(skipOf(planned(days, {}, { 'trigger.workingDays': '0' }))?.code ?? null).toBe(code);
  });

  /** Right for the age, by the level delivered before: none, POLITE, FIRM, URGENT. */
  test.each([
    [14, ['POLITE', 'POLITE', 'POLITE', 'POLITE']],
    [15, ['POLITE', 'FIRM', 'FIRM', 'FIRM']],
    [16, ['POLITE', 'FIRM', 'FIRM', 'FIRM']],
    [44, ['POLITE', 'FIRM', 'FIRM', 'FIRM']],
    [45, ['POLITE', 'FIRM', 'URGENT', 'URGENT']],
    [46, ['POLITE', 'FIRM', 'URGENT', 'URGENT']],
    [89, ['POLITE', 'FIRM', 'URGENT', 'URGENT']],
    [90, ['POLITE', 'FIRM', 'URGENT', 'FINAL']],
    [91, ['POLITE', 'FIRM', 'URGENT', 'FINAL']],
  ])('%i days past due, after nothing, POLITE, FIRM and URGENT: %j', (days, expected) => {
    const before = [null, 'POLITE', 'FIRM', 'URGENT'] as const;
    const levels = before.map((level) => reminderOf(planned(days, { contacts: level === null ? [] : [contact(level, 12)] })).level);
    expect(levels).toEqual(expected);
  });

  test.each([
    [11, 'POLITE'],
    [12, 'FIRM'],
    [13, 'FIRM'],
  ])('in an episode begun %i days ago a POLITE of 12 days ago is followed by %s', (ago, level) => {
    const facts = { contacts: [contact('POLITE', 12)], account: { episodeStartedOn: day('2026-11-23').subtract({ days: ago }) } };
    expect(reminderOf(planned(30, facts)).level).toBe(level);
  });
});

describe('government', () => {
  const government = (contacts: readonly PastContact[], daysPastDue = 400) =>
    planned(daysPastDue, { contacts, account: { businessType: 'GOV_FEDERAL' } });

  test.each([
    [14, 'POLITE'],
    [15, 'FIRM'],
    [44, 'FIRM'],
    [45, 'FIRM'],
    [90, 'FIRM'],
  ])('%i days past due after a FIRM is %s: it stops there', (days, level) => {
    expect(reminderOf(government([contact('FIRM', 30)], days)).level).toBe(level);
  });

  test.each([
    [20, day('2026-11-24')],
    [21, null],
    [22, null],
  ])('contacted %i days ago: waits until %s', (ago, until) => {
    const skip = skipOf(government([contact('FIRM', ago)]));
    expect(skip?.code === 'contact-interval' ? skip.until : skip).toEqual(until);
  });
});

describe('FINAL', () => {
  const urgentSent = { contacts: [contact('URGENT', 12)] };

  test.each([
    ['0', day('2026-12-04')],
    ['1', day('2026-12-07')],
    ['3', day('2026-12-09')],
  ])('leaving on Monday 23 November with a reserve of %s it names %s: seven working days more, two days off between', (reserve, on) => {
    expect(reminderOf(planned(100, urgentSent, { 'final.reserveWorkingDays': reserve })).finalDeadlineOn).toEqual(on);
  });

  /** It named Thursday 19 November; two working days later is the Monday. */
  test.each([
    ['2026-11-19', 'contact-interval'],
    ['2026-11-20', 'contact-interval'],
    ['2026-11-22', 'contact-interval'],
    ['2026-11-23', 'contact-interval'],
    ['2026-11-24', 'ladder-complete'],
    ['2026-11-25', 'ladder-complete'],
  ])('on %s the account is at %s', (asOn, code) => {
    const facts = owing([invoice('5000', { overdueFor: 130 })], {
      contacts: [contact('FINAL', 14, { finalDeadlineOn: day('2026-11-19') })],
    });
    expect(skipOf(planAccount(facts, context({ asOn: day(asOn) })))?.code).toBe(code);
  });
});
