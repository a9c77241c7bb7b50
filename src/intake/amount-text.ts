/**
 * Reads an amount as one ledger writes it. The mapping says which marks that ledger uses; nothing is guessed from the text,
 * because `1.234` is a thousand to one clerk and a little over one to another. Exact: text to `bigint`, never through a float.
 */
import { isKnownCurrency } from './known-currencies.ts';
import { LARGEST_MINOR } from '../domain/money.ts';
import { hasArabicDigits, latinDigits } from './digits.ts';

export interface AmountFormat {
  readonly decimal: '.' | ',';
  /** Mark between groups of three digits; `space` covers the no-break spaces that spreadsheets write. */
  readonly thousands: ',' | '.' | "'" | 'space' | 'none';
  /** How a negative is written. A leading minus is understood in every ledger. */
  readonly negatives: 'minus' | 'brackets' | 'trailing-minus';
}

/** Why a text is not an amount in this ledger. */
export type AmountProblem =
  | 'missing'
  | 'formula'
  | 'scientific'
  | 'currency-in-amount'
  | 'too-many-decimals'
  | 'out-of-range'
  | 'bad-syntax';

/**
 * @param exponent decimals of the amount's currency (AED 2, KWD 3, JPY 0). More decimals than that are refused, even zeros
 *   beyond the third place would be accepted since they say nothing.
 * @returns minor units, negative when written so, or the reason why not.
 */
export function parseAmount(text: string, format: AmountFormat, exponent: number): bigint | AmountProblem {
  const isPlain = format.decimal === '.' && PLAIN.test(text);
  const quick = isPlain ? quickMinor(text, exponent) : null;
  if (quick !== null) return quick;
  const match = CANONICAL.exec(isPlain ? text : canonical(text.trim(), format));
  if (!match) return problemOf(text.trim());
  const [, sign, whole = '', decimals = ''] = match;
  const significant = decimals.length > exponent ? decimals.replace(/0+$/, '') : decimals;
  if (significant.length > exponent) return 'too-many-decimals';
  const digits = whole + significant.padEnd(exponent, '0');
  if (digits.length > MOST_DIGITS) return 'out-of-range';
  const minor = BigInt(digits);
  if (minor > LARGEST_MINOR) return 'out-of-range';
  return sign === '-' ? -minor : minor;
}

/**
 * Positive amounts of up to fifteen digits with just the currency's decimals, or none: nearly all of any ledger. Digits without the
 * point make a whole number below 2^53, which a `number` holds exactly, and that is several times faster than going by text.
 */
function quickMinor(plain: string, exponent: number): bigint | null {
  const length = plain.length;
  if (exponent !== 2 || length < 4 || length > 16 || plain.charCodeAt(length - 3) !== POINT || plain.charCodeAt(0) === MINUS) return null;
  return BigInt(Number(plain.slice(0, -3)) * 100 + Number(plain.slice(-2)));
}

const POINT = 0x2e;
const MINUS = 0x2d;

/** The common case, told apart by one test so that a million rows need no rewriting. */
const PLAIN = /^-?\d+(?:\.\d+)?$/;
const CANONICAL = /^(-?)(\d+)(?:\.(\d+))?$/;
/** More digits than any bound of ours: keeps a hostile cell of 64 KB of digits from becoming a huge integer. */
const MOST_DIGITS = 40;

/** Rewrites the ledger's own notation as `-1234.56`; gives '' for what does not fit the notation. */
function canonical(text: string, format: AmountFormat): string {
  const unsigned = withoutSign(text, format);
  if (unsigned === null) return '';
  const body = hasArabicDigits(unsigned.body) ? arabicBody(unsigned.body) : westernBody(unsigned.body, format);
  return body === null ? '' : (unsigned.isNegative ? '-' : '') + body;
}

function withoutSign(text: string, format: AmountFormat): { readonly body: string; readonly isNegative: boolean } | null {
  if (text.startsWith('(') && text.endsWith(')') && format.negatives === 'brackets') return { body: text.slice(1, -1), isNegative: true };
  if (text.endsWith('-') && format.negatives === 'trailing-minus') return { body: text.slice(0, -1), isNegative: true };
  if (text.startsWith('-')) return { body: text.slice(1), isNegative: true };
  return { body: text, isNegative: false };
}

/** Grouping must be right (`1,234,567`), else `1,23` would pass for 123 in a file whose commas are decimals. */
const GROUPED: Readonly<Record<Exclude<AmountFormat['thousands'], 'none'>, RegExp>> = {
  ',': /^\d{1,3}(?:,\d{3})+$/,
  '.': /^\d{1,3}(?:\.\d{3})+$/,
  "'": /^\d{1,3}(?:['\u2019]\d{3})+$/,
  space: /^\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/,
};

function westernBody(body: string, format: AmountFormat): string | null {
  const at = body.indexOf(format.decimal);
  const whole = at < 0 ? body : body.slice(0, at);
  const decimals = at < 0 ? '' : body.slice(at + 1);
  if (at >= 0 && !/^\d+$/.test(decimals)) return null;
  const isGrouped = format.thousands !== 'none' && format.thousands !== format.decimal && GROUPED[format.thousands].test(whole);
  const digits = isGrouped ? whole.replace(/\D/g, '') : whole;
  if (!/^\d+$/.test(digits)) return null;
  return at < 0 ? digits : `${digits}.${decimals}`;
}

/** Arabic-Indic amounts carry their own marks (`٬` groups, `٫` decimals), which mean the same in every ledger. */
function arabicBody(body: string): string | null {
  if (!/^[\u0660-\u0669\u06f0-\u06f9]{1,3}(?:\u066c?[\u0660-\u0669\u06f0-\u06f9]{3})*(?:\u066b[\u0660-\u0669\u06f0-\u06f9]+)?$/.test(body))
    return null;
  return latinDigits(body.replaceAll('\u066c', '').replace('\u066b', '.'));
}

function problemOf(text: string): AmountProblem {
  if (text === '') return 'missing';
  if (/^[=@]|^[+-](?![\d(])/.test(text)) return 'formula';
  if (/^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$/.test(text)) return 'scientific';
  if (isKnownCurrency(text.toUpperCase()) || /^(?:[A-Z]{3}|\p{Sc})\s*-?[\d(]|[\d)]\s*(?:[A-Z]{3}|\p{Sc})$/iu.test(text))
    return 'currency-in-amount';
  return 'bad-syntax';
}
