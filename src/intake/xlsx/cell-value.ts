/** The text of a workbook's cell, as the ledger formats expect it. Formulas are never worked out: what the program stored counts. */

import type { SharedStrings } from './shared-strings.ts';

export interface RawCell {
  /** Of the cell element: `s`, `str`, `inlineStr`, `b`, `e`, `n`. */
  readonly type: string;
  readonly style: number;
  readonly value: string;
  readonly hasFormula: boolean;
}

export interface CellMeaning {
  readonly is1904: boolean;
  readonly isDayStyle: readonly boolean[];
  readonly sharedStrings: SharedStrings;
  /** The mark between whole and decimals that the mapping reads. */
  readonly decimal: '.' | ',';
}

export function cellText({ type, style, value, hasFormula }: RawCell, meaning: CellMeaning): string {
  // A formula that nobody has worked out yet has no value; it must not pass for an empty cell.
  if (hasFormula && value === '') return '=';
  switch (type) {
    case 's':
      return meaning.sharedStrings.at(Number(value));
    case 'b':
      return value === '1' ? 'yes' : 'no';
    case '':
    case 'n':
      return meaning.isDayStyle[style] === true ? dayText(value, meaning.is1904) : numberText(value, meaning.decimal);
    default:
      return value;
  }
}

/** A serial day (1900 or 1904 system) as `2026-11-23`; with a time of day behind it when it has one, which is then refused as a day. */
export function dayText(serial: string, is1904: boolean): string {
  const number = Number(serial);
  if (serial === '' || !Number.isFinite(number)) return serial;
  const whole = Math.floor(number);
  // The 1900 system has a 29 February 1900 that never was; no ledger reaches back to it.
  if (whole < (is1904 ? 0 : 61) || whole > LATEST_SERIAL) return serial;
  const day = (is1904 ? EPOCH_1904 : EPOCH_1900).add({ days: whole }).toString();
  const seconds = Math.round((number - whole) * 86_400);
  return seconds === 0 ? day : `${day}T${Temporal.PlainTime.from('00:00').add({ seconds }).toString()}`;
}

const EPOCH_1900 = Temporal.PlainDate.from('1899-12-30');
const EPOCH_1904 = Temporal.PlainDate.from('1904-01-01');
/** The last day of the year 9999. */
const LATEST_SERIAL = 2_958_465;

/** Spreadsheets hold fifteen digits; what a binary fraction adds behind them is dust. */
const DIGITS = 15;
/** From here on digits are already lost, which the scientific form keeps visible. */
const EXACT_BELOW = 1e15;

/** A stored number in plain digits: `1234.5600000000001` is `1234.56`. */
export function numberText(stored: string, decimal: '.' | ','): string {
  if (stored === '') return '';
  const number = Number(stored);
  if (!Number.isFinite(number)) return stored;
  if (Math.abs(number) >= EXACT_BELOW) return number.toExponential().replace('e', 'E');
  const plain = plainDigits(Number(number.toPrecision(DIGITS)));
  return decimal === '.' ? plain : plain.replace('.', decimal);
}

/** `String` writes small numbers as `1e-7`. */
const plainDigits = (number: number): string => (/e/.test(String(number)) ? number.toFixed(20).replace(/\.?0+$/, '') : String(number));
