import { describe, expect, test } from 'vitest';

import type { AccountFacts } from '../../src/domain/account-facts.ts';
import { dayNumber } from '../../src/domain/days.ts';
import { asId } from '../../src/domain/ids.ts';
import { planningDay } from '../../src/domain/planning-day.ts';
import { bothParts, simulate, simulatedSteps, simulatedTotals } from '../../src/domain/simulate.ts';
import { ESCALATION_LEVELS } from '../../src/domain/vocabulary.ts';
import { account, block, contact, context, day, invoice, liveReminder, owing, recipient } from './builders.ts';
import { contactsOf, daysFrom } from './walks.ts';

const QUARTER = daysFrom(context(), 90);

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
