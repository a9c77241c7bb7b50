/** An order of the queue as SQL, and the keys by which the next page of it is found. */
import type { QueueRow } from './queue-page.ts';
import type { QueueOrder, QueueSort } from '../../../domain/queue-order.ts';

interface OrderTerm {
  /** Over `r` and its customer `c`; never null. */
  readonly sql: string;
  readonly type: 'bigint' | 'text' | 'timestamptz';
  readonly isDescending: boolean;
  /** As it is compared with again. */
  key(row: QueueRow): string;
}

const atRisk: OrderTerm = { sql: 'r.at_risk_minor', type: 'bigint', isDescending: true, key: (row) => String(row.atRiskMinor) };
const age: OrderTerm = { sql: 'r.oldest_days_past_due', type: 'bigint', isDescending: true, key: (row) => String(row.oldestDaysPastDue) };
const id: OrderTerm = { sql: 'r.id', type: 'bigint', isDescending: false, key: (row) => String(row.id) };
/** Without a rate nobody knows the amount in the base currency: such rows come last. */
const amount: OrderTerm = {
  sql: 'coalesce(r.total_amount_minor, -1)',
  type: 'bigint',
  isDescending: true,
  key: (row) => String(row.totalAmountMinor ?? -1n),
};
const name: OrderTerm = { sql: 'c.name', type: 'text', isDescending: false, key: (row) => row.customerName };
const goes: OrderTerm = { sql: 'r.scheduled_for', type: 'timestamptz', isDescending: false, key: (row) => row.scheduledFor.toString() };

const TERMS: Readonly<Record<QueueSort, readonly OrderTerm[]>> = {
  risk: [atRisk, age, id],
  age: [age, atRisk, id],
  amount: [amount, id],
  name: [name, id],
  goes: [goes, atRisk, id],
};

const termsOf = ({ sort, isReversed }: QueueOrder): readonly OrderTerm[] =>
  isReversed ? TERMS[sort].map((term) => ({ ...term, isDescending: !term.isDescending })) : TERMS[sort];

export const orderSql = (order: QueueOrder): string =>
  termsOf(order)
    .map(({ sql, isDescending }) => (isDescending ? `${sql} desc` : sql))
    .join(', ');

/** Where a row stands in an order: what the next page begins after. */
export const keysOf = (order: QueueOrder, row: QueueRow): readonly string[] => termsOf(order).map((term) => term.key(row));

/** Whether these can be keys of such a row at all; they come back from outside. */
export const areKeys = (order: QueueOrder, keys: readonly string[]): boolean => {
  const terms = termsOf(order);
  return keys.length === terms.length && terms.every(({ type }, at) => LOOKS_LIKE[type](keys[at] ?? ''));
};

const LOOKS_LIKE: Readonly<Record<OrderTerm['type'], (key: string) => boolean>> = {
  bigint: (key) => /^-?\d{1,18}$/.test(key),
  // A zero byte is the one sign PostgreSQL has no place for.
  text: (key) => key.length <= 1_000 && !key.includes('\0'),
  timestamptz: (key) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(key),
};

/** @param value takes a parameter and gives back its placeholder. */
export function afterSql(order: QueueOrder, keys: readonly string[], value: (value: unknown) => string): string {
  const terms = termsOf(order).map((term, at) => ({ ...term, after: `${value(keys[at])}::${term.type}` }));
  const conditions = terms.map(({ sql, isDescending, after }, at) => {
    const same = terms.slice(0, at).map((earlier) => `${earlier.sql} = ${earlier.after}`);
    return [...same, `${sql} ${isDescending ? '<' : '>'} ${after}`].join(' and ');
  });
  return `(${conditions.map((condition) => `(${condition})`).join(' or ')})`;
}
