/**
 * A page for any data a command may return: plain members as pairs, lists of records as tables. Verbs whose answer is one fact and a
 * sentence need no more.
 */
import { amountText, instantText } from './amounts.ts';
import type { Presenter, PresentContext } from './presenter.ts';
import { gap, heading, line, pairs, table, type Block } from '../page.ts';

type Members = Readonly<Record<string, unknown>>;

export const genericPresenter: Presenter<unknown> = {
  page: (data, context) => (isRecord(data) ? recordBlocks(data, context) : [line(valueText(data, context))]),
};

function recordBlocks(record: Members, context: PresentContext): readonly Block[] {
  const members = Object.entries(flattened(record));
  const lists = members.filter(([, value]) => isRecordList(value));
  const plain = members.filter(([, value]) => !isRecordList(value) && valueText(value, context) !== '');
  return [
    ...(plain.length === 0 ? [] : [pairs(...plain.map(([name, value]) => [wordsOf(name), valueText(value, context)] as const))]),
    ...lists.flatMap(([name, value], index) => [
      ...(plain.length + index > 0 ? [gap] : []),
      ...listBlocks(name, value as readonly Members[], context),
    ]),
  ];
}

function listBlocks(name: string, records: readonly Members[], context: PresentContext): readonly Block[] {
  const rows = records.map(flattened);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((column, index) => ({ title: wordsOf(column).toUpperCase(), ...(index === 0 ? {} : { leaveOut: index }) }));
  const cells = rows.map((row) => names.map((column) => valueText(row[column], context)));
  return [heading(wordsOf(name)), table(columns, cells)];
}

/** A record inside a record becomes members of its own, `customer.code`; an amount stays one value. */
function flattened(record: Members): Members {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      if (!isRecord(value) || isAmount(value)) return [[name, value]];
      return Object.entries(flattened(value)).map(([inner, innerValue]) => [`${name}.${inner}`, innerValue]);
    }),
  );
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function valueText(value: unknown, context: PresentContext): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => valueText(one, context)).join(', ');
  if (isRecord(value)) return isAmount(value) ? amountText(value) : JSON.stringify(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return INSTANT.test(value) ? instantText(value, context.timeZone) : value;
}

const isRecord = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

const isAmount = (value: unknown): value is { readonly currency: string; readonly amount: string } =>
  isRecord(value) && typeof value['currency'] === 'string' && typeof value['amount'] === 'string' && Object.keys(value).length === 2;

const isRecordList = (value: unknown): value is readonly Members[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isRecord(one) && !isAmount(one));

/** `ledgerAsOf` → `Ledger as of`. */
function wordsOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('.', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
