import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { standsOn } from '../../src/domain/blocks.ts';
import { contactDays } from '../../src/domain/contact-days.ts';
import { intervalDays } from '../../src/domain/contact-interval.ts';
import { dayNumber, daysBetween, type Day } from '../../src/domain/days.ts';
import { asId } from '../../src/domain/ids.ts';
import { planningDay, type PlanningContext } from '../../src/domain/planning-day.ts';
import { bothParts, simulate, simulatedSteps, simulatedTotals } from '../../src/domain/simulate.ts';
import { ESCALATION_LEVELS, type EscalationLevel } from '../../src/domain/vocabulary.ts';
import { account, block, calendarOf, contact, context, day, invoice, liveReminder, owing, recipient, remindersOf } from './builders.ts';
import { factsArbitrary } from './generated.ts';

const daysFrom = (at: PlanningContext, days: number): readonly PlanningContext[] => [...contactDays(at, { from: 0, to: days - 1 })];

const YEAR = daysFrom(context({ policy: { 'trigger.workingDays': '0', 'minimum.amount': '0' } }), 365);
const QUARTER = daysFrom(context(), 90);

interface Contact {
  readonly on: Day;
  readonly day: PlanningContext;
  readonly facts: AccountFacts;
  /** The highest of the day. */
  readonly level: EscalationLevel;
  readonly invoiceIds: ReadonlySet<number | null>;
}

const rank = (level: EscalationLevel): number => ESCALATION_LEVELS.indexOf(level);

function contactsOf(accounts: readonly AccountFacts[], days: readonly PlanningContext[]): readonly Contact[] {
  return [...simulatedSteps(accounts, days)].flatMap(({ day: at, facts, decision }) => {
    const reminders = remindersOf(decision);
    const [level] = reminders.map((reminder) => reminder.level).sort((a, b) => rank(b) - rank(a));
    if (level === undefined) return [];
    const invoiceIds = new Set(reminders.flatMap(({ lines }) => lines.filter((row) => row.kind === 'INVOICE').map((row) => row.invoiceId)));
    return [{ on: at.asOn, day: at, facts, level, invoiceIds }];
  });
}

/** Holds for each contact and the one before it, over simulated years of generated accounts; the counterexample otherwise. */
function broken(holds: (contact: Contact, before: Contact | undefined, earlier: readonly Contact[]) => boolean): string {
  const property = fc.property(factsArbitrary, (facts) => {
    const contacts = contactsOf([facts], YEAR);
    return contacts.every((one, index) => holds(one, contacts[index - 1], contacts.slice(0, index)));
  });
  const { failed, counterexample } = fc.check(property, { numRuns: 120, seed: 20_261_123 });
  return failed ? JSON.stringify(counterexample, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) : '';
}

describe('over a simulated year of any account', { timeout: 120_000 }, () => {
  test('no contact comes closer than the interval after the one before', () => {
    expect(
      broken(
        ({ on, facts, day: at }, before) =>
          before === undefined || daysBetween(before.on, on) >= intervalDays(before.level, facts.account, at.policy),
      ),
    ).toBe('');
  });

  test('no contact comes above the weekly cap', () => {
    expect(
      broken(
        ({ on, day: at }, _before, earlier) => earlier.filter((one) => daysBetween(one.on, on) < 7).length < at.policy.cap.contactsPerWeek,
      ),
    ).toBe('');
  });

  test('the level never rises by two steps at once', () => {
    expect(broken(({ level }, before) => rank(level) - (before === undefined ? rank(level) : rank(before.level)) <= 1)).toBe('');
  });

  test('FINAL comes once: nobody pays, so the episode is one', () => {
    expect(broken(({ level }, _before, earlier) => level !== 'FINAL' || earlier.every((one) => one.level !== 'FINAL'))).toBe('');
  });

  test('nothing leaves on a day the calendar is closed', () => {
    expect(broken(({ on }) => calendarOf('uae-private').dayAt(dayNumber(on)).kind === 'working')).toBe('');
  });

  test('nothing wholly blocked is written about', () => {
    const isWhole = ({ facts, on, invoiceIds }: Contact): boolean =>
      facts.blocks.every(
        (one) => one.amountMinor !== null || !standsOn(one, dayNumber(on)) || (one.invoiceId !== null && !invoiceIds.has(one.invoiceId)),
      );
    expect(broken(isWhole)).toBe('');
  });

  test('the guard matters: generated accounts are contacted, climb, and reach FINAL', () => {
    const all = fc.sample(factsArbitrary, { numRuns: 120, seed: 20_261_123 }).map((facts) => contactsOf([facts], YEAR));
    expect(all.filter((contacts) => contacts.length > 2).length).toBeGreaterThan(20);
    expect(all.filter((contacts) => contacts.some(({ level }) => level === 'FINAL')).length).toBeGreaterThan(10);
    expect(all.flat().some(({ facts }) => facts.blocks.length > 0)).toBe(true);
  });
});

describe('one account that never pays', () => {
  const facts = owing([invoice('5000'), invoice('3000', { id: 2 })]);

  test('climbs the ladder a step at a time, gets one FINAL, and then needs a person', () => {
    const days = simulate([facts], QUARTER);
    const steps = days.filter(({ reminders }) => reminders > 0).map(({ byLevel }) => ESCALATION_LEVELS.find((level) => byLevel[level] > 0));
    expect(steps[0]).toBe('POLITE');
    expect(steps.at(-1)).toBe('FINAL');
    expect(simulatedTotals(days)).toMatchObject({ byLevel: { FINAL: 1 }, ladderComplete: 1 });
  });

  test('has every reminder over both items counted as one email fewer', () => {
    const { reminders, itemsCovered, emailsAvoided } = simulatedTotals(simulate([facts], QUARTER));
    expect(itemsCovered).toBe(2 * reminders);
    expect(emailsAvoided).toBe(reminders);
  });

  test('is judged on fewer days than there are: between contacts nothing can change', () => {
    expect([...simulatedSteps([facts], QUARTER)].length).toBeLessThan(QUARTER.length / 2);
  });

  test('gives the same contacts as judging it anew on every day', () => {
    const sleepless = QUARTER.reduce<{ readonly contacts: AccountFacts['contacts']; readonly days: readonly string[] }>(
      ({ contacts, days }, at) => {
        const [one] = contactsOf([{ ...facts, contacts }], [at]);
        if (one === undefined) return { contacts, days };
        const finalDeadlineOn = one.level === 'FINAL' ? planningDay(at).finalDeadlineOn : null;
        return {
          contacts: [{ on: at.asOn, level: one.level, isDelivered: true, isAutomatic: false, finalDeadlineOn }, ...contacts],
          days: [...days, at.asOn.toString()],
        };
      },
      { contacts: [], days: [] },
    );
    expect(contactsOf([facts], QUARTER).map(({ on }) => on.toString())).toEqual(sleepless.days);
  });

  test('who needed a person before is not counted as coming to need one', () => {
    const complete = owing([invoice('5000', { overdueFor: 200 })], {
      contacts: [contact('FINAL', 60, { finalDeadlineOn: day('2026-10-10') })],
    });
    expect(simulatedTotals(simulate([complete], QUARTER))).toMatchObject({ reminders: 0, ladderComplete: 0 });
  });

  test('is contacted again under a reminder that is under way today', () => {
    const live = { ...facts, liveReminders: [liveReminder({ origin: 'MANUAL' })] };
    expect(simulate([live], QUARTER)).toEqual(simulate([facts], QUARTER));
  });
});

describe('the days of a simulation', () => {
  test('are those on which mail can leave: no weekend, and not the day whose window has closed', () => {
    const week = daysFrom(context({ at: '20:00' }), 7).map(({ asOn }) => asOn.toString());
    expect(week).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
  });

  test('include days without any reminder', () => {
    expect(simulate([account()], QUARTER)).toHaveLength(QUARTER.length);
  });
});

test('a promise keeps an account silent in a simulation until it has run out', () => {
  const facts = owing([invoice('5000')], { blocks: [block('PROMISE', { untilOn: day('2026-12-15') })] });
  expect(contactsOf([facts], QUARTER)[0]?.on.toString()).toBe('2026-12-16');
});

describe('two accounts with one address', () => {
  const branch = (id: number, address: string): AccountFacts =>
    owing([invoice('5000')], { account: { id: asId(id) }, recipients: [recipient({ address })] });

  const gaps = (accounts: readonly AccountFacts[]): readonly number[] => {
    const days = contactsOf(accounts, QUARTER).map(({ on }) => dayNumber(on));
    return days.slice(1).map((on, index) => on - (days[index] ?? 0));
  };

  test('share its interval', () => {
    const apart = gaps([branch(1, 'one@group.example'), branch(2, 'one@group.example')]);
    expect(apart.length).toBeGreaterThan(3);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(7);
  });

  test('the guard matters: with an address each, both are written to on the same day', () => {
    expect(Math.min(...gaps([branch(1, 'one@group.example'), branch(2, 'two@group.example')]))).toBe(0);
  });
});

test('a ledger simulated in parts adds up to the whole', () => {
  const one = owing([invoice('5000')]);
  const other = owing([invoice('7000', { overdueFor: -20 })], {
    account: { id: asId(18) },
    recipients: [recipient({ address: 'other@example.com' })],
  });
  expect(bothParts(simulate([one], QUARTER), simulate([other], QUARTER))).toEqual(simulate([one, other], QUARTER));
});
