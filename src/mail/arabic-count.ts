/**
 * A counted thing in Arabic, whose word changes with the number: one and two are words alone, 3-10 take the plural, 11-99 the singular
 * accusative, whole hundreds the singular. The last two digits decide, so 103 counts like 3 and 111 like 11 (CLDR's rules for `ar`).
 */
import { leftToRight } from './reading-order.ts';

/** `one` and `two` stand without a figure; the others follow it. */
export interface CountedForms {
  readonly one: string;
  readonly two: string;
  readonly few: string;
  readonly many: string;
  readonly other: string;
}

/** @param count A whole number, 0 or more; nothing is counted with the word for whole hundreds. */
export function arabicCount(count: number, { one, two, few, many, other }: CountedForms): string {
  if (count === 1) return one;
  if (count === 2) return two;
  const rest = count % 100;
  const word = rest >= 3 && rest <= 10 ? few : rest >= 11 ? many : other;
  return `${leftToRight(String(count))} ${word}`;
}
