/**
 * A statement of account: everything open on an account as of a day, each currency by itself, branches as groups, with its ageing.
 * Made from the items that planning judges, so that a statement and a reminder never tell of different balances. It asks for nothing:
 * what is not due yet, set aside or disputed stands in it like the rest. Credits and cash on account are rows with negative balances,
 * so that rows add up to their totals.
 */
import type { Block, OpenItem } from './account-facts.ts';
import { AGEING_BUCKETS, type AgeingBucket, ageingBucket, ageingOf } from './ageing.ts';
import { standsOn } from './blocks.ts';
import { type Day, dayNumber } from './days.ts';
import type { Currency } from './money.ts';
import { byNumber } from './open-items.ts';
import type { BlockKind } from './vocabulary.ts';

/** What a reader should know of an invoice besides its age. Other blocks are the company's own affair and stand in no statement. */
export const STATEMENT_MARKS = ['DISPUTE', 'PROMISE', 'CHEQUE', 'RETENTION'] as const satisfies readonly BlockKind[];

export interface StatementMark {
  readonly kind: (typeof STATEMENT_MARKS)[number];
  /** How much of the invoice it is about; `null`: all of it. */
  readonly amountMinor: bigint | null;
}

export interface StatementLine {
  readonly item: OpenItem;
  /** In the order of {@link STATEMENT_MARKS}, each once; credits have none. */
  readonly marks: readonly StatementMark[];
  /** 0 when it is not overdue, and for credits. */
  readonly daysPastDue: number;
  /** Signed like the balance: a credit's own worth is negative. */
  readonly totalMinor: bigint;
  /** What was paid or credited against it so far; total less this is the balance. */
  readonly settledMinor: bigint;
  readonly balanceMinor: bigint;
}

export interface StatementGroup {
  /** `null` when the account has no branches with anything open. */
  readonly branch: { readonly code: string; readonly name: string } | null;
  readonly lines: readonly StatementLine[];
  readonly totalMinor: bigint;
}

export interface CurrencyStatement {
  readonly currency: Currency;
  readonly groups: readonly StatementGroup[];
  /** Open invoices by age; with the credits they make the total. */
  readonly minorByBucket: Readonly<Record<AgeingBucket, bigint>>;
  /** Zero or negative. */
  readonly creditsMinor: bigint;
  readonly totalMinor: bigint;
}

export interface Statement {
  readonly asOn: Day;
  /** By currency code; empty when nothing is open. */
  readonly currencies: readonly CurrencyStatement[];
  /** Rows over all currencies. */
  readonly lineCount: number;
}

/** @param blocks Those standing on the account; they change no figure, they are only told. */
export function statementOf(items: readonly OpenItem[], asOn: Day, blocks: readonly Block[] = []): Statement {
  const open = items.filter(({ balanceMinor }) => balanceMinor !== 0n);
  const isGrouped = new Set(open.map(({ branchId }) => branchId)).size > 1;
  const currencies = [...Map.groupBy(open, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => currencyStatement(currency, own, { asOn, isGrouped, blocks }));
  return { asOn, currencies, lineCount: open.length };
}

interface Context {
  readonly asOn: Day;
  readonly isGrouped: boolean;
  readonly blocks: readonly Block[];
}

function currencyStatement(currency: Currency, items: readonly OpenItem[], context: Context): CurrencyStatement {
  const [ageing] = ageingOf(items, context.asOn);
  return {
    currency,
    groups: context.isGrouped ? byBranch(items, context) : [groupOf(null, items, context)],
    minorByBucket: ageing?.minorByBucket ?? NOTHING_OPEN,
    creditsMinor: sum(items.filter(({ kind }) => kind !== 'INVOICE')),
    totalMinor: sum(items),
  };
}

const NOTHING_OPEN = Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, 0n])) as Record<AgeingBucket, bigint>;

const byBranch = (items: readonly OpenItem[], context: Context): readonly StatementGroup[] =>
  [...Map.groupBy(items, ({ branchId }) => branchId)]
    .map(([, own]) => own as [OpenItem, ...OpenItem[]]) // a group has at least one item
    .sort(([a], [b]) => (a.branchCode < b.branchCode ? -1 : 1))
    .map((own) => groupOf({ code: own[0].branchCode, name: own[0].branchName }, own, context));

const groupOf = (branch: StatementGroup['branch'], items: readonly OpenItem[], context: Context): StatementGroup => ({
  branch,
  lines: items.toSorted(readingOrder).map((item) => lineOf(item, context)),
  totalMinor: sum(items),
});

/** Invoices by the day they are due, then credits by the day they were issued: how a payments desk ticks them off. */
function readingOrder(a: OpenItem, b: OpenItem): number {
  const isCredit = Number(a.kind !== 'INVOICE') - Number(b.kind !== 'INVOICE');
  return isCredit || dayNumber(a.dueOn ?? a.issuedOn) - dayNumber(b.dueOn ?? b.issuedOn) || byNumber(a, b);
}

function lineOf(item: OpenItem, { asOn, blocks }: Context): StatementLine {
  const { balanceMinor } = item;
  const totalMinor = item.kind === 'INVOICE' ? item.totalMinor : -item.totalMinor;
  const daysPastDue = item.kind === 'INVOICE' && item.dueOn !== null ? Math.max(0, dayNumber(asOn) - dayNumber(item.dueOn)) : 0;
  return { item, marks: marksOf(item, asOn, blocks), daysPastDue, totalMinor, settledMinor: totalMinor - balanceMinor, balanceMinor };
}

function marksOf(item: OpenItem, asOn: Day, blocks: readonly Block[]): readonly StatementMark[] {
  if (item.kind !== 'INVOICE') return [];
  // A sum set aside on the account as a whole belongs to no row.
  const isItsOwn = ({ invoiceId, amountMinor }: Block): boolean =>
    invoiceId === null ? amountMinor === null : invoiceId === item.invoiceId;
  const own = blocks.filter((block) => isItsOwn(block) && standsOn(block, dayNumber(asOn)));
  return STATEMENT_MARKS.flatMap((kind) => {
    const ofKind = own.filter((block) => block.kind === kind);
    if (ofKind.length === 0) return [];
    const isPart = ofKind.every(({ amountMinor }) => amountMinor !== null);
    return [{ kind, amountMinor: isPart ? ofKind.reduce((all, { amountMinor }) => all + (amountMinor ?? 0n), 0n) : null }];
  });
}

const sum = (items: readonly OpenItem[]): bigint => items.reduce((total, { balanceMinor }) => total + balanceMinor, 0n);

/** The bucket an invoice of the statement stands in; credits have none. */
export const bucketOf = (line: StatementLine): AgeingBucket | null =>
  line.item.kind === 'INVOICE' ? ageingBucket(line.daysPastDue) : null;
