import { describe, expect, test } from 'vitest';

import { LOOK_AHEAD_DAYS, lookAhead } from '../../src/domain/look-ahead.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { asId } from '../../src/domain/ids.ts';
import { account, block, contact, context, day, invoice, liveReminder, owing, recipient } from './builders.ts';

const nextContact = (facts: AccountFacts, at = context()): string | null => lookAhead(facts, at, LOOK_AHEAD_DAYS)?.on.toString() ?? null;

describe('the next contact, if nothing is paid', () => {
  test('comes exactly the interval after the last one', () => {
    const facts = owing([invoice('5000')], { contacts: [contact('POLITE', 3)] });
    expect(nextContact(facts)).toBe('2026-11-27');
  });

  test('waits for a working day when the interval ends on a day off', () => {
    const facts = owing([invoice('5000')], { contacts: [contact('POLITE', 2)] });
    expect(nextContact(facts)).toBe('2026-11-30');
  });

  test('comes on the day after the last day of a promise', () => {
    const facts = owing([invoice('5000')], { blocks: [block('PROMISE', { untilOn: day('2026-12-08') })] });
    expect(nextContact(facts)).toBe('2026-12-09');
  });

  test('comes when an item that is not due yet has been overdue long enough, and starts an episode then', () => {
    const facts = account({ items: [invoice('5000', { overdueFor: -10 })] });
    const ahead = lookAhead(facts, context(), LOOK_AHEAD_DAYS);
    if (ahead === null) throw new Error('nothing ahead');
    expect(ahead.outcome.reminders.map(({ level }) => level)).toEqual(['POLITE']);
    expect(planAccount(facts, context({ asOn: ahead.on, at: '00:00' })).outcome.kind).toBe('reminders');
  });

  test('is the same as planning each day would find first', () => {
    const facts = owing([invoice('5000')], { contacts: [contact('URGENT', 4)], blocks: [block('CHEQUE', { untilOn: day('2026-12-20') })] });
    const found = nextContact(facts);
    const on = day(found ?? '');
    expect(planAccount(facts, context({ asOn: on })).outcome.kind).toBe('reminders');
    for (let before = day('2026-11-24'); before.toString() < on.toString(); before = before.add({ days: 1 }))
      expect(planAccount(facts, context({ asOn: before })).outcome.kind).toBe('skip');
  });

  test('counts from the next day, also for an account that is reminded today', () => {
    expect(nextContact(owing([invoice('5000')]))).toBe('2026-11-24');
  });

  test('reaches the last day looked at and not beyond it', () => {
    const until = (days: number) => owing([invoice('5000')], { blocks: [block('PROMISE', { untilOn: day('2026-11-24').add({ days }) })] });
    expect(lookAhead(until(1), context(), 3)?.on.toString()).toBe('2026-11-26');
    expect(lookAhead(until(2), context(), 3)).toBeNull();
  });
});

describe('no next contact is in sight', () => {
  test.each([
    ['a block stands until somebody lifts it', owing([invoice('5000')], { blocks: [block('DISPUTE')] })],
    ['an answer waits for somebody', owing([invoice('5000')], { blocks: [block('REPLY')] })],
    ['the customer is with the lawyers', owing([invoice('5000')], { account: { collectionStatus: 'LEGAL' } })],
    ['nothing is open', account()],
    ['no address may be used', owing([invoice('5000')], { recipients: [recipient({ suppressedWhy: 'bounced' })] })],
    [
      'the ladder is complete',
      owing([invoice('5000', { overdueFor: 200 })], { contacts: [contact('FINAL', 50, { finalDeadlineOn: day('2026-10-20') })] }),
    ],
    ['a reminder a person approved is under way', owing([invoice('5000')], { liveReminders: [liveReminder({ origin: 'MANUAL' })] })],
  ])('while %s', (_why, facts) => {
    expect(nextContact(facts)).toBeNull();
  });

  test('while the ledger is too old: time makes it only older', () => {
    const facts = owing([invoice('5000')]);
    expect(nextContact(facts, context({ company: { ledgerAsOn: { invoices: day('2026-09-01'), receipts: null } } }))).toBeNull();
    // A ledger fresh today is taken to be kept up; otherwise no account would ever be contacted again.
    expect(nextContact(facts, context({ company: { ledgerAsOn: { invoices: day('2026-11-22'), receipts: null } } }))).toBe('2026-11-24');
  });
});

test("the planner's own proposal does not stand in its own way", () => {
  const facts = owing([invoice('5000')], { liveReminders: [liveReminder({ id: asId(9) })], contacts: [contact('POLITE', 1)] });
  expect(nextContact(facts)).toBe('2026-11-30');
});
