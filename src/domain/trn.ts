/**
 * The UAE tax registration number: fifteen digits, of which the first ten are the TIN with a Luhn check digit (Peppol code
 * list, scheme 0235). Reads what people type and says whether it can be one. It never says that a number is registered: only
 * the tax authority knows, and it publishes no way to ask.
 */
import { BugError } from './operator-error.ts';

/** Why a well-formed number looks mistyped. Warnings never block: the check digit is known from practice, not from law. */
export type TrnWarning = 'unusual-start' | 'unusual-end' | 'check-digit';

export type TrnReading =
  | { readonly kind: 'ok'; readonly trn: string; readonly warnings: readonly TrnWarning[] }
  | { readonly kind: 'error'; readonly code: 'not-digits' | 'not-fifteen-digits' | 'not-starting-with-1'; readonly message: string };

/** Serials that keep the usual `100` at the start. */
const SERIALS = 1_000_000;

/** Reads a TRN as written: spaces, dashes, invisible direction marks and Arabic-Indic digits are accepted. */
export function readTrn(text: string): TrnReading {
  const digits = plainDigits(text);
  if (!/^\d+$/.test(digits)) return { kind: 'error', code: 'not-digits', message: 'A TRN is fifteen digits and nothing else.' };
  if (digits.length !== 15)
    return { kind: 'error', code: 'not-fifteen-digits', message: `A TRN has fifteen digits; this has ${digits.length}.` };
  if (!digits.startsWith('1')) return { kind: 'error', code: 'not-starting-with-1', message: 'A TRN starts with 1.' };
  return { kind: 'ok', trn: digits, warnings: warningsOf(digits) };
}

/** `100-0000-0000-0003`, as invoices print it. Show it left to right: spaced digits turn round inside Arabic text. */
export const trnText = (trn: string): string => `${trn.slice(0, 3)}-${trn.slice(3, 7)}-${trn.slice(7, 11)}-${trn.slice(11)}`;

/** The TRN with this serial and a right check digit, for made-up ledgers. `serial`: 0 to 999,999. */
export function trnFromSerial(serial: number): string {
  if (!Number.isInteger(serial) || serial < 0 || serial >= SERIALS) throw new BugError(`TRN serial ${serial} is outside 0-999,999`);
  const body = `1${String(serial).padStart(8, '0')}`;
  const checkDigit = (10 - (luhnSum(`${body}0`) % 10)) % 10;
  return `${body}${checkDigit}00003`;
}

/** All 30 numbers looked at began with 100 and ended with 03; 28 of them had a right check digit, where chance gives 3. */
function warningsOf(trn: string): readonly TrnWarning[] {
  const warnings: TrnWarning[] = [];
  if (!trn.startsWith('100')) warnings.push('unusual-start');
  if (!trn.endsWith('03')) warnings.push('unusual-end');
  if (luhnSum(trn.slice(0, 10)) % 10 !== 0) warnings.push('check-digit');
  return warnings;
}

/** Luhn over ten digits: the 1st, 3rd, 5th, 7th and 9th are doubled, and doubles above 9 lose 9. */
function luhnSum(tin: string): number {
  return [...tin].reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

/** Arabic-Indic (U+0660) and Extended Arabic-Indic (U+06F0) digits become plain ones; separators and direction marks go. */
const plainDigits = (text: string): string =>
  text
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) % 16))
    .replace(/[\s\u2010-\u2015\u2212\u200E\u200F\u061C\u2066-\u2069-]/g, '');
