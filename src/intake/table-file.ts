/**
 * Opens a ledger file of any format as a table: headings first, then rows of text cells. What the file is, is decided by its
 * bytes, never by its name, and told to the operator with the reason.
 */
import { OperatorError } from '../domain/operator-error.ts';
import type { Delimiter } from './csv/file-head.ts';
import { refuseForeignContent } from './csv/file-head.ts';
import { readRows } from './csv/read-rows.ts';
import type { DateOrder } from './date-order.ts';
import { detectEncoding } from './encoding/detect-encoding.ts';
import type { Encoding, EncodingChoice } from './encoding/encodings.ts';
import { sourceBytes } from './ledger-source.ts';
import type { LedgerSource, SourceBytes } from './ledger-source.ts';
import type { SourceRow } from './source-row.ts';

/** What an operator may say about a file instead of leaving it to be found out. */
export interface TableChoices {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Whether days are written day first or month first. */
  readonly dates?: DateOrder | undefined;
}

export interface TableFile {
  readonly name: string;
  readonly format: 'csv';
  /** `null` for formats that say themselves how their text is written. */
  readonly encoding: EncodingChoice | null;
  /**
   * The rows from the beginning, as often as asked. Blank rows are left out but counted.
   * @param onBytes hears every byte of the source once, in order.
   */
  rows(onBytes?: (chunk: Uint8Array) => void): AsyncIterable<readonly SourceRow[]>;
}

/** @throws OperatorError `import.…` for a file that is no ledger. */
export async function openTable(source: LedgerSource, choices: TableChoices = {}): Promise<TableFile> {
  const bytes = await sourceBytes(source);
  refuseForeignContent(await headOf(bytes), bytes.name);
  return csvTable(bytes, choices);
}

async function headOf({ name, chunks }: SourceBytes): Promise<Uint8Array> {
  for await (const chunk of chunks()) if (chunk.length > 0) return chunk;
  throw noRows(name);
}

async function csvTable(source: SourceBytes, { encoding, delimiter }: TableChoices): Promise<TableFile> {
  const { name, chunks } = source;
  const choice = encoding === undefined ? await detectEncoding(chunks(), name) : { encoding, why: 'you said so' };
  return {
    name,
    format: 'csv',
    encoding: choice,
    rows: (onBytes) => readRows(heard(chunks(), onBytes), { file: name, delimiter: delimiter ?? null, encoding: choice.encoding }),
  };
}

async function* heard(chunks: AsyncIterable<Uint8Array>, onBytes?: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes?.(chunk);
    yield chunk;
  }
}

export const noRows = (file: string): OperatorError =>
  new OperatorError({
    code: 'import.empty-file',
    message: 'The file has no rows.',
    tryThis: 'Export it again.',
    kind: 'usage',
    at: { file },
  });
