/** Figures of the report as short text. */
import { shortMonth } from './report-words.ts';
import type { MoneyView } from '../../reminder-view.ts';

/** `8,200.00`; works on the decimal text, so nothing is rounded. */
export function grouped({ amount }: MoneyView): string {
  const [whole = '', decimals] = amount.split('.');
  const marked = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? marked : `${marked}.${decimals}`;
}

export const amountsOf = (money: MoneyView): string => `${money.currency} ${grouped(money)}`;

/** How much more or less than at the end of the month before: `▼ 3.8 since Oct`. */
export function delta<At extends { readonly on: string }>(
  before: At | undefined,
  now: At | undefined,
  of: (at: At) => number | null,
): string {
  if (before === undefined || now === undefined) return '';
  const [was, is] = [of(before), of(now)];
  if (was === null || is === null) return '';
  const by = Math.round((is - was) * 10) / 10;
  const sign = by === 0 ? '=' : by < 0 ? '▼' : '▲';
  return `${sign} ${Math.abs(by).toFixed(1)} since ${shortMonth(before.on)}`;
}
