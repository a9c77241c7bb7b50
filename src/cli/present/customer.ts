import { amountText, dayOfText } from './amounts.ts';
import { genericPresenter } from './generic.ts';
import type { Presenter, PresentContext } from './presenter.ts';
import { gap, heading, pairs, table, type Block, type Page } from '../page.ts';
import type { CustomerView } from '../../app/customers/show-customer.ts';

interface Found {
  readonly customers: readonly {
    readonly code: string;
    readonly name: string;
    readonly nameAr: string | null;
    readonly collectionStatus: string;
    readonly isActive: boolean;
    readonly matched: string;
    readonly matchedText: string;
  }[];
}

/** A list of those found, one customer in full, or whatever else the verb answers. */
export const customerPresenter: Presenter<unknown> = {
  page: (data, context) => {
    if (isFound(data)) return foundPage(data);
    return isCustomer(data) ? customerPage(data) : genericPresenter.page(data, context satisfies PresentContext);
  },
};

const isFound = (data: unknown): data is Found => typeof data === 'object' && data !== null && 'customers' in data;
const isCustomer = (data: unknown): data is CustomerView => typeof data === 'object' && data !== null && 'timeline' in data;

const foundPage = ({ customers }: Found): Page => [
  table(
    [
      { title: 'CODE' },
      { title: 'NAME', least: 16 },
      { title: 'الاسم', least: 12, leaveOut: 2 },
      { title: 'FOUND BY', least: 12, leaveOut: 1 },
      { title: 'STATUS' },
    ],
    customers.map(({ code, name, nameAr, matched, matchedText, collectionStatus, isActive }) => [
      code,
      name,
      nameAr ?? '',
      matched === 'name' ? 'name' : `${matched} ${matchedText}`,
      isActive ? collectionStatus : 'INACTIVE',
    ]),
  ),
];

function customerPage(view: CustomerView): Page {
  const { customer } = view;
  return [
    heading(`${customer.code} ${customer.name}${customer.nameAr === null ? '' : ` ${customer.nameAr}`}`),
    pairs(...moneyPairs(view), ...settingPairs(view), ...peoplePairs(view)),
    ...(view.tasks.length === 0
      ? []
      : [
          gap,
          heading('Waits for a person'),
          pairs(...view.tasks.map(({ kind, reason, sinceOn }) => [kind, `${reason}, since ${dayOfText(sinceOn)}`] as const)),
        ]),
    ...itemsTable(view),
    ...timelineTable(view),
  ];
}

type Pairs = readonly (readonly [string, string])[];

const moneyPairs = ({ balance, overdue, ageing, liveReminders }: CustomerView): Pairs => [
  ['Balance', balance.map(amountText).join(' and ') || 'nothing open'],
  ['Overdue', overdue.map(amountText).join(' and ') || 'nothing'],
  ...ageing.map(({ buckets }) => ['Ageing', buckets.map((bucket) => `${bucket.days}: ${amountText(bucket)}`).join(', ')] as const),
  ...liveReminders.map(({ id, status, level }) => ['Reminder', `${id} ${level} ${status}`] as const),
];

function settingPairs({ customer, blocks }: CustomerView): Pairs {
  const parts: Pairs = [
    ['Billed through', customer.billTo ?? ''],
    ['Collection', `${customer.isActive ? customer.collectionStatus : 'INACTIVE'}, consolidation ${customer.consolidationPreference}`],
    ['Language', customer.language ?? ''],
    [
      'Terms',
      customer.paymentTermsDays === null
        ? ''
        : `${customer.paymentTermsDays} days${customer.graceDays === null ? '' : `, ${customer.graceDays} of grace`}`,
    ],
    ['Credit limit', customer.creditLimit === null ? '' : amountText(customer.creditLimit)],
    ['TRN', customer.trn ?? ''],
    ['Phone', customer.phone ?? ''],
    ['Owner', customer.owner ?? ''],
    ['Notes', customer.notes ?? ''],
    ...blocks.map(
      ({ id, kind, invoice, reason, untilOn }) =>
        [
          'Block',
          `${id} ${kind}${invoice === null ? '' : ` ${invoice}`}${untilOn === null ? '' : ` until ${dayOfText(untilOn)}`}: ${reason}`,
        ] as const,
    ),
  ];
  return parts.filter(([, text]) => text !== '');
}

const peoplePairs = ({ contacts }: CustomerView): Pairs =>
  contacts
    .filter(({ isActive }) => isActive)
    .map(({ name, address, phone, suppressedWhy }) => [
      'Contact',
      [name, address === null ? '' : `<${address}>`, phone ?? '', suppressedWhy === null ? '' : `(not to be used: ${suppressedWhy})`]
        .filter((part) => part !== '')
        .join(' '),
    ]);

function itemsTable({ items }: CustomerView): readonly Block[] {
  if (items.length === 0) return [];
  const columns = [
    { title: 'NUMBER' },
    { title: 'ORDER', leaveOut: 2 },
    { title: 'BRANCH', leaveOut: 3 },
    { title: 'DUE', leaveOut: 1 },
    { title: 'DAYS', align: 'right' as const },
    { title: 'BALANCE', align: 'right' as const },
  ];
  const rows = items.map(({ number, order, branch, dueOn, daysPastDue, balance }) => [
    number,
    order ?? '',
    branch,
    dueOn ?? '',
    daysPastDue === null ? '' : daysPastDue > 0 ? String(daysPastDue) : 'not due',
    amountText(balance),
  ]);
  return [gap, table(columns, rows)];
}

function timelineTable({ timeline }: CustomerView): readonly Block[] {
  if (timeline.length === 0) return [];
  const rows = timeline.map(({ on, kind, id, what, amount, isUndone }) => [
    on,
    `${kind} ${id}`,
    `${isUndone ? '(undone) ' : ''}${what}`,
    amount === null ? '' : amountText(amount),
  ]);
  return [
    gap,
    table([{ title: 'DAY' }, { title: 'EVENT' }, { title: 'WHAT', least: 20 }, { title: 'AMOUNT', align: 'right', leaveOut: 1 }], rows),
  ];
}
