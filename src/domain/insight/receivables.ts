/**
 * The usual figures about receivables of one currency: days sales outstanding both ways, the best they could be, average days delinquent
 * and the collection effectiveness index. Exact, from balances and billings alone; formulas and sources in docs/domain.md. Says nothing
 * (`null`) where nothing was billed, instead of a large number.
 */
import { tenths, type Tenths } from './ratio.ts';

export interface Period {
  /** Civil days it lasts. */
  readonly days: number;
  /** Open at the end of the day before it. */
  readonly openingMinor: bigint;
  /** Invoices issued in it. */
  readonly billedMinor: bigint;
  /** Open at its end: all of it, and the part that is not overdue. */
  readonly receivableMinor: bigint;
  readonly currentMinor: bigint;
}

/** Simple: receivables ÷ billed in the period × its days. In tenths of a day. */
export const simpleDso = ({ receivableMinor, billedMinor, days }: Period): Tenths | null => perDay(receivableMinor, billedMinor, days);

/** What it would be if everybody had paid what is due. In tenths of a day. */
export const bestPossibleDso = ({ currentMinor, billedMinor, days }: Period): Tenths | null => perDay(currentMinor, billedMinor, days);

/** DSO less the best possible, computed from the overdue part so that nothing is rounded twice. In tenths of a day. */
export const averageDaysDelinquent = ({ receivableMinor, currentMinor, billedMinor, days }: Period): Tenths | null =>
  perDay(receivableMinor - currentMinor, billedMinor, days);

const perDay = (minor: bigint, billedMinor: bigint, days: number): Tenths | null => tenths(minor, billedMinor, BigInt(days));

/** Collected of what could have been, in tenths of a per cent; 1000 when everything due was paid. */
export const collectionEffectiveness = ({ openingMinor, billedMinor, receivableMinor, currentMinor }: Period): Tenths | null =>
  tenths(openingMinor + billedMinor - receivableMinor, openingMinor + billedMinor - currentMinor, 100n);

export interface BilledMonth {
  /** Civil days of it that have passed. */
  readonly days: number;
  readonly billedMinor: bigint;
}

/**
 * Countback (exhaustion): the months whose billing the receivables use up, newest first, the last of them in part. It follows the season, where
 * the simple figure rises in every quiet month. In tenths of a day; `null` when the months given do not exhaust the receivables.
 */
export function countbackDso(receivable: bigint, newestFirst: readonly BilledMonth[]): Tenths | null {
  let left = receivable;
  let days = 0;
  for (const { days: ofMonth, billedMinor } of newestFirst) {
    if (left === 0n) break;
    if (left < billedMinor) return days * 10 + (perDay(left, billedMinor, ofMonth) ?? 0);
    left -= billedMinor;
    days += ofMonth;
  }
  return left === 0n ? days * 10 : null;
}
