import { amountsText } from './amounts.ts';
import { runBlocks } from './plan.ts';
import type { Presenter } from './presenter.ts';
import { table, type Column } from '../page.ts';
import type { RunView } from '../../app/reminder-view.ts';

const COLUMNS: readonly Column[] = [
  { title: 'RUN', align: 'right' },
  { title: 'AS OF' },
  { title: 'OVERDUE', align: 'right', leaveOut: 2 },
  { title: 'CUSTOMERS', align: 'right', leaveOut: 3 },
  { title: 'REMINDERS', align: 'right' },
  { title: 'FEWER EMAILS', align: 'right', leaveOut: 1 },
  { title: 'ASKED', align: 'right' },
];

const rowOf = (run: RunView): readonly string[] => [
  String(run.id ?? '-'),
  run.asOn,
  String(run.overdueItems),
  String(run.overdueCustomers),
  String(run.reminders),
  String(run.emailsAvoided),
  amountsText(run.totals),
];

/** One run in full, several as a list. */
export const runsPresenter: Presenter<{ readonly runs: readonly RunView[] }> = {
  page: ({ runs }) => {
    const [first, ...others] = runs;
    if (first === undefined) return [];
    return others.length === 0 ? runBlocks(first) : [table(COLUMNS, runs.map(rowOf))];
  },
  csv: ({ runs }) => ({
    columns: ['run', 'asOn', 'overdueItems', 'overdueCustomers', 'reminders', 'itemsCovered', 'emailsAvoided', 'currency', 'amount'],
    rows: runs.flatMap((run) => {
      const figures = [run.id, run.asOn, run.overdueItems, run.overdueCustomers, run.reminders, run.itemsCovered, run.emailsAvoided];
      return run.totals.length === 0
        ? [[...figures, null, null]]
        : run.totals.map(({ currency, amount }) => [...figures, currency, amount]);
    }),
  }),
};
