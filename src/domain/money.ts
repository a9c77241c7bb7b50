/**
 * Exact money: `bigint` minor units (fils, cents) and an ISO 4217 currency. Decides how many decimals a currency has,
 * how an amount is written and read as plain decimal text. Never rounds, never converts, never touches a float.
 */
import { OperatorError } from './operator-error.ts';
import { safeText } from './safe-text.ts';

/** ISO 4217 alphabetic code, upper case. */
export type Currency = string;

export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Currencies whose minor unit is not the hundredth (ISO 4217, list one). Any other three-letter code has two decimals. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/**
 * Largest amount a ledger row may hold, in minor units: beyond what a float holds exactly, and well inside bigint columns. What all rows of a
 * company come to is bounded by itself, {@link LARGEST_LEDGER_MINOR}.
 */
export const LARGEST_MINOR = 9_999_999_999_999_999n;

/**
 * Most that the documents and payments of one company may come to, whatever their currencies: a ninetieth of what a bigint column holds, so
 * that any sum over them fits, also turned into a base currency a few dozen times smaller.
 */
export const LARGEST_LEDGER_MINOR = 100_000_000_000_000_000n;

export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** Number of decimals of a currency's minor unit: AED 2, KWD 3, JPY 0. */
export const currencyExponent = (currency: Currency): number => EXPONENTS[currency] ?? 2;

/** Minor units as plain decimal text, e.g. `(820000n, 'AED')` gives `8200.00`. For JSON, CSV and the database's views. */
export function decimalText(minor: bigint, currency: Currency): string {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Minor units with thousands marks and no currency, e.g. `8,200.00`. For people. */
export function groupedText(minor: bigint, currency: Currency): string {
  const plain = decimalText(minor, currency);
  const exponent = currencyExponent(currency);
  const first = minor < 0n ? 1 : 0;
  let at = exponent === 0 ? plain.length : plain.length - exponent - 1;
  let grouped = plain.slice(at);
  for (; at - 3 > first; at -= 3) grouped = `,${plain.slice(at - 3, at)}${grouped}`;
  return plain.slice(0, at) + grouped;
}

/** `AED 8,200.00`: currency first, as Gulf business letters write it in English. */
export const moneyText = (money: Money): string => `${money.currency} ${groupedText(money.minor, money.currency)}`;

/**
 * Reads plain decimal text (`8200`, `8200.5`, `-8200.50`) into minor units.
 * @throws OperatorError `money.bad-amount` when it is not a number, has more decimals than the currency, or is out of range.
 */
export function minorFromDecimal(text: string, currency: Currency): bigint {
  const exponent = currencyExponent(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  if (!match) throw badAmount(text, `is not a plain amount`);
  const [, sign, whole = '', decimals = ''] = match;
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > exponent) throw badAmount(text, `has more than ${exponent} decimals, too many for ${currency}`);
  const minor = BigInt(whole + significant.padEnd(exponent, '0'));
  if (minor > LARGEST_MINOR) throw badAmount(text, 'is larger than Wafa can hold');
  return sign === '-' ? -minor : minor;
}

const badAmount = (text: string, what: string): OperatorError =>
  new OperatorError({
    code: 'money.bad-amount',
    message: `The amount ${safeText(JSON.stringify(text.slice(0, 40)))} ${what}.`,
    tryThis: 'Write it as digits with a decimal point, for example 8200.50.',
    kind: 'usage',
  });

/** Sums amounts per currency, in order of first appearance; currencies are never added together. */
export function sumByCurrency(amounts: Iterable<Money>): readonly Money[] {
  const totals = new Map<Currency, bigint>();
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + minor);
  return [...totals].map(([currency, minor]) => ({ minor, currency }));
}
