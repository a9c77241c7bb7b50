import { amountsText, counted, dayOfText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { skipCounts } from './skip-counts.ts';
import { gap, heading, line, pairs, type Block } from '../page.ts';
import type { RunView } from '../../app/reminder-view.ts';
import { STATUS_WORDS } from '../../domain/reminder-states.ts';

/** What a run found and proposed, for `plan`, `runs ID` and `start`. */
export function runBlocks(run: RunView): readonly Block[] {
  const skipped = Object.values(run.skips).reduce((sum, count) => sum + count, 0);
  return [
    heading(`${run.id === null ? 'Not stored' : `Run ${run.id}`}, as of ${dayOfText(run.asOn)}`),
    pairs(
      ['Overdue', `${counted(run.overdueItems, 'item')} of ${counted(run.overdueCustomers, 'customer')}`],
      ['Reminders', remindersText(run)],
      ['Asked', amountsText(run.totals)],
      ['Covered', `${counted(run.itemsCovered, 'item')}; ${counted(run.emailsAvoided, 'email')} fewer (${run.reductionPercent} %)`],
      ...(Object.keys(run.byStatus).length === 0 ? [] : [['Now', statusesText(run.byStatus)] as const]),
    ),
    ...(skipped === 0 ? [] : [gap, line(`${counted(skipped, 'customer')} not written to, because:`), skipCounts(run.skips)]),
  ];
}

function remindersText({ reminders, byType }: RunView): string {
  const types = Object.entries(byType).map(([type, count]) => `${count} ${type}`);
  return types.length === 0 ? String(reminders) : `${reminders} (${types.join(', ')})`;
}

const statusesText = (byStatus: Readonly<Record<string, number>>): string =>
  Object.entries(byStatus)
    .map(([status, count]) => `${count} ${(STATUS_WORDS as Readonly<Record<string, string>>)[status] ?? status}`)
    .join(', ');

export const planPresenter: Presenter<{ readonly run: RunView }> = { page: ({ run }) => runBlocks(run) };
