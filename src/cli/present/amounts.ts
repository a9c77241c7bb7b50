/** Amounts and instants as the JSON shapes carry them, in the form a person reads. */
import type { MoneyView } from '../../app/reminder-view.ts';
import { dayText } from '../../domain/skip-reasons.ts';

/** `AED 8,200.00`; works on the decimal text, so nothing is rounded. */
export function amountText({ currency, amount }: MoneyView): string {
  const [whole = '', decimals] = amount.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${currency} ${decimals === undefined ? grouped : `${grouped}.${decimals}`}`;
}

/** One currency after the other, never added up; `none` when there is nothing. */
export const amountsText = (amounts: readonly MoneyView[]): string => (amounts.length === 0 ? 'none' : amounts.map(amountText).join(' + '));

/** `Mon 23 Nov 2026`. */
export const dayOfText = (iso: string): string => dayText(Temporal.PlainDate.from(iso));

/** `Mon 23 Nov 2026 09:00 +04:00`: with its offset, because the console may stand in another zone than the company. */
export function instantText(iso: string, timeZone: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone);
  return `${dayText(at.toPlainDate())} ${at.toPlainTime().toString({ smallestUnit: 'minute' })} ${at.offset}`;
}

/** `1 reminder`, `12 reminders`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
