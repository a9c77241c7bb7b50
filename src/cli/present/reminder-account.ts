/** What a person weighs before deciding about a reminder, as blocks of a page. */
import { amountsText, amountText, counted, dayOfText } from './amounts.ts';
import { gap, heading, pairs, table, type Block } from '../page.ts';
import type { ReminderAccount } from '../../app/read-reminder-account.ts';

export const accountBlocks = (account: ReminderAccount): readonly Block[] => [
  gap,
  heading('The account'),
  pairs(...accountPairs(account)),
  ...leftOutBlocks(account),
];

function accountPairs(account: ReminderAccount): readonly (readonly [string, string])[] {
  const { lastPayment, lastSpoken, lastReply, lastDelivered, sinceLast, notYetDue } = account;
  const rows: readonly (readonly [string, string | null])[] = [
    ['If unpaid', nextWords(account.next)],
    ['Since the last one', sinceLast === null ? 'the first in this account’s books' : sinceWords(sinceLast)],
    [
      'Last delivered',
      lastDelivered === null
        ? 'nothing yet'
        : `${dayOfText(lastDelivered.on)}${lastDelivered.level === null ? '' : `, ${lastDelivered.level}`}`,
    ],
    [
      'Last payment',
      lastPayment === null
        ? 'none on record'
        : `${lastPayment.amount === null ? '' : `${amountText(lastPayment.amount)} on `}${dayOfText(lastPayment.on)}: ${lastPayment.what}`,
    ],
    ['Usually pays', paysWords(account)],
    ['Promises', promiseWords(account.behaviour)],
    [
      'Balance',
      `${amountsText(account.balance)}${account.creditLimit === null ? '' : `, credit limit ${amountText(account.creditLimit)}`}`,
    ],
    ['Not yet due', notYetDue.items === 0 ? null : `${amountsText(notYetDue.totals)} in ${counted(notYetDue.items, 'item')}`],
    ['Credits', account.credits.length === 0 ? null : amountsText(account.credits)],
    ['Cash not applied', account.unappliedCash.length === 0 ? null : amountsText(account.unappliedCash)],
    ...account.blocks.map(
      ({ what, invoice, reason, reference, untilOn }) =>
        [
          'On record',
          `${what}${invoice === null ? '' : ` on ${invoice}`}${reference === null ? '' : ` (${reference})`}${untilOn === null ? '' : ` until ${dayOfText(untilOn)}`}: ${reason}`,
        ] as const,
    ),
    ['Last spoken to', lastSpoken === null ? 'never' : `${dayOfText(lastSpoken.on)}, ${lastSpoken.what}`],
    ['Last reply', lastReply === null ? 'none' : `${dayOfText(lastReply.on)}, ${lastReply.what}`],
    ['Account manager', account.owner ?? 'nobody'],
    ['Phone', account.phone],
  ];
  return rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== '');
}

const nextWords = ({ on, level }: ReminderAccount['next']): string =>
  level === null ? `after ${dayOfText(on)} it is a person’s turn` : `${level} from ${dayOfText(on)} on`;

function sinceWords({ id, sentOn, level, added, gone }: NonNullable<ReminderAccount['sinceLast']>): string {
  const day = sentOn === null ? '' : ` of ${sentOn.slice(0, 10)}`;
  const changes = [
    ...(added.length === 0 ? [] : [`new: ${named(added)}`]),
    ...(gone.length === 0 ? [] : [`no longer in it: ${named(gone)}`]),
  ];
  return `${level ?? ''} reminder ${id}${day}; ${changes.length === 0 ? 'the same invoices' : changes.join('; ')}`;
}

/** The first few by number, the others counted. */
const MOST_NAMED = 5;

const named = (numbers: readonly string[]): string =>
  numbers.length <= MOST_NAMED ? numbers.join(', ') : `${numbers.slice(0, MOST_NAMED).join(', ')} and ${numbers.length - MOST_NAMED} more`;

function paysWords({ termsDays, behaviour: { settledInvoices, meanDaysLate } }: ReminderAccount): string {
  const terms = termsDays === null ? '' : `, terms ${counted(termsDays, 'day')}`;
  if (meanDaysLate === null) return `nothing settled yet to tell by${terms}`;
  const late = meanDaysLate === 0 ? 'on time' : `${counted(meanDaysLate, 'day')} late`;
  const total = termsDays === null ? '' : `, about ${counted(termsDays + meanDaysLate, 'day')} after the invoice`;
  return `${late}${total}, by ${counted(settledInvoices, 'settled invoice')}${terms}`;
}

const promiseWords = ({ brokenPromises, keptPromises }: ReminderAccount['behaviour']): string | null =>
  brokenPromises + keptPromises === 0 ? null : `${brokenPromises} broken, ${keptPromises} kept`;

function leftOutBlocks({ leftOut }: ReminderAccount): readonly Block[] {
  if (leftOut.length === 0) return [];
  return [
    gap,
    heading('Overdue and left out'),
    table(
      [
        { title: 'NUMBER' },
        { title: 'DUE', leaveOut: 1 },
        { title: 'DAYS', align: 'right' },
        { title: 'BALANCE', align: 'right' },
        { title: 'WHY', least: 12 },
      ],
      leftOut.map(({ number, dueOn, daysPastDue, balance, why }) => [number, dueOn, String(daysPastDue), amountText(balance), why]),
    ),
  ];
}
