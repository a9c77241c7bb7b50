/**
 * Opens a ledger file of any format as a table: headings first, then rows of text cells. What the file is, is decided by its
 * bytes, never by its name, and told to the operator with the reason.
 */
import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { MOST_ARCHIVE_BYTES, readZip } from './archive/read-zip.ts';
import type { Delimiter } from './csv/file-head.ts';
import { refuseForeignContent } from './csv/file-head.ts';
import { readRows } from './csv/read-rows.ts';
import type { DateOrder } from './date-order.ts';
import { detectEncoding } from './encoding/detect-encoding.ts';
import type { Encoding, EncodingChoice } from './encoding/encodings.ts';
import { jsonRows } from './json-lines.ts';
import { fromHeading } from './heading-row.ts';
import { sourceBytes, wholeBytes } from './ledger-source.ts';
import type { LedgerSource, SourceBytes } from './ledger-source.ts';
import { withoutRejectColumns } from './rejects/rejects-columns.ts';
import type { SourceRow } from './source-row.ts';
import { archivedDocuments, folderDocuments, singleDocument, ublRows } from './ubl/ubl-table.ts';
import { badWorkbook } from './xlsx/workbook.ts';
import { workbookRows } from './xlsx/workbook-rows.ts';

/** What an operator may say about a file instead of leaving it to be found out. */
export interface TableChoices {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Whether days are written day first or month first. */
  readonly dates?: DateOrder | undefined;
  /** Name of the sheet of a workbook; its first visible one when left out. */
  readonly sheet?: string | undefined;
  /** The row of the headings, when titles stand above them; the first row with anything in it when left out. */
  readonly headingRow?: number | undefined;
  /** The mark between whole and decimals that the mapping reads; numbers of workbooks are written with it. */
  readonly decimal?: '.' | ',' | undefined;
}

export type FileFormat = 'csv' | 'json-lines' | 'xlsx' | 'ubl';

export interface TableFile {
  readonly name: string;
  readonly format: FileFormat;
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
  const table = await openAnyTable(source, choices);
  const { headingRow } = choices;
  const body = (onBytes?: (chunk: Uint8Array) => void): AsyncIterable<readonly SourceRow[]> =>
    headingRow === undefined ? table.rows(onBytes) : fromHeading(table.rows(onBytes), { headingRow, isWorkbook: table.format === 'xlsx' });
  // What was once refused and corrected comes back with columns that say why; nothing behind this line sees them.
  return { ...table, rows: (onBytes) => withoutRejectColumns(body(onBytes), table.format === 'csv' || table.format === 'xlsx') };
}

async function openAnyTable(source: LedgerSource, choices: TableChoices): Promise<TableFile> {
  const folder = 'path' in source ? await folderTable(source.path) : null;
  if (folder) return folder;
  const bytes = await sourceBytes(source);
  const head = await headOf(bytes);
  if (isZip(head)) return await zipTable(bytes, choices);
  if (isXml(head)) return ublTable(bytes.name, singleDocument(bytes));
  refuseForeignContent(head, bytes.name);
  return /^(?:\ufeff)?\s*\{/.test(new TextDecoder().decode(head.subarray(0, 64))) ? jsonTable(bytes) : csvTable(bytes, choices);
}

const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

/** XML that is not a web page; what it is beyond that its reader finds out. */
const isXml = (head: Uint8Array): boolean => {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 512)).replace(/^\u00ef\u00bb\u00bf/, '');
  return /^\s*<(?:\?xml|[a-z0-9]*:?(?:Invoice|CreditNote)\b)/i.test(text) && !/<!doctype html|<html/i.test(text);
};

async function headOf({ name, chunks }: SourceBytes): Promise<Uint8Array> {
  for await (const chunk of chunks()) if (chunk.length > 0) return chunk;
  throw noRows(name);
}

/** `null` for what is no folder, or a folder without documents, which opening it as a file then refuses by name. */
async function folderTable(path: string): Promise<TableFile | null> {
  const about = await lstat(path).catch(() => null);
  const documents = about?.isDirectory() === true ? await folderDocuments(path) : null;
  return documents && ublTable(safeText(basename(path)), documents);
}

const ublTable = (name: string, documents: Parameters<typeof ublRows>[0]): TableFile => ({
  name,
  format: 'ubl',
  encoding: null,
  rows: (onBytes) => ublRows(documents, onBytes),
});

const jsonTable = ({ name, chunks }: SourceBytes): TableFile => ({
  name,
  format: 'json-lines',
  encoding: null,
  rows: (onBytes) => jsonRows(chunks, name, onBytes),
});

async function zipTable(source: SourceBytes, { decimal = '.', sheet }: TableChoices): Promise<TableFile> {
  const { name } = source;
  const bytes = await wholeBytes(source, MOST_ARCHIVE_BYTES);
  const entries = await readZip(bytes, name);
  const part = (of: string): boolean => entries.some((entry) => entry.name === of);
  const isWorkbook = part('xl/workbook.xml');
  if (!isWorkbook && part('[Content_Types].xml')) throw badWorkbook(name, 'is an Office document, but no workbook of the .xlsx kind');
  const documents = isWorkbook ? null : archivedDocuments(entries, name);
  return {
    name,
    format: isWorkbook ? 'xlsx' : 'ubl',
    encoding: null,
    rows: (onBytes) => {
      onBytes?.(bytes);
      return documents ? ublRows(documents) : workbookRows(entries, { file: name, decimal, sheet });
    },
  };
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
