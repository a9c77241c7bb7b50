/**
 * What a company had open at the end of a day, per currency and age, and what it billed on that day. Every figure about receivables is
 * computed from such days and nothing else, so a trend needs no look at the ledger's past. Never adds currencies together.
 */
import { AGEING_BUCKETS, ageingBucket, type AgeingBucket } from '../ageing.ts';
import { dayNumber, type Day } from '../days.ts';
import type { Currency } from '../money.ts';

export interface LedgerDay {
  readonly on: Day;
  readonly currency: Currency;
  /** Invoices issued on the day, whatever became of them. */
  readonly billedMinor: bigint;
  /** Open at the day's end. */
  readonly minorByBucket: Readonly<Record<AgeingBucket, bigint>>;
  readonly openItems: number;
  readonly overdueItems: number;
  /** Accounts with something overdue. */
  readonly overdueAccounts: number;
}

/** What is open of all invoices due on one day. */
export interface DueDay {
  readonly currency: Currency;
  readonly dueOn: Day;
  readonly openMinor: bigint;
  readonly items: number;
}

export interface AgedBalance {
  readonly currency: Currency;
  readonly minorByBucket: Readonly<Record<AgeingBucket, bigint>>;
  readonly itemsByBucket: Readonly<Record<AgeingBucket, number>>;
}

/** Sorted into ages as of a day, by currency code. */
export function agedBalances(dueDays: readonly DueDay[], asOn: Day): readonly AgedBalance[] {
  const asNumber = dayNumber(asOn);
  const byCurrency = new Map<Currency, { minor: Record<AgeingBucket, bigint>; items: Record<AgeingBucket, number> }>();
  for (const { currency, dueOn, openMinor, items } of dueDays) {
    const sums = byCurrency.get(currency) ?? { minor: inBuckets(0n), items: inBuckets(0) };
    const bucket = ageingBucket(asNumber - dayNumber(dueOn));
    sums.minor[bucket] += openMinor;
    sums.items[bucket] += items;
    byCurrency.set(currency, sums);
  }
  return [...byCurrency]
    .map(([currency, { minor, items }]) => ({ currency, minorByBucket: minor, itemsByBucket: items }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

export const receivableMinor = ({ minorByBucket }: Pick<LedgerDay, 'minorByBucket'>): bigint =>
  AGEING_BUCKETS.reduce((total, bucket) => total + minorByBucket[bucket], 0n);

export const overdueMinor = (day: Pick<LedgerDay, 'minorByBucket'>): bigint => receivableMinor(day) - day.minorByBucket.current;

export const inBuckets = <Value>(value: Value): Record<AgeingBucket, Value> => ({
  current: value,
  '1-30': value,
  '31-60': value,
  '61-90': value,
  '91-120': value,
  '121-180': value,
  '181-365': value,
  'over-365': value,
});
