/** Quotients of exact amounts, in whole tenths: what is shown of days and percentages. Never a float, so that the same ledger always shows the same figure. */

/** A number of tenths: 508 is 50.8. */
export type Tenths = number;

/** `scale · dividend / divisor` in tenths, half away from zero; `null` when the divisor is zero, since nothing can be said then. */
export function tenths(dividend: bigint, divisor: bigint, scale = 1n): Tenths | null {
  if (divisor === 0n) return null;
  const isNegative = dividend < 0n !== divisor < 0n && dividend !== 0n;
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
  const rounded = Number((2n * 10n * scale * size(dividend) + size(divisor)) / (2n * size(divisor)));
  return isNegative && rounded !== 0 ? -rounded : rounded;
}

/** Of whole things: how many tenths of a per cent `part` is of `whole`. */
export const percentTenths = (part: number, whole: number): Tenths | null => tenths(BigInt(part), BigInt(whole), 100n);

/** `50.8` for 508, as JSON and people get it. */
export const tenthsText = (value: Tenths): string => (value / 10).toFixed(1);
