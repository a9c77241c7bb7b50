/**
 * Reads the typed cells of one row after another and files a fault for each that does not hold, with its column. One reader
 * serves a whole file. Readers of optional cells give `null` for a blank one; after any fault `isFaulty` stays true until
 * the next row, and the values read are not to be used.
 */
import { isBefore, type Day } from '../domain/days.ts';
import { currencyExponent, isCurrency } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import { parseAmount } from './amount-text.ts';
import type { AmountFormat } from './amount-text.ts';
import type { BoundField } from './bind-columns.ts';
import { cleanIdentifier, cleanText } from './clean-text.ts';
import { dayReader } from './date-text.ts';
import type { DateFormat, DateProblem } from './date-text.ts';
import { shown } from './faults.ts';
import type { FaultLog, ImportFault } from './faults.ts';
import { isKnownCurrency } from './known-currencies.ts';
import type { SourcePlace } from './ledger-records.ts';
import { amountProblem, DATE_PROBLEMS } from './problem-words.ts';
import { contentHash } from './seen-keys.ts';
import type { SourceRow } from './source-row.ts';

export interface RowFormat extends AmountFormat {
  readonly dates: DateFormat;
  /** Currency of rows that name none. */
  readonly currency: Currency | null;
  /** Today, for refusing days that lie too far ahead; `null`: not checked. */
  readonly asOn: Day | null;
}

/** Longer identifiers and names do not fit a screen, a mail or the schema. */
export const LONGEST = { code: 64, number: 100, reference: 140, name: 300, phone: 40 } as const;

/** An issue or receipt date further ahead is a mistyped year; nearer ones are post-dated documents. */
const MOST_DAYS_AHEAD = 366;

export class RowReader {
  /** What messages call the record, `Invoice INV-104`; empty until its number is known. */
  subject = '';
  isFaulty = false;
  row = 0;
  place: SourcePlace;
  private cells: readonly string[] = [];
  private lastCurrency: Currency | null = null;
  private readonly file: string;
  private readonly format: RowFormat;
  private readonly log: FaultLog;
  private readonly day: (text: string) => Day | DateProblem;
  private readonly pastDay: (text: string) => Day | DateProblem;

  constructor(file: string, format: RowFormat, log: FaultLog) {
    this.file = file;
    this.place = { file, row: 0 };
    this.format = format;
    this.log = log;
    this.day = dayReader(format.dates);
    this.pastDay = dayReader(format.dates, format.asOn?.add({ days: MOST_DAYS_AHEAD }) ?? null);
  }

  begin({ row, cells, file }: SourceRow): void {
    this.row = row;
    this.cells = cells;
    this.place = { file: file ?? this.file, row };
    this.subject = '';
    this.isFaulty = false;
  }

  refuse(code: string, column: string | null, says: string, tryThis: string): void {
    this.isFaulty = true;
    this.log.refuse(this.faultOf(code, column, says, tryThis));
  }

  /** As {@link RowReader.refuse}, of a record whose rows are all read. */
  refuseAt(place: SourcePlace, subject: string, code: string, says: string, tryThis: string): void {
    this.log.refuse({ code: `import.${code}`, message: `${subject}: ${says}.`, tryThis, at: place });
  }

  /** This row stands or falls with an earlier one. */
  joins(other: number): void {
    this.log.pair(this.row, other);
  }

  /** As {@link RowReader.joins}, of two rows that are read already. */
  pair(row: number, other: number): void {
    this.log.pair(row, other);
  }

  warn(code: string, column: string | null, says: string, tryThis: string): void {
    this.log.warn(this.faultOf(code, column, says, tryThis));
  }

  private faultOf(code: string, column: string | null, says: string, tryThis: string): ImportFault {
    const at = column === null ? this.place : { ...this.place, column };
    return { code: `import.${code}`, message: `${this.subject || `Row ${this.row}`}: ${says}.`, tryThis, at };
  }

  /** The text of a cell, trimmed; '' when blank or when the file has no such column. */
  raw(field: BoundField | undefined): string {
    return field === undefined ? '' : field.read(this.cells).trim();
  }

  /** A number for what the row says in some columns; equal rows give equal numbers. */
  contentOf(columns: readonly boolean[]): number {
    return contentHash(this.cells, columns);
  }

  /** The cell exactly as the file has it. */
  verbatim(field: BoundField): string {
    return field.read(this.cells);
  }

  identifier(field: BoundField | undefined, most: number): string | null {
    const text = field?.read(this.cells) ?? '';
    if (text.trim() === '') return null;
    const clean = cleanIdentifier(text, most);
    if (typeof clean !== 'string') return clean.text;
    this.refuse('bad-identifier', field?.column ?? null, `${shown(text)} in column "${field?.column ?? ''}" ${clean}`, 'Correct the cell.');
    return null;
  }

  requiredIdentifier(field: BoundField | undefined, most: number): string {
    if (this.raw(field) === '') this.missing(field);
    return this.identifier(field, most) ?? '';
  }

  name(field: BoundField | undefined, most: number = LONGEST.name): string | null {
    const text = field?.read(this.cells) ?? '';
    if (field === undefined || text.trim() === '') return null;
    const clean = cleanText(text, most);
    if (typeof clean === 'string') {
      this.refuse('bad-text', field.column, `${shown(text)} in column "${field.column}" ${clean}`, 'Correct the cell.');
      return null;
    }
    if (clean.isMixedScript)
      this.warn('mixed-script', field.column, `${shown(text)} mixes alphabets`, 'Check that it is not a look-alike of another name.');
    return clean.text;
  }

  requiredName(field: BoundField | undefined): string {
    if (this.raw(field) === '') this.missing(field);
    return this.name(field) ?? '';
  }

  /** One word of a closed list, in any case; blanks and hyphens count as underscores. */
  word<Word extends string>(field: BoundField | undefined, words: readonly Word[]): Word | null {
    const text = this.raw(field);
    if (text === '') return null;
    const exact = words.find((word) => word === text);
    if (exact !== undefined) return exact;
    const keyOf = (written: string): string => written.toUpperCase().replace(/[\s-]+/g, '_');
    const found = words.find((word) => keyOf(word) === keyOf(text));
    if (found === undefined)
      this.refuse(
        'unknown-word',
        field?.column ?? null,
        `${shown(text)} in column "${field?.column ?? ''}" is not known`,
        `Use one of ${words.join(', ')}.`,
      );
    return found ?? null;
  }

  wholeNumber(field: BoundField | undefined, least: number, most: number): number | null {
    const text = this.raw(field);
    if (text === '') return null;
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.refuse(
      'bad-number',
      field?.column ?? null,
      `${shown(text)} in column "${field?.column ?? ''}" is not a whole number from ${least} to ${most}`,
      'Correct the cell.',
    );
    return null;
  }

  isYes(field: BoundField | undefined): boolean | null {
    const text = this.raw(field).toLowerCase();
    if (text === '') return null;
    if (YES.has(text)) return true;
    if (!NO.has(text))
      this.refuse(
        'unknown-word',
        field?.column ?? null,
        `${shown(text)} in column "${field?.column ?? ''}" is neither yes nor no`,
        'Write yes or no.',
      );
    return false;
  }

  date(field: BoundField | undefined): Day | null {
    return this.readDay(field, this.day);
  }

  /** A day something happened on: required, and not far in the future. */
  pastDate(field: BoundField | undefined): Day | null {
    if (this.raw(field) === '') this.missing(field);
    return this.readDay(field, this.pastDay);
  }

  /** A day that has come: what happened on a later one is a mistyped day. */
  dayUpToNow(field: BoundField | undefined): Day | null {
    const day = this.readDay(field, this.day);
    const { asOn } = this.format;
    if (day === null || asOn === null || !isBefore(asOn, day)) return day;
    this.refuse(
      'bad-date',
      field?.column ?? null,
      `${shown(this.raw(field))} in column "${field?.column ?? ''}" is still to come`,
      'Correct the day.',
    );
    return null;
  }

  private readDay(field: BoundField | undefined, read: (text: string) => Day | DateProblem): Day | null {
    if (field === undefined) return null;
    const text = field.read(this.cells);
    const day = read(text);
    if (typeof day !== 'string') return day;
    if (day === 'missing') return null;
    this.refuse(
      'bad-date',
      field.column,
      `${shown(text)} in column "${field.column}" ${DATE_PROBLEMS[day]}`,
      `Write days as ${this.format.dates}, or choose the mapping whose dates fit.`,
    );
    return null;
  }

  currency(field: BoundField | undefined): Currency {
    const text = this.raw(field).toUpperCase();
    // Nearly always the one of the row before.
    if (text !== '' && text === this.lastCurrency) return text;
    if (text === '' && this.format.currency !== null) return this.format.currency;
    if (text === '') this.missing(field);
    else if (!isCurrency(text) || !isKnownCurrency(text))
      this.refuse(
        'unknown-currency',
        field?.column ?? null,
        `${shown(this.raw(field))} is not a currency`,
        'Use its three-letter ISO code, for example AED.',
      );
    else this.lastCurrency = text;
    return text;
  }

  /** Minor units, signed as written; `null` for a blank cell. */
  amount(field: BoundField | undefined, currency: Currency): bigint | null {
    if (field === undefined) return null;
    const text = field.read(this.cells);
    const amount = parseAmount(text, this.format, currencyExponent(currency));
    if (typeof amount === 'bigint') return amount;
    if (amount === 'missing') return null;
    this.refuse(
      'bad-amount',
      field.column,
      `${shown(text)} in column "${field.column}" ${amountProblem(amount, currency)}`,
      `Write it as ${this.exampleAmount()}.`,
    );
    return null;
  }

  requiredAmount(field: BoundField | undefined, currency: Currency): bigint {
    if (this.raw(field) === '') this.missing(field);
    return this.amount(field, currency) ?? 0n;
  }

  private missing(field: BoundField | undefined): void {
    const column = field?.column ?? null;
    this.refuse('missing-value', column, column === null ? 'has no currency' : `has nothing in column "${column}"`, 'Fill in the cell.');
  }

  private exampleAmount(): string {
    const { thousands, decimal } = this.format;
    return `8200${decimal}50${thousands === 'none' ? '' : ` or 8${thousands === 'space' ? ' ' : thousands}200${decimal}50`}`;
  }
}

const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'active']);
const NO: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', 'inactive']);
