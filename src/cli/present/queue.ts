import { amountsText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { hint, table, type Block, type Column } from '../page.ts';
import type { QueueView } from '../../app/reminder-view.ts';

export interface QueueData {
  readonly reminders: readonly QueueView[];
  readonly next: string | null;
}

/** What a narrow terminal loses first is what `show` tells best. */
const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right' },
  { title: 'SCORE', align: 'right' },
  { title: 'CUSTOMER' },
  { title: 'NAME', least: 8, leaveOut: 1 },
  { title: 'LEVEL' },
  { title: 'ITEMS', align: 'right', leaveOut: 3 },
  { title: 'DAYS', align: 'right', leaveOut: 2 },
  { title: 'ASKED', align: 'right' },
  { title: 'STATUS', least: 10, leaveOut: 4 },
];

/** One line per reminder, in the order given. */
export const queueTable = (reminders: readonly QueueView[]): Block =>
  table(
    COLUMNS,
    reminders.map((one) => [
      String(one.id),
      String(one.score),
      one.customer.code,
      one.customer.name,
      one.level,
      String(one.items),
      String(one.oldestDaysPastDue),
      amountsText(one.totals),
      one.statusWord,
    ]),
  );

export const queuePresenter: Presenter<QueueData> = {
  page: ({ reminders, next }) => [
    ...(reminders.length === 0 ? [] : [queueTable(reminders)]),
    ...(next === null ? [] : [hint(`more: add --after ${next}`)]),
  ],
  csv: ({ reminders }) => ({
    columns: [
      'id',
      'status',
      'score',
      'customer',
      'name',
      'nameAr',
      'type',
      'level',
      'items',
      'oldestDaysPastDue',
      'currency',
      'amount',
      'to',
      'scheduledFor',
    ],
    // One row per currency: amounts of two currencies in one cell could not be added up by a spreadsheet.
    rows: reminders.flatMap((one) =>
      one.totals.map(({ currency, amount }) => [
        one.id,
        one.status,
        one.score,
        one.customer.code,
        one.customer.name,
        one.customer.nameAr,
        one.type,
        one.level,
        one.items,
        one.oldestDaysPastDue,
        currency,
        amount,
        one.recipient.address,
        one.scheduledFor,
      ]),
    ),
  }),
};
