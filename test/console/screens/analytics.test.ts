/** The analytics screen: the figures of `analytics`, one below the other, at any width. */
import { describe, expect, it } from 'vitest';

import type { DashboardView } from '../../../src/app/insight/read-dashboard.ts';
import { mailView, volumeView } from '../../../src/app/insight/insight-view.ts';
import { NO_MAILS } from '../../../src/domain/insight/delivery-health.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const aed = (amount: string) => ({ currency: 'AED', amount });
const balance = (on: string, overdue: string) => ({
  on,
  currency: 'AED',
  open: aed('8040.00'),
  overdue: aed(overdue),
  over90: aed('40.00'),
  buckets: [
    { bucket: 'current' as const, ...aed('3000.00') },
    { bucket: '1-30' as const, ...aed(overdue) },
  ],
  openItems: 3,
  overdueItems: 2,
  overdueAccounts: 1,
});
const figures = {
  on: '2026-11-22',
  currency: 'AED',
  open: aed('8040.00'),
  billed: aed('9000.00'),
  dso: 80.4,
  countback: 75.1,
  bestPossible: 30,
  averageDaysDelinquent: 50.4,
  collectionEffectiveness: 41.2,
};
const sent = volumeView({ contacts: 4, mails: 4, items: 11, oneByOne: 10 });
const view: DashboardView = {
  asOf: '2026-11-22',
  ageing: {
    asOf: '2026-11-22',
    currencies: [balance('2026-11-22', '5040.00')],
    trend: [balance('2026-11-15', '900.00'), balance('2026-11-22', '5040.00')],
  },
  dso: { asOf: '2026-11-22', days: 90, currencies: [figures], trend: [figures] },
  volume: { from: '2026-08-26', to: '2026-11-23', total: sent, months: [], weeks: [{ startsOn: '2026-11-16', ...sent }] },
  engagement: {
    from: '2026-08-26',
    to: '2026-11-23',
    total: mailView({ ...NO_MAILS, attempts: 5, accepted: 4, replied: 1, acceptMs: 800, promptly: 4 }),
    byLevel: [],
    byLanguage: [],
    byWeekday: [],
    bySegment: [],
    promises: { kept: 3, broken: 1, reliability: { percent: 75, low: 30.1, high: 95.4 } },
    cheques: { cleared: 0, returned: 0, unheard: 0, reliability: null },
  },
  queue: { cashAtRisk: aed('1200.00'), waiting: [] },
};

describe('analytics', () => {
  it.each([60, 80, 120, 200])('shows at %i columns what is open and overdue, and what it rests on', (columns) => {
    const desk = new AConsole(columns, 60);
    desk.queueAnswered([aReminderRow(1)]);
    desk.types('6');
    desk.answered(view);
    const text = desk.text();
    for (const part of ['Overview; balances of', 'AED 5,040.00', '1-30', '█']) expect(text).toContain(part);
    expect(Math.max(...desk.frame().map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  });

  it('has DSO, the mails saved and what waits further down', () => {
    const desk = new AConsole(100, 100);
    desk.queueAnswered([aReminderRow(1)]);
    desk.types('6');
    desk.answered(view);
    for (const part of ['80.4', '6 emails saved, 60 %', '3 kept, 1 broken', 'Nothing waits.'])
      expect(desk.text().replaceAll(/\s+/g, ' ')).toContain(part);
  });
});
