import { describe, expect, test } from 'vitest';

import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { standsOn } from '../../src/domain/blocks.ts';
import { intervalDays } from '../../src/domain/contact-interval.ts';
import { dayNumber, daysBetween } from '../../src/domain/days.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import type { PlanningContext } from '../../src/domain/planning-day.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { calendarOf, context } from './builders.ts';
import { contactsOf, dailyContacts, daysFrom, generatedLedgers, rank, type Contact } from './walks.ts';

const LEDGERS = generatedLedgers(1_000);
const EAGER = { 'trigger.workingDays': '0', 'minimum.amount': '0' };
const YEAR = daysFrom(context({ policy: EAGER }), 365);

type Walk = readonly Contact[];

const walk = (days: readonly PlanningContext[], changed = (facts: AccountFacts): AccountFacts => facts): readonly Walk[] =>
  LEDGERS.map((accounts) => contactsOf(accounts.map(changed), days));

/** Walked once for every rule below. */
const WALKS = walk(YEAR);

/** How many contacts break the rule; `earlier` are the walk's contacts before it, newest last. */
function breaches(walks: readonly Walk[], holds: (contact: Contact, earlier: Walk) => boolean): number {
  let count = 0;
  for (const contacts of walks) {
    contacts.forEach((one, index) => {
      if (!holds(one, contacts.slice(0, index))) count += 1;
    });
  }
  return count;
}

const ofAccount = ({ accountId }: Contact, earlier: Walk): Walk => earlier.filter((one) => one.accountId === accountId);
const toAddress = ({ address }: Contact, earlier: Walk): Walk => earlier.filter((one) => one.address === address);

const keepsInterval = (one: Contact, earlier: Walk): boolean => {
  const before = ofAccount(one, earlier).at(-1);
  return before === undefined || daysBetween(before.on, one.on) >= intervalDays(before.level, one.facts.account, DEFAULT_POLICY);
};

const keepsCap = (one: Contact, earlier: Walk): boolean =>
  [ofAccount, toAddress].every(
    (those) => those(one, earlier).filter(({ on }) => daysBetween(on, one.on) < 7).length < DEFAULT_POLICY.cap.contactsPerWeek,
  );

const risesByOne = (one: Contact, earlier: Walk): boolean => {
  const before = ofAccount(one, earlier).at(-1);
  return before === undefined || rank(one.level) <= rank(before.level) + 1;
};

const isOnlyFinal = (one: Contact, earlier: Walk): boolean =>
  one.level !== 'FINAL' || ofAccount(one, earlier).every(({ level }) => level !== 'FINAL');

const isWorkingDay = ({ on }: Contact): boolean => calendarOf('uae-private').dayAt(dayNumber(on)).kind === 'working';

const isUnblocked =
  (original: (contact: Contact) => AccountFacts) =>
  (one: Contact): boolean =>
    original(one).blocks.every(
      (block) =>
        block.amountMinor !== null ||
        !standsOn(block, dayNumber(one.on)) ||
        (block.invoiceId !== null && !one.invoiceIds.has(block.invoiceId)),
    );

describe('over a simulated year of a thousand ledgers', () => {
  test('there is something to judge: accounts are contacted, climb, reach FINAL, share addresses and have blocks', () => {
    const all = WALKS.flat();
    expect(LEDGERS).toHaveLength(1_000);
    expect(all.length).toBeGreaterThan(5_000);
    expect(all.filter(({ level }) => level === 'FINAL').length).toBeGreaterThan(200);
    expect(all.filter(({ facts }) => facts.blocks.length > 0).length).toBeGreaterThan(200);
    expect(WALKS.filter((contacts) => new Set(contacts.map(({ accountId }) => accountId)).size > 1).length).toBeGreaterThan(100);
  });

  test.each([
    ['no contact comes closer than the interval after the one before', keepsInterval],
    ['no account and no address is contacted above the weekly cap', keepsCap],
    ['the level never rises by two steps at once', risesByOne],
    ['FINAL comes once: nobody pays, so the episode is one', isOnlyFinal],
    ['nothing leaves on a day the calendar is closed', isWorkingDay],
    ['nothing wholly blocked is written about', isUnblocked(({ facts }) => facts)],
  ] as const)('%s', (_, holds) => {
    expect(breaches(WALKS, holds)).toBe(0);
  });
});

describe('the guard matters', () => {
  const HASTY = { 'interval.politeDays': '1', 'interval.firmDays': '1', 'interval.urgentDays': '1', 'cap.contactsPerWeek': '7' };
  const quarter = (policy: Readonly<Record<string, string>>) => daysFrom(context({ policy: { ...EAGER, ...policy } }), 90);

  test('without interval and cap both properties fail', () => {
    const hasty = walk(quarter(HASTY));
    expect(breaches(hasty, keepsInterval)).toBeGreaterThan(0);
    expect(breaches(hasty, keepsCap)).toBeGreaterThan(0);
  });

  test('with interval but two contacts a week allowed to an address, the cap’s property fails', () => {
    const apart = (facts: AccountFacts): AccountFacts => ({
      ...facts,
      recipients: facts.recipients.map((one) => ({ ...one, address: `${facts.account.id}@group.example` })),
    });
    const blind = walk(quarter({}), apart).map((contacts) => contacts.map((one) => ({ ...one, address: 'one@group.example' })));
    expect(breaches(blind, keepsInterval)).toBe(0);
    expect(breaches(blind, keepsCap)).toBeGreaterThan(0);
  });

  test('with the contact between two others forgotten, the steps’ property fails', () => {
    const forgetful = WALKS.map((contacts) => contacts.filter(({ level }) => level !== 'FIRM'));
    expect(breaches(forgetful, risesByOne)).toBeGreaterThan(0);
  });

  test('with the past forgotten half-way, FINAL comes twice', () => {
    const twice = WALKS.map((contacts) => [...contacts, ...contacts]);
    expect(breaches(twice, isOnlyFinal)).toBeGreaterThan(0);
  });

  test('on a calendar that never closes, mail would leave on days off', () => {
    expect(breaches(walk(quarter({ 'calendar.preset': 'continuous' })), isWorkingDay)).toBeGreaterThan(0);
  });

  test('with the blocks taken away, blocked items would be written about', () => {
    const original = new Map(LEDGERS.flat().map((facts) => [facts.items, facts]));
    const unblocked = walk(quarter({}), (facts) => ({ ...facts, blocks: [] }));
    expect(
      breaches(
        unblocked,
        isUnblocked(({ facts }) => original.get(facts.items) ?? facts),
      ),
    ).toBeGreaterThan(0);
  });
});

describe('a planning day that was missed', () => {
  /**
   * What may rightly come between: a block or a season begins; a large item falls due, beside which the one that triggered is a residue
   * (`not-yet`); the item reaches 90 days when the episode's FINAL was spent on another, so that it is a person's turn.
   */
  const MAY_COME_BETWEEN: ReadonlySet<string> = new Set([
    'blocked',
    'reply-awaiting',
    'quiet-season',
    'net-not-positive',
    'not-yet',
    'ladder-complete',
  ]);

  /** Contacts of a year whose day and as many more are left out: is the account contacted on the next planning day, or rightly not? */
  function lost(missedDays: number): { readonly missed: number; readonly lost: readonly string[]; readonly caughtUp: number } {
    const alone = WALKS.filter((_, index) => LEDGERS[index]?.length === 1).flat();
    const placed = alone.map((one) => ({ one, next: YEAR[YEAR.indexOf(one.day) + missedDays] })).filter(({ next }) => next !== undefined);
    const notCaughtUp = placed.flatMap(({ one, next = one.day }) => {
      const { outcome } = planAccount(one.facts, next);
      const isCaughtUp = outcome.kind === 'reminders' || MAY_COME_BETWEEN.has(outcome.reason.code);
      return isCaughtUp ? [] : [`${one.on.toString()} ${one.level}, then ${outcome.reason.code} on ${next.asOn.toString()}`];
    });
    return {
      missed: placed.length,
      lost: notCaughtUp,
      caughtUp: placed.filter(({ one, next = one.day }) => planAccount(one.facts, next).outcome.kind === 'reminders').length,
    };
  }

  test.each([1, 2, 5])('is caught up, however many were missed: %i', (days) => {
    const found = lost(days);
    expect(found.lost).toEqual([]);
    expect(found.missed).toBeGreaterThan(1_000);
    // What comes between is the exception.
    expect(found.caughtUp / found.missed).toBeGreaterThan(0.95);
  });
});

test('days on which nothing can have changed are rightly passed over: asked every day, the contacts are the same', () => {
  const quarter = daysFrom(context({ policy: EAGER }), 90);
  let compared = 0;
  for (const [facts] of LEDGERS.slice(0, 150)) {
    if (facts === undefined) continue;
    compared += 1;
    const daysAndLevels = (contacts: readonly Contact[]) => contacts.map(({ on, level }) => `${on.toString()} ${level}`);
    expect(daysAndLevels(contactsOf([facts], quarter))).toEqual(daysAndLevels(dailyContacts(facts, quarter)));
  }
  expect(compared).toBe(150);
});
