/**
 * The kinds of value a policy holds. Each leaf carries its default and, as its description, the reason for that default and
 * what goes wrong on either side of it; the reference page, `policy show` and error messages are made from these.
 */
import { z } from 'zod';

export const wholeNumber = (range: { readonly min: number; readonly max: number; readonly byDefault: number }, reason: string) =>
  z.int().min(range.min).max(range.max).default(range.byDefault).describe(reason);

export const decimalNumber = (range: { readonly min: number; readonly max: number; readonly byDefault: number }, reason: string) =>
  z.number().min(range.min).max(range.max).default(range.byDefault).describe(reason);

export const yesOrNo = (byDefault: boolean, reason: string) => z.boolean().default(byDefault).describe(reason);

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, byDefault: Words[number], reason: string) =>
  z
    .enum(words)
    .default(byDefault as never)
    .describe(reason);

/** Digits with at most three decimals: no currency has more, and thirteen digits stay inside what a ledger row may hold. */
export const AMOUNT_PATTERN = /^\d{1,12}(\.\d{1,3})?$/;

/** An amount in the company's base currency, as decimal text so that no float comes near money. */
export const amount = (byDefault: string, reason: string) => z.string().regex(AMOUNT_PATTERN).default(byDefault).describe(reason);

export const TIME_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A wall-clock time in the company's zone, `HH:MM`. */
export const timeOfDay = (byDefault: string, reason: string) => z.string().regex(TIME_PATTERN).default(byDefault).describe(reason);
