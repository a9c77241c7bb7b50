/**
 * Reads one ledger file through a mapping and gives checked records in batches, in bounded memory, with everything that is
 * wrong by row and column. It compares nothing with the database and writes nothing.
 *
 * A batch is not an acceptance: faults may follow in a later one, so nothing may be applied before the end was reached.
 */
import { createHash } from 'node:crypto';
import type { Day } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { Currency } from '../domain/money.ts';
import { dateOrderOf } from './date-order.ts';
import type { DateOrder } from './date-order.ts';
import type { EncodingChoice } from './encoding/encodings.ts';
import { FaultLog, MOST_FAULTS } from './faults.ts';
import type { ImportFault, RowPair } from './faults.ts';
import { rowsAtTop } from './heading-row.ts';
import type { LedgerSource } from './ledger-source.ts';
import type { FileMapping, Mapping, RecordKind } from './mapping.ts';
import { RecordReader } from './record-reader.ts';
import type { ReadRecords } from './record-sections.ts';
import type { SourceRow } from './source-row.ts';
import { noRows, openTable } from './table-file.ts';
import type { TableChoices, TableFile } from './table-file.ts';

export interface LedgerBatch extends ReadRecords {
  readonly faults: readonly ImportFault[];
  readonly warnings: readonly ImportFault[];
  /** Rows that are refused together. */
  readonly pairs: readonly RowPair[];
}

/** What was read, complete once the batches have been. */
export interface LedgerSummary {
  readonly file: string;
  readonly format: TableFile['format'];
  /** How its text was written and what showed it; `null` for formats that say so themselves. */
  readonly encoding: EncodingChoice | null;
  /** Data rows, without headings, blank rows and rows a filter left out. */
  readonly rows: number;
  readonly filteredRows: number;
  readonly bytes: number;
  /** Hex digest of the file's bytes: the same file again is recognised by it. */
  readonly sha256: string;
  readonly faults: number;
  readonly warnings: Readonly<Record<string, number>>;
  /** False when reading stopped early, after {@link MOST_FAULTS} faults. */
  readonly isWhole: boolean;
}

export interface LedgerReading {
  readonly batches: AsyncIterable<LedgerBatch>;
  /** Before the batches have been read to their end it tells the state so far. */
  summary(): LedgerSummary;
}

export interface ReadLedgerOptions {
  readonly source: LedgerSource;
  readonly mapping: Mapping;
  readonly kind: RecordKind;
  /** What the operator says about the file; what is left out is found out from its bytes. */
  readonly choices?: TableChoices | undefined;
  /** Today; days more than a year after it are refused. */
  readonly asOn?: Day;
  /** Currency of customers' limits. */
  readonly baseCurrency?: Currency;
  readonly ownDomains?: readonly string[];
  /** The company's TRN, to tell its own documents from other sellers'. */
  readonly ownTrn?: string | undefined;
  /** How many data rows are read before the file is refused. */
  readonly mostRows?: number;
  /** How many faults to collect before reading stops. */
  readonly mostFaults?: number;
}

/** Problems of the file itself are thrown while the batches are read, as `OperatorError` with code `import.…`. */
export function readLedger(options: ReadLedgerOptions): LedgerReading {
  const tally = new Tally(options.mostFaults ?? MOST_FAULTS);
  return { batches: readBatches(options, tally), summary: () => tally.summary() };
}

class Tally {
  readonly log: FaultLog;
  readonly hash = createHash('sha256');
  file = '';
  format: TableFile['format'] = 'csv';
  encoding: EncodingChoice | null = null;
  rows = 0;
  filteredRows = 0;
  bytes = 0;
  isWhole = false;
  private digest: string | null = null;

  constructor(mostFaults: number) {
    this.log = new FaultLog(mostFaults);
  }

  readonly hear = (chunk: Uint8Array): void => {
    this.bytes += chunk.length;
    this.hash.update(chunk);
  };

  summary(): LedgerSummary {
    const { file, format, encoding, rows, filteredRows, bytes, isWhole, log } = this;
    this.digest ??= isWhole ? this.hash.digest('hex') : null;
    return {
      file,
      format,
      encoding,
      rows,
      filteredRows,
      bytes,
      sha256: this.digest ?? '',
      faults: log.faultCount,
      warnings: Object.fromEntries(log.warningCounts),
      isWhole,
    };
  }
}

async function* readBatches(options: ReadLedgerOptions, tally: Tally): AsyncGenerator<LedgerBatch> {
  const fileMapping = fileMappingFor(options.mapping, options.kind);
  const table = await openTable(options.source, choicesFor(options));
  const { name } = table;
  Object.assign(tally, { file: name, format: table.format, encoding: table.encoding });
  const dateOrder = await orderOfDays(options, table, fileMapping);
  let records: RecordReader | null = null;
  for await (const block of table.rows(tally.hear)) {
    let rows = block;
    if (records === null && rows[0] !== undefined) {
      records = new RecordReader({ ...options, heading: rows[0], file: name, fileMapping, dateOrder, tally, log: tally.log });
      rows = rows.slice(1);
    }
    if (records === null) continue;
    yield { ...records.read(rows), ...tally.log.take() };
    if (tally.log.isFull) return;
  }
  if (records === null) throw noRows(name);
  tally.isWhole = true;
  yield { ...records.finish(), ...tally.log.take() };
}

/** What is said about a file, by its mapping and by the operator. */
export const choicesFor = ({ choices = {}, mapping }: Pick<ReadLedgerOptions, 'choices' | 'mapping'>): TableChoices => ({
  ...(mapping.delimiter === undefined ? {} : { delimiter: mapping.delimiter }),
  ...choices,
  decimal: mapping.decimal,
});

/** A first look at the whole file, only where its order of days is open. */
async function orderOfDays(
  { mapping, choices }: ReadLedgerOptions,
  table: TableFile,
  fileMapping: FileMapping,
): Promise<DateOrder | undefined> {
  if (choices?.dates !== undefined || mapping.dates !== 'by-file') return choices?.dates;
  return await dateOrderOf(table.rows(), fileMapping, table.name);
}

/** The rows among which the headings of a file are, for finding them and the mapping that fits. */
export async function readTop(source: LedgerSource, choices: TableChoices = {}): Promise<readonly SourceRow[]> {
  const table = await openTable(source, choices);
  const top = await rowsAtTop(table);
  if (top.length === 0) throw noRows(table.name);
  return top;
}

/** The headings and the rows after them, `most` in all. */
export async function readFirstRows(
  source: LedgerSource,
  most: number,
  choices: TableChoices = {},
): Promise<readonly (readonly string[])[]> {
  const table = await openTable(source, choices);
  const first: (readonly string[])[] = [];
  for await (const rows of table.rows()) {
    first.push(...rows.slice(0, most - first.length).map(({ cells }) => cells));
    if (first.length >= most) break;
  }
  if (first.length === 0) throw noRows(table.name);
  return first;
}

function fileMappingFor(mapping: Mapping, kind: RecordKind): FileMapping {
  const found = mapping.files[kind];
  if (found) return found;
  throw new OperatorError({
    code: 'import.kind-not-mapped',
    message: `The mapping ${mapping.name} has nothing for ${kind}.`,
    tryThis: `It reads ${Object.keys(mapping.files).join(', ')}.`,
    kind: 'usage',
  });
}
