import { describe, expect, test } from 'vitest';

import type { CalendarPresetName } from '../../src/domain/calendar/calendar-presets.ts';
import { lookAhead } from '../../src/domain/look-ahead.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import { accountDay, planningDay, type PlanningContext } from '../../src/domain/planning-day.ts';
import { contact, context, day, invoice, owing, reminderOf, skipOf, type ContextChanges } from './builders.ts';

const keeping = (calendarPreset: CalendarPresetName | null, overdueFor: number, at: PlanningContext) =>
  planAccount(owing([invoice('5000', { overdueFor, asOn: at.asOn })], { account: { calendarPreset } }), at);

const leavesAt = (calendarPreset: CalendarPresetName | null, when: ContextChanges): string =>
  reminderOf(keeping(calendarPreset, 30, context(when))).scheduledFor.toString();

describe('a customer who keeps a week of its own', () => {
  test.each([
    ['the company’s own', null, '2026-11-27', '2026-11-27T05:00:00Z'],
    ['Saudi, closed on Friday', 'saudi', '2026-11-27', '2026-11-29T06:00:00Z'],
    ['Saudi, open on Sunday', 'saudi', '2026-11-29', '2026-11-29T06:00:00Z'],
    ['Sharjah, closed on Friday', 'sharjah', '2026-11-27', '2026-11-30T04:00:00Z'],
    ['Kuwait, open on UAE National Day', 'kuwait', '2026-12-02', '2026-12-02T06:00:00Z'],
    ['the company’s own, closed on National Day', null, '2026-12-02', '2026-12-04T05:00:00Z'],
  ] as const)('is written to in its hours: %s', (_, preset, asOn, at) => {
    expect(leavesAt(preset, { asOn: day(asOn), at: '08:00' })).toBe(at);
  });

  test.each([
    // Due Wednesday 18 November; Friday and Sunday count for one week and not for the other.
    ['Monday to Friday', null, 5, null],
    ['Monday to Friday, one day earlier', null, 4, 'not-yet'],
    ['Sunday to Thursday', 'saudi', 5, null],
    ['Monday to Thursday', 'sharjah', 5, 'not-yet'],
    ['Monday to Thursday, one day later', 'sharjah', 6, null],
  ] as const)('has its trigger counted in its own working days: %s', (_, preset, overdueFor, code) => {
    const at = context({ asOn: day('2026-11-18').add({ days: overdueFor }) });
    expect(skipOf(keeping(preset, overdueFor, at))?.code ?? null).toBe(code);
  });

  test('needs a person while the company is away, and after the company’s long break, though it works itself', () => {
    // National Day 2026, Wednesday and Thursday, is the company's and not Kuwait's; the week after is ordinary.
    const needs = (asOn: string) => reminderOf(keeping('kuwait', 30, context({ asOn: day(asOn) }))).approvalNeeds;
    expect(needs('2026-12-02')).toContain('after-long-break');
    expect(needs('2026-12-08')).not.toContain('after-long-break');
  });

  test('has the ledger’s age counted on the company’s calendar, whose ledger it is', () => {
    const company = { ledgerAsOn: { invoices: day('2026-11-20'), receipts: null } };
    const at = context({ asOn: day('2026-11-26'), company });
    expect(planningDay(at).ledgerStaleSince?.toString()).toBe('2026-11-20');
    expect(accountDay({ calendarPreset: 'sharjah' }, at).ledgerStaleSince?.toString()).toBe('2026-11-20');
  });

  test('is silent in a year its own calendar knows nothing of, while others are written to', () => {
    const at = { ...context({ asOn: day('2026-11-23') }), calendarOf: () => context({ asOn: day('2026-11-23') }).calendarOf('saudi') };
    expect(keeping('saudi', 30, at).outcome.kind).toBe('reminders');
    const early = context({ asOn: day('2025-06-02') });
    expect(skipOf(keeping('saudi', 30, early))).toEqual({ code: 'calendar-unconfirmed', year: 2025 });
    expect(keeping(null, 30, early).outcome.kind).toBe('reminders');
  });

  test('is foretold for the day it is written to, not for the day the company plans', () => {
    // The interval ends on Friday 27 November, when the company plans and Riyadh rests.
    const at = context({ asOn: day('2026-11-24') });
    const facts = (calendarPreset: CalendarPresetName | null) =>
      owing([invoice('5000', { overdueFor: 10 })], { contacts: [contact('POLITE', 3)], account: { calendarPreset } });
    expect(lookAhead(facts(null), at, 30)?.on.toString()).toBe('2026-11-27');
    expect(lookAhead(facts('saudi'), at, 30)?.on.toString()).toBe('2026-11-29');
  });

  test('the guard matters: judged on the company’s calendar it would be written to on its day of rest', () => {
    const at = context({ asOn: day('2026-11-27') });
    const wrong = { ...at, calendarOf: () => at.calendar };
    expect(reminderOf(keeping('saudi', 30, wrong)).scheduledFor.toString()).toBe('2026-11-27T05:00:00Z');
  });
});
