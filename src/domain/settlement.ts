/**
 * What is left of a document after its allocations, and when it was settled. Decides from sums, so that a ledger of a million
 * rows can be settled without holding its allocations in memory. Amounts are minor units of the document's currency.
 */
import type { Day } from './days.ts';

export interface SettlementInput {
  readonly totalMinor: bigint;
  readonly issuedOn: Day;
  /** Sum of every allocation recorded, those dated later included. */
  readonly allocatedMinor: bigint;
  /** Latest effective day among them; `null` without any. */
  readonly lastEffectiveOn: Day | null;
}

export type Settlement =
  /** `settledOn` is set exactly when nothing is open. */
  | { readonly kind: 'settled-by'; readonly openMinor: bigint; readonly settledOn: Day | null }
  /** More was allocated than the document is worth: somebody's mistake, never stored. */
  | { readonly kind: 'over-allocated'; readonly excessMinor: bigint };

/**
 * The balance, and the day the allocation that closed the document took effect: the latest one, because all of them were needed.
 * A document over nothing is settled the day it was issued.
 */
export function settlementOf({ totalMinor, issuedOn, allocatedMinor, lastEffectiveOn }: SettlementInput): Settlement {
  const openMinor = totalMinor - allocatedMinor;
  if (openMinor < 0n) return { kind: 'over-allocated', excessMinor: -openMinor };
  return { kind: 'settled-by', openMinor, settledOn: openMinor === 0n ? (lastEffectiveOn ?? issuedOn) : null };
}

export interface StatedBalance {
  readonly totalMinor: bigint;
  /** What the ledger says is open as of its day. */
  readonly statedOpenMinor: bigint;
  /** Allocated by that day, and altogether: money recorded since then is not the ledger's to take back. */
  readonly allocatedByThenMinor: bigint;
  readonly allocatedMinor: bigint;
}

/**
 * The adjustment that makes our balance say what a ledger of open items states: positive to close more, negative when the ledger
 * has more open than we do, in which case earlier adjustments have to be taken back. Money recorded by hand after the ledger's
 * day may already be in its next statement, so an adjustment never closes more than is open now.
 */
export function adjustmentFor({ totalMinor, statedOpenMinor, allocatedByThenMinor, allocatedMinor }: StatedBalance): bigint {
  const missingMinor = totalMinor - statedOpenMinor - allocatedByThenMinor;
  const openMinor = totalMinor - allocatedMinor;
  return missingMinor > openMinor ? openMinor : missingMinor;
}
