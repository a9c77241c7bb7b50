/**
 * The figures about receivables once more, in the plainest way there is: every invoice is looked at for every question, fractions are kept whole until
 * they are shown. Shares nothing with src/domain/insight but the names of the ages.
 */
import type { AgeingBucket } from '../../../src/domain/ageing.ts';
import type { Day } from '../../../src/domain/days.ts';

export interface NaiveInvoice {
  readonly account: string;
  readonly currency: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly totalMinor: bigint;
  readonly paid: readonly { readonly on: Day; readonly minor: bigint }[];
}

const upTo = (a: Day, b: Day): boolean => a.toString() <= b.toString();

/** Left of it at the end of a day; nothing before it was issued. */
export function leftOn(invoice: NaiveInvoice, on: Day): bigint {
  if (!upTo(invoice.issuedOn, on)) return 0n;
  return invoice.paid.filter((part) => upTo(part.on, on)).reduce((left, part) => left - part.minor, invoice.totalMinor);
}

export const daysLate = (invoice: NaiveInvoice, on: Day): number => invoice.dueOn.until(on, { largestUnit: 'days' }).days;

/** By the words of docs/domain.md. */
export function ageOf(late: number): AgeingBucket {
  if (late <= 0) return 'current';
  if (late <= 30) return '1-30';
  if (late <= 60) return '31-60';
  if (late <= 90) return '61-90';
  if (late <= 120) return '91-120';
  if (late <= 180) return '121-180';
  if (late <= 365) return '181-365';
  return 'over-365';
}

export const openOn = (invoices: readonly NaiveInvoice[], on: Day, age?: AgeingBucket): bigint =>
  invoices.filter((one) => age === undefined || ageOf(daysLate(one, on)) === age).reduce((sum, one) => sum + leftOn(one, on), 0n);

export const billedIn = (invoices: readonly NaiveInvoice[], from: Day, to: Day): bigint =>
  invoices.filter(({ issuedOn }) => upTo(from, issuedOn) && upTo(issuedOn, to)).reduce((sum, one) => sum + one.totalMinor, 0n);

/** To a tenth, half away from zero, by whole numbers alone. */
export function shown(dividend: bigint, divisor: bigint): string | null {
  if (divisor === 0n) return null;
  const negative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  let count = 0n;
  // How often half a tenth goes into it, rounded up to whole tenths.
  count = ((top * 20n) / bottom + 1n) / 2n;
  const text = `${count / 10n}.${count % 10n}`;
  return negative && count > 0n ? `-${text}` : text;
}

/** Month after month, newest first, until the receivables are used up. */
export function naiveCountback(invoices: readonly NaiveInvoice[], to: Day, months: number): string | null {
  let left = openOn(invoices, to);
  let whole = 0n;
  let month = to.with({ day: 1 });
  let end = to;
  for (let number = 0; number < months; number += 1) {
    if (left === 0n) return `${whole}.0`;
    const days = BigInt(month.until(end, { largestUnit: 'days' }).days + 1);
    const billed = billedIn(invoices, month, end);
    if (billed > left) return shown(whole * billed + left * days, billed);
    left -= billed;
    whole += days;
    end = month.subtract({ days: 1 });
    month = end.with({ day: 1 });
  }
  return left === 0n ? `${whole}.0` : null;
}
