/**
 * Streams the rows of a CSV file in batches, in bounded memory. Blocks without a quote are split natively, which is
 * about ten times faster; a block with quotes goes through csv-parse, which also decides what a broken quote is.
 * Rows count as a spreadsheet counts them: a quoted line break does not start a row, a blank line does.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { OperatorError } from '../../domain/operator-error.ts';
import { ENCODING_NAMES } from '../encoding/encodings.ts';
import type { Encoding } from '../encoding/encodings.ts';
import type { SourceRow } from '../source-row.ts';
import { detectDelimiter, refuseForeignContent, SEPARATOR_LINE } from './file-head.ts';
import type { Delimiter } from './file-head.ts';

export interface CsvOptions {
  readonly file: string;
  /** What the mapping says; `null`: found from the heading line. */
  readonly delimiter: Delimiter | null;
  readonly encoding: Encoding;
}

/** Bytes of one row, quoted line breaks included. Longer ones come from a quote that never closes. */
const MOST_ROW_CHARACTERS = 1_048_576;

/**
 * Yields the heading row first, then the others; blank rows are left out but counted. A ragged row is passed on as it is.
 * @throws OperatorError `import.encoding`, `import.content-type`, `import.empty-file`, `import.bad-quote`, `import.row-too-long`.
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  { file, delimiter, encoding }: CsvOptions,
): AsyncGenerator<readonly SourceRow[]> {
  let splitter: RowSplitter | null = null;
  let text = '';
  for await (const piece of decoded(chunks, file, encoding)) {
    text += piece;
    if (splitter === null && !hasWholeHeading(text)) continue;
    if (splitter === null) ({ splitter, text } = started(text, file, delimiter));
    const end = endOfWholeRows(text);
    if (end > 0) yield splitter.split(text.slice(0, end));
    text = text.slice(end);
    if (text.length > MOST_ROW_CHARACTERS) throw endlessRow(splitter, text, file);
  }
  if (splitter === null) ({ splitter, text } = started(text, file, delimiter));
  if (text !== '') yield splitter.split(text);
}

/** Enough to see the heading line whole, or a row no ledger has. */
const hasWholeHeading = (text: string): boolean =>
  text.length > MOST_ROW_CHARACTERS || /[^\r\n][\r\n][^]/.test(text.replace(SEPARATOR_LINE, ''));

function started(text: string, file: string, delimiter: Delimiter | null): { readonly splitter: RowSplitter; readonly text: string } {
  const directive = SEPARATOR_LINE.exec(text);
  const body = text.slice(directive?.[0].length ?? 0);
  if (body.trim() === '')
    throw new OperatorError({
      code: 'import.empty-file',
      message: `The file has no rows.`,
      tryThis: 'Export it again.',
      kind: 'usage',
      at: { file },
    });
  const named = DELIMITER_BY_MARK.get(directive?.[1] ?? '');
  return {
    splitter: new RowSplitter(file, delimiter ?? named ?? detectDelimiter(/^[^\r\n]*/.exec(body.trimStart())?.[0] ?? '')),
    text: body,
  };
}

const DELIMITER_BY_MARK: ReadonlyMap<string, Delimiter> = new Map([
  [',', ','],
  [';', ';'],
  ['\t', '\t'],
]);

/** Splits blocks of whole rows and numbers the rows. */
class RowSplitter {
  private row = 0;
  private readonly file: string;
  private readonly delimiter: Delimiter;

  constructor(file: string, delimiter: Delimiter) {
    this.file = file;
    this.delimiter = delimiter;
  }

  get nextRow(): number {
    return this.row + 1;
  }

  split(block: string): SourceRow[] {
    const text = block.includes('\r') ? block.replace(/\r\n?/g, '\n') : block;
    const rows = text.includes('"') ? this.parsed(text) : this.splitPlain(text);
    return this.numbered(rows);
  }

  private splitPlain(text: string): string[][] {
    const lines = text.split('\n');
    // What follows the last line break is no row.
    if (lines.at(-1) === '') lines.pop();
    return lines.map((line) => line.split(this.delimiter));
  }

  private parsed(text: string): string[][] {
    try {
      return parse(text, { delimiter: this.delimiter, record_delimiter: '\n', relax_column_count: true });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      throw brokenQuote(this.file, this.row + Number(error['records'] ?? 0) + 1, error);
    }
  }

  private numbered(rows: readonly string[][]): SourceRow[] {
    const kept: SourceRow[] = [];
    for (const cells of rows) {
      this.row += 1;
      if (cells.length > 1 || (cells[0] ?? '').trim() !== '') kept.push({ row: this.row, cells });
    }
    return kept;
  }
}

/**
 * Where the last row that is surely whole ends. In well-formed CSV every quoted cell has an even number of quote marks, so
 * a line break after an even number of them ends a row. In malformed CSV the rest waits, up to the longest row, and is
 * then refused by the parser.
 */
function endOfWholeRows(text: string): number {
  // A final CR may be half of a CR LF whose other half is in the next chunk.
  const usable = text.endsWith('\r') ? text.length - 1 : text.length;
  // `lastIndexOf` takes a negative start for 0.
  if (usable === 0) return 0;
  const lastBreak = Math.max(text.lastIndexOf('\n', usable - 1), text.lastIndexOf('\r', usable - 1));
  if (!text.includes('"')) return lastBreak + 1;
  let end = 0;
  let isQuoted = false;
  for (let at = 0; at < usable; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && (code === LF || code === CR)) end = at + 1;
  }
  return end;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Checks the bytes and turns them into text, whole characters at a time. A byte-order mark is left out. */
async function* decoded(chunks: AsyncIterable<Uint8Array>, file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) refuseForeignContent(chunk, file);
    isFirst = false;
    yield decodedChunk(decoder, chunk, { file, encoding, lines });
    lines += countLines(chunk);
  }
  yield decodedChunk(decoder, null, { file, encoding, lines });
}

interface DecodingPlace {
  readonly file: string;
  readonly encoding: Encoding;
  /** Line ends before the chunk. */
  readonly lines: number;
}

function decodedChunk(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null, place: DecodingPlace): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw damaged(place, place.lines + linesUntilDamage(chunk, place.encoding));
  }
}

const damaged = ({ file, encoding }: DecodingPlace, row: number): OperatorError =>
  new OperatorError({
    code: 'import.encoding',
    message: `The file is not ${ENCODING_NAMES[encoding]} text from beginning to end.`,
    tryThis: 'Save it again as "CSV UTF-8", or say what it is with --encoding.',
    kind: 'usage',
    at: { file, row },
  });

/** Lines of the chunk up to the first byte that is no character; a character cut off by the chunk's start may move it there. */
function linesUntilDamage(chunk: Uint8Array | null, encoding: Encoding): number {
  const readable = new TextDecoder(encoding).decode(chunk ?? new Uint8Array());
  return readable.slice(0, Math.max(0, readable.indexOf('\ufffd'))).split('\n').length;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

function endlessRow(splitter: RowSplitter, text: string, file: string): OperatorError {
  if (text.includes('"')) return brokenQuote(file, splitter.nextRow);
  return new OperatorError({
    code: 'import.row-too-long',
    message: `Row ${splitter.nextRow} is longer than ${MOST_ROW_CHARACTERS} characters.`,
    tryThis: 'Check that the file has line breaks and really is CSV.',
    kind: 'usage',
    at: { file, row: splitter.nextRow },
  });
}

const brokenQuote = (file: string, row: number, cause?: unknown): OperatorError =>
  new OperatorError({
    code: 'import.bad-quote',
    message: `A quoted cell in or after row ${row} does not end properly.`,
    tryThis: 'Put quotes around the whole cell and double the quotes inside it.',
    kind: 'usage',
    at: { file, row },
    cause,
  });
