import { amountText, dayOfText } from './amounts.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, line, pairs, table, type Block, type Column } from '../page.ts';
import type { explanationView } from '../../app/explanation-view.ts';

type ExplainData = ReturnType<typeof explanationView>['data'];

const ITEM_COLUMNS: readonly Column[] = [
  { title: 'NUMBER' },
  { title: 'KIND', leaveOut: 2 },
  { title: 'DUE', leaveOut: 1 },
  { title: 'DAYS', align: 'right' },
  { title: 'BALANCE', align: 'right' },
];

/** The sentences first: they are what was asked for; then the facts they rest on. */
export const explainPresenter: Presenter<ExplainData> = {
  takesNotes: true,
  page: (data, { notes }) => [
    heading(`${data.customer} ${data.facts.name}, as of ${dayOfText(data.asOn)}`),
    ...notes.map(line),
    gap,
    pairs(...accountFacts(data)),
    ...itemBlocks(data),
  ],
};

function accountFacts({ facts }: ExplainData): readonly (readonly [string, string])[] {
  const { lastContact, recipients, blocks, items } = facts;
  const numberOf = (invoiceId: number | null): string =>
    items.find((item) => item.invoiceId === invoiceId && invoiceId !== null)?.number ?? '';
  return [
    ['Collection', `${facts.collectionStatus}, consolidation ${facts.preference}`],
    [
      'Last contact',
      lastContact === null ? 'none' : `${dayOfText(lastContact.on)}${lastContact.level === null ? '' : `, ${lastContact.level}`}`,
    ],
    ...recipients.map(
      ({ name, address, suppressedWhy }) =>
        ['Address', `${name} <${address}>${suppressedWhy === null ? '' : `, not to be used: ${suppressedWhy}`}`] as const,
    ),
    ...blocks.map(({ kind, invoiceId, reason, untilOn }) => {
      const what = [kind, numberOf(invoiceId), untilOn === null ? '' : `until ${dayOfText(untilOn)}`].filter((part) => part !== '');
      return ['Block', `${what.join(' ')}: ${reason}`] as const;
    }),
  ];
}

function itemBlocks({ facts: { items } }: ExplainData): readonly Block[] {
  if (items.length === 0) return [];
  const rows = items.map((item) => [item.number, item.kind, item.dueOn ?? '', daysText(item.daysPastDue), amountText(item.balance)]);
  return [gap, table(ITEM_COLUMNS, rows)];
}

const daysText = (days: number | null): string => (days === null ? '' : days > 0 ? String(days) : 'not due');
