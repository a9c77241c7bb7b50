/** What is open by age, and days sales outstanding with its kin. */
import type { AgeingView } from '../../../app/insight/read-ageing.ts';
import type { DsoView } from '../../../app/insight/read-dso.ts';
import { gap, heading, line, table, type Page } from '../../page.ts';
import type { CsvTable } from '../../csv-text.ts';
import { amountText, counted, dayOfText } from '../amounts.ts';
import { bar, barOf, lengthOf } from './bars.ts';

const CELLS = 30;

export function ageingPage({ asOf, currencies, trend }: AgeingView): Page {
  return [
    heading(`Open invoices by age, ${dayOfText(asOf)}`),
    ...(currencies.length === 0 ? [line('Nothing is open.')] : []),
    ...currencies.flatMap(({ currency, open, overdue, over90, buckets, openItems, overdueItems, overdueAccounts }) => [
      gap,
      line(
        `${amountText(open)} open in ${counted(openItems, 'invoice')}; ${amountText(overdue)} overdue in ${overdueItems}, of ${counted(overdueAccounts, 'customer')}; ${amountText(over90)} over 90 days.`,
      ),
      table(
        [{ title: 'DAYS PAST DUE' }, { title: currency, align: 'right' }, { title: 'SHARE', leaveOut: 1 }],
        buckets.map((bucket) => [
          bucket.bucket,
          amountText(bucket).slice(currency.length + 1),
          bar(lengthOf(bucket), Math.max(...buckets.map(lengthOf)), CELLS),
        ]),
      ),
      ...(trend.filter((day) => day.currency === currency).length < 2
        ? []
        : [gap, ...trendBlocks(trend.filter((day) => day.currency === currency))]),
    ]),
  ];
}

function trendBlocks(trend: AgeingView['trend']): Page {
  const most = Math.max(...trend.map(({ open }) => lengthOf(open)));
  return [
    table(
      [
        { title: 'EVENING OF' },
        { title: 'OVERDUE', align: 'right' },
        { title: 'OPEN', align: 'right', leaveOut: 1 },
        { title: 'OVERDUE, AND · OPEN', leaveOut: 2 },
      ],
      trend.map(({ on, overdue, open }) => [on, amountText(overdue), amountText(open), barOf(lengthOf(overdue), lengthOf(open), most, 20)]),
    ),
  ];
}

export const ageingCsv = ({ trend }: AgeingView): CsvTable => ({
  columns: [
    'on',
    'currency',
    'open',
    'overdue',
    'over90',
    ...(trend[0]?.buckets.map(({ bucket }) => bucket) ?? []),
    'openItems',
    'overdueItems',
    'overdueAccounts',
  ],
  rows: trend.map((day) => [
    day.on,
    day.currency,
    day.open.amount,
    day.overdue.amount,
    day.over90.amount,
    ...day.buckets.map(({ amount }) => amount),
    day.openItems,
    day.overdueItems,
    day.overdueAccounts,
  ]),
});

const shown = (value: number | null, unit = ''): string => (value === null ? '-' : `${value.toFixed(1)}${unit}`);

export function dsoPage({ asOf, days, currencies, trend }: DsoView): Page {
  const most = Math.max(0, ...trend.map(({ dso }) => dso ?? 0));
  return [
    heading(`Days sales outstanding, ${dayOfText(asOf)}, over ${days} days`),
    ...(currencies.length === 0 ? [line('Nothing was billed and nothing is open.')] : []),
    ...currencies.flatMap((figures) => [
      gap,
      line(`${amountText(figures.open)} open, ${amountText(figures.billed)} billed in ${days} days.`),
      table(
        [
          { title: figures.currency },
          { title: 'DSO', align: 'right' },
          { title: 'COUNTBACK', align: 'right' },
          { title: 'BEST', align: 'right' },
          { title: 'LATE', align: 'right' },
          { title: 'CEI', align: 'right' },
          { title: 'DSO IN DAYS', leaveOut: 1 },
        ],
        trend
          .filter(({ currency }) => currency === figures.currency)
          .map((at) => [
            at.on,
            shown(at.dso),
            shown(at.countback),
            shown(at.bestPossible),
            shown(at.averageDaysDelinquent),
            shown(at.collectionEffectiveness, ' %'),
            bar(at.dso ?? 0, most, 20),
          ]),
      ),
    ]),
    gap,
    line(
      'COUNTBACK uses up the billing of month after month; BEST is what it would be if nothing were overdue, LATE the rest; CEI is what was collected of what could have been.',
    ),
  ];
}

export const dsoCsv = ({ trend }: DsoView): CsvTable => ({
  columns: ['on', 'currency', 'open', 'billed', 'dso', 'countback', 'bestPossible', 'averageDaysDelinquent', 'collectionEffectiveness'],
  rows: trend.map((at) => [
    at.on,
    at.currency,
    at.open.amount,
    at.billed.amount,
    at.dso,
    at.countback,
    at.bestPossible,
    at.averageDaysDelinquent,
    at.collectionEffectiveness,
  ]),
});
