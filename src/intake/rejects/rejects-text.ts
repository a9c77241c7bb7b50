/**
 * Writes the rows of a ledger that were refused as a file of their own: each exactly as it was, with its number, what is wrong and what to
 * do in front. Reads the ledger a second time instead of keeping rows, so that a million refused ones need no memory.
 */
import { assert } from '../../domain/operator-error.ts';
import type { Delimiter } from '../csv/file-head.ts';
import type { SourceRow } from '../source-row.ts';
import type { TableFile } from '../table-file.ts';
import { guardCell, REJECT_COLUMNS } from './rejects-columns.ts';

export interface RefusedRow {
  readonly row: number;
  readonly problem: string;
  readonly tryThis: string;
}

/** JSON lines stay JSON lines; everything else becomes CSV, which every program that keeps books can open and save. */
export const rejectsEnding = ({ format }: Pick<TableFile, 'format'>): string =>
  format === 'json-lines' ? '.rejects.jsonl' : '.rejects.csv';

/**
 * @param refused in the order of the file.
 * @param delimiter what the mapping reads; it must be found again.
 */
export async function* rejectsText(
  table: TableFile,
  refused: AsyncIterable<RefusedRow>,
  delimiter: Delimiter = ',',
): AsyncGenerator<string> {
  const next = refused[Symbol.asyncIterator]();
  const write = table.format === 'json-lines' ? jsonLine : csvLine(delimiter);
  let wanted = await next.next();
  let isHeading = true;
  for await (const rows of table.rows()) {
    const lines: string[] = [];
    for (const row of rows) {
      if (isHeading && table.format !== 'json-lines') lines.push(BYTE_ORDER_MARK + cells([...REJECT_COLUMNS, ...row.cells], delimiter));
      if (!isHeading && wanted.done !== true && row.row === wanted.value.row) {
        lines.push(write(row, wanted.value));
        wanted = await next.next();
      }
      isHeading = false;
    }
    if (lines.length > 0) yield lines.join('');
  }
  assert(wanted.done === true, 'every refused row is found again in its file');
}

/** So that Excel reads Arabic. */
const BYTE_ORDER_MARK = '\uFEFF';

const csvLine =
  (delimiter: Delimiter) =>
  ({ row, cells: original, file }: SourceRow, { problem, tryThis }: RefusedRow): string =>
    cells([String(row), file === undefined ? problem : `${file}: ${problem}`, tryThis, ...original], delimiter);

/** Every cell in quotes: a delimiter, a line break or a blank at its end stays what it is. */
const cells = (texts: readonly string[], delimiter: Delimiter): string =>
  `${texts.map((text) => `"${guardCell(text).replaceAll('"', '""')}"`).join(delimiter)}\r\n`;

/** Part of the language since 2025; the compiler's library does not name it yet. */
const rawJson = (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON;

function jsonLine({ row, raw = '{}' }: SourceRow, { problem, tryThis }: RefusedRow): string {
  const own = { wafa_row: row, wafa_problem: problem, wafa_what_to_do: tryThis };
  const original = objectOf(raw);
  // A line that is no object stays as it was, below a line that says why; that one is skipped when the file comes back.
  return original === null ? `${JSON.stringify(own)}\n${raw}\n` : `${JSON.stringify({ ...own, ...original, ...own })}\n`;
}

function objectOf(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    // A number keeps its own digits here as well.
    const value: unknown = JSON.parse(raw, (_, each: unknown, context?: { readonly source?: string }) =>
      typeof each === 'number' && context?.source !== undefined ? rawJson(context.source) : each,
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
