/**
 * Reads the rows of one file into records of every kind its mapping yields: a row may be a customer, its invoice and the
 * payment of it at once. What is wrong goes to the fault log, by row and column.
 */
import type { Day } from '../domain/days.ts';
import type { Currency } from '../domain/money.ts';
import type { OperatorError } from '../domain/operator-error.ts';
import { bindFilters, checkHeadings } from './bind-columns.ts';
import { datesIn } from './date-order.ts';
import type { DateOrder } from './date-order.ts';
import { Headings } from './headings.ts';
import type { FaultLog } from './faults.ts';
import type { FileMapping, Mapping, RecordKind } from './mapping.ts';
import { RowReader } from './row-reader.ts';
import type { RowFormat } from './row-reader.ts';
import { emptyBatch, sectionsOf, type ReadRecords, type Section } from './record-sections.ts';
import type { SourceRow } from './source-row.ts';

/** Row counts that the reader keeps up to date. */
export interface RowTally {
  rows: number;
  filteredRows: number;
}

export interface RecordReaderOptions {
  readonly heading: SourceRow;
  readonly file: string;
  readonly mapping: Mapping;
  readonly fileMapping: FileMapping;
  readonly kind: RecordKind;
  readonly log: FaultLog;
  readonly tally: RowTally;
  readonly asOn?: Day;
  readonly baseCurrency?: Currency;
  readonly ownDomains?: readonly string[];
  readonly ownTrn?: string | undefined;
  /** The order of day and month, when the mapping leaves it to the file. */
  readonly dateOrder?: DateOrder | undefined;
  readonly mostRows?: number;
}

/** A file whose days never got an order has none to read. */
function rowFormat({ mapping, baseCurrency = 'AED', asOn, dateOrder }: RecordReaderOptions): RowFormat {
  const { currency } = mapping;
  return {
    ...mapping,
    dates: datesIn(mapping, dateOrder),
    currency: currency === undefined ? null : currency === 'base' ? baseCurrency : currency,
    asOn: asOn ?? null,
  };
}

/** As many documents as the largest ledger Wafa is built for; more is an export without its filter. */
const MOST_ROWS = 1_000_000;

export class RecordReader {
  private readonly log: FaultLog;
  private readonly tally: RowTally;
  private readonly mostRows: number;
  private readonly headings: Headings;
  private readonly reader: RowReader;
  private readonly isWanted: (cells: readonly string[]) => boolean;
  private readonly sections: readonly Section[];
  private batch = emptyBatch();

  /** @throws OperatorError `import.*` for headings that the mapping cannot read. */
  constructor(options: RecordReaderOptions) {
    const { mapping, fileMapping, file, heading, log } = options;
    this.log = log;
    this.tally = options.tally;
    this.mostRows = options.mostRows ?? MOST_ROWS;
    this.headings = new Headings(heading.cells, file, heading.row);
    checkHeadings(this.headings, fileMapping, mapping);
    this.reader = new RowReader(file, rowFormat(options), log);
    this.isWanted = bindFilters(fileMapping.where, this.headings);
    this.sections = sectionsOf(options, this.headings, this.reader);
  }

  read(rows: readonly SourceRow[]): ReadRecords {
    for (const row of rows) {
      const { cells } = row;
      if (this.log.isFull) break;
      if (!this.isWanted(cells)) {
        this.tally.filteredRows += 1;
        continue;
      }
      this.tally.rows += 1;
      if (this.tally.rows > this.mostRows) throw this.tooManyRows();
      this.reader.begin(row);
      if (row.remark) this.reader.warn(row.remark.code, null, row.remark.says, row.remark.tryThis);
      if (row.problem) this.reader.refuse(row.problem.code, null, row.problem.says, row.problem.tryThis);
      else this.refuseMalformed(cells);
      this.readSections(cells);
    }
    return this.takeBatch();
  }

  finish(): ReadRecords {
    for (const section of this.sections) section.finish(this.batch);
    return this.takeBatch();
  }

  /** A faulty customer takes the rest of its row with it. */
  private readSections(cells: readonly string[]): void {
    for (const section of this.sections) {
      if (this.reader.isFaulty) {
        section.interrupt(this.reader.row);
        continue;
      }
      this.reader.subject = '';
      if (section.isWanted(cells)) section.read(this.batch);
    }
  }

  private refuseMalformed(cells: readonly string[]): void {
    const { reader, headings } = this;
    if (cells.length !== headings.count) {
      reader.refuse(
        'column-count',
        null,
        `has ${cells.length} cells where the headings have ${headings.count}`,
        'Check for a missing cell, or a delimiter inside a cell without quotes.',
      );
      return;
    }
    const bad = cells.findIndex((cell) => cell.length > MOST_CELL_CHARACTERS || cell.includes('\0'));
    if (bad < 0) return;
    const what = cells[bad]?.includes('\0') ? 'holds a NUL character' : `is longer than ${MOST_CELL_CHARACTERS} characters`;
    reader.refuse('bad-cell', headings.all[bad] ?? null, `a cell ${what}`, 'Correct the cell.');
  }

  private takeBatch(): ReadRecords {
    const { batch } = this;
    this.batch = emptyBatch();
    return batch;
  }

  private tooManyRows(): OperatorError {
    return this.headings.refusal(
      'too-many-rows',
      `The file has more than ${this.mostRows} rows.`,
      'Split it, or export only what is open.',
    );
  }
}

/** No field of a ledger comes near; the limit keeps a hostile cell out of messages and memory. */
const MOST_CELL_CHARACTERS = 65_536;
