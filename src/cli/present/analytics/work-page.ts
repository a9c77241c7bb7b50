/** What waits and who works, what to do next, and the overview. */
import type { DashboardView } from '../../../app/insight/read-dashboard.ts';
import type { QueueHealthView, WaitingView } from '../../../app/insight/read-queue-health.ts';
import type { SuggestionsView } from '../../../app/insight/read-suggestions.ts';
import { gap, heading, hint, line, pairs, table, type Page } from '../../page.ts';
import type { CsvTable } from '../../csv-text.ts';
import { amountText, amountsText, counted, dayOfText } from '../amounts.ts';
import { bar } from './bars.ts';
import { savedText } from './volume-page.ts';

const spell = (minutes: number | null): string => {
  if (minutes === null) return '-';
  if (minutes < 90) return `${minutes} minutes`;
  return minutes < 60 * 48 ? `${(minutes / 60).toFixed(1)} hours` : `${(minutes / 1_440).toFixed(1)} days`;
};

export function queuePage(view: QueueHealthView): Page {
  const { approvals, work } = view;
  return [
    heading(`The queue now, and the work from ${dayOfText(view.from)} to ${dayOfText(view.to)}`),
    pairs(
      ['Cash at risk', amountText(view.cashAtRisk)],
      ['Approved', `${approvals.byPerson} by a person, ${approvals.byRule} by rule`],
      ...(approvals.medianMinutes === null
        ? []
        : [
            [
              'Until approved',
              `half within ${spell(approvals.medianMinutes)}, nine of ten within ${spell(approvals.nineOfTenMinutes)}`,
            ] as const,
          ]),
    ),
    gap,
    waitingBlock(view),
    ...(work.length === 0
      ? []
      : [
          gap,
          table(
            [
              { title: 'PERSON', least: 8 },
              { title: 'ACTS', align: 'right' },
              { title: 'MOST OF THEM', least: 20 },
            ],
            work.map(({ login, acts, verbs }) => [
              login,
              String(acts),
              verbs
                .slice(0, 4)
                .map((one) => `${one.verb} ${one.acts}`)
                .join(', '),
            ]),
          ),
        ]),
  ];
}

/** What waits, the more of it the longer its bar. */
export function waitingBlock({ waiting }: WaitingView): Page[number] {
  const most = Math.max(0, ...waiting.map(({ reminders }) => reminders));
  return waiting.length === 0
    ? line('Nothing waits.')
    : table(
        [
          { title: 'WAITS' },
          { title: 'REMINDERS', align: 'right' },
          { title: 'ASKED', align: 'right' },
          { title: 'AT RISK', align: 'right', leaveOut: 2 },
          { title: 'OLDEST', align: 'right' },
          { title: '', leaveOut: 1 },
        ],
        waiting.map((row) => [
          row.statusWord,
          String(row.reminders),
          amountText(row.value),
          amountText(row.atRisk),
          counted(row.oldestDays, 'day'),
          bar(row.reminders, most, 16),
        ]),
      );
}

export const queueCsv = ({ waiting }: QueueHealthView): CsvTable => ({
  columns: ['status', 'reminders', 'currency', 'value', 'atRisk', 'oldestDays'],
  rows: waiting.map((row) => [row.status, row.reminders, row.value.currency, row.value.amount, row.atRisk.amount, row.oldestDays]),
});

export const suggestionsPage = ({ suggestions }: SuggestionsView): Page =>
  suggestions.length === 0
    ? [line('Nothing stands out.')]
    : suggestions.flatMap(({ because, tryThis, money, customers }, index) => [
        ...(index === 0 ? [] : [gap]),
        line(because),
        ...(money.length === 0 ? [] : [line(`It is about ${amountsText(money)}.`)]),
        ...(customers.length === 0 ? [] : [line(`The first: ${customers.join(', ')}.`)]),
        hint(tryThis),
      ]);

export const suggestionsCsv = ({ suggestions }: SuggestionsView): CsvTable => ({
  columns: ['code', 'count', 'currency', 'amount', 'customers', 'because', 'tryThis'],
  rows: suggestions.flatMap(({ code, count, money, customers, because, tryThis }) =>
    (money.length === 0 ? [{ currency: null, amount: null }] : money).map(({ currency, amount }) => [
      code,
      count,
      currency,
      amount,
      customers.join(' '),
      because,
      tryThis,
    ]),
  ),
});

export function overviewPage({ asOf, ageing, dso, volume, engagement, queue }: DashboardView): Page {
  const { total } = engagement;
  return [
    heading(`Overview; balances of ${dayOfText(asOf)}, mail of 90 days`),
    ...ageing.currencies.map(({ open, overdue, over90, overdueAccounts }) =>
      line(
        `${amountText(open)} open, ${amountText(overdue)} overdue of ${counted(overdueAccounts, 'customer')}, ${amountText(over90)} over 90 days.`,
      ),
    ),
    ...dso.currencies
      .filter((figures) => figures.dso !== null)
      .map((figures) =>
        line(
          `${figures.currency}: DSO ${figures.dso ?? '-'} days, ${figures.bestPossible ?? '-'} at best; countback ${figures.countback ?? '-'}; collected ${figures.collectionEffectiveness ?? '-'} % of what could have been.`,
        ),
      ),
    gap,
    line(savedText(volume.total)),
    line(
      `${total.accepted} of ${counted(total.attempts, 'attempt')} accepted, ${total.returned} came back, ${total.uncertain} uncertain, ${total.replied} answered.`,
    ),
    line(
      `${amountText(queue.cashAtRisk)} at risk in ${counted(
        queue.waiting.reduce((sum, { reminders }) => sum + reminders, 0),
        'reminder',
      )} that wait.`,
    ),
  ];
}
