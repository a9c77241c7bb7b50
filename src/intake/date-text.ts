/**
 * Reads a civil day as one ledger writes it. The order of day and month is one for the whole file, named by the mapping or shown by
 * the file (`date-order.ts`); a single `03/04/2026` is never guessed at. Refuses days that do not exist, times, spreadsheet serials and two-digit years.
 */
import { isBefore } from '../domain/days.ts';
import type { Day } from '../domain/days.ts';
import { hasArabicDigits, latinDigits } from './digits.ts';

export const DATE_FORMATS = [
  'yyyy-mm-dd',
  'yyyy/mm/dd',
  'd/m/yyyy',
  'm/d/yyyy',
  'd-m-yyyy',
  'd.m.yyyy',
  'd-mmm-yyyy',
  'mmm d yyyy',
  'yyyy-mm-dd hh:mm',
  'dmy',
  'mdy',
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** Why a text is not a day in this ledger. */
export type DateProblem =
  | 'missing'
  | 'no-such-date'
  | 'out-of-range'
  | 'future'
  | 'two-digit-year'
  | 'excel-serial'
  | 'time-of-day'
  | 'bad-syntax';

/** No open receivable is older; earlier years are database defaults (`0001-01-01`) and typing errors. */
const EARLIEST_YEAR = 1990;
/** Later years are "never due" sentinels (`9999-12-31`). */
const LATEST_YEAR = 2100;

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'yyyy-mm-dd': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  'yyyy/mm/dd': /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  'd/m/yyyy': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'm/d/yyyy': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  'd-m-yyyy': /^(?<day>\d{1,2})-(?<month>\d{1,2})-(?<year>\d{4})$/,
  'd.m.yyyy': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'd-mmm-yyyy': /^(?<day>\d{1,2})[- ](?<month>[a-z]{3})[- ](?<year>\d{4})$/i,
  'mmm d yyyy': /^(?<month>[a-z]{3}) (?<day>\d{1,2}),? (?<year>\d{4})$/i,
  // The day as the ledger wrote it: moving its clock to another zone could move the day.
  'yyyy-mm-dd hh:mm': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  // The order of a whole file, whichever mark stands between; a day that begins with its year has one order only.
  dmy: /^(?:(?<day>\d{1,2})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<year>\d{4})|(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2}))$/,
  mdy: /^(?:(?<month>\d{1,2})(?<mark>[-/.])(?<day>\d{1,2})\k<mark>(?<year>\d{4})|(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2}))$/,
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export function parseDay(text: string, format: DateFormat): Day | DateProblem {
  const trimmed = text.trim();
  const plain = hasArabicDigits(trimmed) ? latinDigits(trimmed) : trimmed;
  // 2026-11-23 means one day in any ledger; workbooks give their days so.
  const groups = (PATTERNS[format].exec(plain) ?? PATTERNS['yyyy-mm-dd'].exec(plain))?.groups;
  if (!groups) return problemOf(plain);
  const { year = '', month = '', day = '' } = groups as { readonly year?: string; readonly month?: string; readonly day?: string };
  return dayFrom(Number(year), /^[a-z]/i.test(month) ? MONTHS.indexOf(month.toLowerCase()) + 1 : Number(month), Number(day));
}

function dayFrom(year: number, month: number, day: number): Day | DateProblem {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 'no-such-date';
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return 'out-of-range';
  return new Temporal.PlainDate(year, month, day);
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

function problemOf(text: string): DateProblem {
  if (text === '') return 'missing';
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return 'excel-serial';
  if (/^[+-]\d{6}-\d{2}-\d{2}/.test(text)) return 'out-of-range';
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]+\d{1,2}:\d{2}/.test(text)) return 'time-of-day';
  if (/^\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3})[-/. ]\d{2}$/i.test(text)) return 'two-digit-year';
  return 'bad-syntax';
}

/** Distinct days in a ledger are few thousand; beyond that the cache stops growing so that a hostile file cannot fill memory. */
const MOST_CACHED = 20_000;

/**
 * {@link parseDay} with memory: a ledger repeats the same few thousand days over a million rows.
 * @param latestOn days after it are problems (`future`); `null`: none are.
 */
export function dayReader(format: DateFormat, latestOn: Day | null = null): (text: string) => Day | DateProblem {
  const known = new Map<string | number, Day | DateProblem>();
  return (text) => {
    const key = isoNumber(text) ?? text;
    const found = known.get(key);
    if (found !== undefined) return found;
    const parsed = parseDay(text, format);
    const day = typeof parsed !== 'string' && latestOn !== null && isBefore(latestOn, parsed) ? 'future' : parsed;
    if (known.size < MOST_CACHED && text.length <= 40) known.set(key, day);
    return day;
  };
}

/** `2026-11-23`, which is one day in every format, as 20261123: a number is found again without hashing a text. `null`: written otherwise. */
function isoNumber(text: string): number | null {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return null;
  let value = 0;
  for (let at = 0; at < 10; at += 1) {
    if (at === 4 || at === 7) continue;
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

const HYPHEN = 0x2d;
const ZERO = 0x30;
