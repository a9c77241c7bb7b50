/**
 * Ageing: which bucket an open invoice falls into by its days past due, and what an account has open per bucket and currency.
 * Looks at invoices only; credits are shown beside an ageing, never inside it. Never adds currencies together.
 */
import type { OpenItem } from './account-facts.ts';
import { type Day, dayNumber } from './days.ts';
import type { Currency } from './money.ts';

/** Oldest last. `current` is not overdue: due today or later. */
export const AGEING_BUCKETS = ['current', '1-30', '31-60', '61-90', '91-120', '121-180', '181-365', 'over-365'] as const;
export type AgeingBucket = (typeof AGEING_BUCKETS)[number];

/** Last day past due of each bucket, in their order. */
const LAST_DAYS = [0, 30, 60, 90, 120, 180, 365, Number.POSITIVE_INFINITY] as const;

export function ageingBucket(daysPastDue: number): AgeingBucket {
  const index = LAST_DAYS.findIndex((last) => daysPastDue <= last);
  return AGEING_BUCKETS[index] ?? 'over-365';
}

/** The usual roll-up in reports that stop at 90 days. */
export const isOver90 = (bucket: AgeingBucket): boolean => AGEING_BUCKETS.indexOf(bucket) > AGEING_BUCKETS.indexOf('61-90');

export interface CurrencyAgeing {
  readonly currency: Currency;
  readonly minorByBucket: Readonly<Record<AgeingBucket, bigint>>;
  readonly totalMinor: bigint;
  readonly over90Minor: bigint;
}

/** Open invoices per currency and bucket; the buckets of a currency add up to its total. */
export function ageingOf(items: readonly OpenItem[], asOn: Day): readonly CurrencyAgeing[] {
  const asNumber = dayNumber(asOn);
  const byCurrency = new Map<Currency, Record<AgeingBucket, bigint>>();
  for (const item of items) {
    if (item.kind !== 'INVOICE' || item.dueOn === null) continue;
    const buckets = byCurrency.get(item.currency) ?? emptyBuckets();
    buckets[ageingBucket(asNumber - dayNumber(item.dueOn))] += item.balanceMinor;
    byCurrency.set(item.currency, buckets);
  }
  return [...byCurrency].map(([currency, minorByBucket]) => rolledUp(currency, minorByBucket));
}

function rolledUp(currency: Currency, minorByBucket: Readonly<Record<AgeingBucket, bigint>>): CurrencyAgeing {
  const sum = (buckets: readonly AgeingBucket[]): bigint => buckets.reduce((total, bucket) => total + minorByBucket[bucket], 0n);
  return { currency, minorByBucket, totalMinor: sum(AGEING_BUCKETS), over90Minor: sum(AGEING_BUCKETS.filter(isOver90)) };
}

const emptyBuckets = (): Record<AgeingBucket, bigint> => ({
  current: 0n,
  '1-30': 0n,
  '31-60': 0n,
  '61-90': 0n,
  '91-120': 0n,
  '121-180': 0n,
  '181-365': 0n,
  'over-365': 0n,
});
