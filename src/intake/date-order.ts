/**
 * Whether a file writes the day or the month first. Decided by every day of the file together: one 31/01 settles it for all.
 * When all of them fit both ways, nobody knows, and the operator is asked; reminders with wrong days are worse than a question.
 */
import { OperatorError } from '../domain/operator-error.ts';
import { bindFields } from './bind-columns.ts';
import type { BoundField } from './bind-columns.ts';
import { parseDay } from './date-text.ts';
import type { DateFormat } from './date-text.ts';
import { shown } from './faults.ts';
import { Headings } from './headings.ts';
import type { FieldSource, FileMapping, Mapping } from './mapping.ts';
import type { SourceRow } from './source-row.ts';

/** Day before month, or month before day. */
export type DateOrder = 'dmy' | 'mdy';
export const DATE_ORDERS = ['dmy', 'mdy'] as const satisfies readonly DateOrder[];

/** The notation to read a file's days in. What the operator says of the order goes before what the mapping says. */
export function datesIn({ dates }: Mapping, order: DateOrder | undefined): DateFormat {
  if (dates === 'by-file') return order ?? 'dmy';
  const isOrdered = dates === 'd/m/yyyy' || dates === 'm/d/yyyy' || dates === 'd-m-yyyy' || dates === 'd.m.yyyy';
  return isOrdered && order !== undefined ? order : dates;
}

/** Every field that holds a day, of any kind of record. */
const DAY_FIELD = /On$|^customerSince$/;

/**
 * @param rows the whole file, headings first.
 * @returns the only order that fits; `dmy` when no day has two readings at all.
 * @throws OperatorError `import.ambiguous-dates` when both fit, `import.mixed-dates` when neither does.
 */
export async function dateOrderOf(rows: AsyncIterable<readonly SourceRow[]>, fileMapping: FileMapping, file: string): Promise<DateOrder> {
  const survey = new OrderSurvey(file);
  for await (const batch of rows) for (const row of batch) survey.see(row, fileMapping);
  return survey.verdict();
}

class OrderSurvey {
  private readonly file: string;
  private readonly seen = new Set<string>();
  private readonly fits: Record<DateOrder, boolean> = { dmy: true, mdy: true };
  private fields: readonly BoundField[] | null = null;
  private example: DayExample | null = null;

  constructor(file: string) {
    this.file = file;
  }

  see({ row, cells }: SourceRow, fileMapping: FileMapping): void {
    this.fields ??= dayFields(fileMapping, new Headings(cells, this.file, row));
    for (const field of this.fields) {
      const text = field.read(cells).trim();
      if (this.seen.has(text) || !ORDERED.test(text)) continue;
      // A hostile file of nothing but different texts must not fill memory; a real one has a few thousand days.
      if (this.seen.size < 50_000) this.seen.add(text);
      this.weigh(text, row, field.column);
    }
  }

  private weigh(text: string, row: number, column: string): void {
    const [dmy, mdy] = [typeof parseDay(text, 'dmy') !== 'string', typeof parseDay(text, 'mdy') !== 'string'];
    // What is no day either way is a fault of its row, and says nothing of the others.
    if (!dmy && !mdy) return;
    this.fits.dmy &&= dmy;
    this.fits.mdy &&= mdy;
    if (dmy !== mdy || !isSameBothWays(text)) this.example ??= { text, row, column };
  }

  verdict(): DateOrder {
    const { dmy, mdy } = this.fits;
    if (this.example === null) return 'dmy';
    if (dmy !== mdy) return dmy ? 'dmy' : 'mdy';
    throw dmy ? new AmbiguousDates(this.file, this.example) : mixed(this.file);
  }
}

const ORDERED = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/;
const isSameBothWays = (text: string): boolean => {
  const [first, second] = text.split(/[-/.]/);
  return Number(first) === Number(second);
};

function dayFields(fileMapping: FileMapping, headings: Headings): readonly BoundField[] {
  return Object.values(fileMapping.yields).flatMap((section) => {
    const fields = Object.entries((section?.fields ?? {}) as Readonly<Record<string, FieldSource>>).filter(([name]) =>
      DAY_FIELD.test(name),
    );
    return Object.values(bindFields<string>(Object.fromEntries(fields), [], headings)).flatMap((field) => field ?? []);
  });
}

interface DayExample {
  readonly text: string;
  readonly row: number;
  readonly column: string;
}

/** A question that a person may answer on the spot. */
export class AmbiguousDates extends OperatorError {
  /** A day of the file, as it stands there. */
  readonly text: string;

  constructor(file: string, { text, row, column }: DayExample) {
    super({
      code: 'import.ambiguous-dates',
      message: `Every day in the file can be read two ways: is ${shown(text)} day/month or month/day?`,
      tryThis: 'Say --dates dmy (day first) or --dates mdy (month first).',
      kind: 'usage',
      at: { file, row, column },
    });
    this.name = 'AmbiguousDates';
    this.text = text;
  }
}

const mixed = (file: string): OperatorError =>
  new OperatorError({
    code: 'import.mixed-dates',
    message: 'Some days in the file only make sense with the day first, others only with the month first.',
    tryThis: 'Export it again with one way of writing days, best 2026-11-23.',
    kind: 'usage',
    at: { file },
  });
