/**
 * The columns that a rejects file has before those of the file it comes from, and how its cells are written so that a spreadsheet which
 * opens it runs none of them as a formula. Reading such a file undoes both, so that a corrected one is read as the original would be.
 */
import { headingKey } from '../headings.ts';
import type { SourceRow } from '../source-row.ts';

/** First, so that rows with cells missing or too many stay as they were. */
export const REJECT_COLUMNS = ['wafa_row', 'wafa_problem', 'wafa_what_to_do'] as const;

const KEYS: ReadonlySet<string> = new Set(REJECT_COLUMNS);

/** What starts a formula in some spreadsheet, full-width forms included; apostrophes before it are counted, so that one can be taken off again. */
const GUARDED = /^'*\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** No spreadsheet takes these for more than they are. */
const PLAIN_NUMBER = /^[+-]?\d[\d.,]*$/;

export const guardCell = (cell: string): string => (GUARDED.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell);

/** The inverse of {@link guardCell}, for every text. */
export const unguardCell = (cell: string): string => (cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell);

/** Rows of a rejects file without its columns; of any other file just as they are. */
export async function* withoutRejectColumns(
  batches: AsyncIterable<readonly SourceRow[]>,
  isGuarded: boolean,
): AsyncGenerator<readonly SourceRow[]> {
  let dropped: ReadonlySet<number> | null = null;
  for await (const rows of batches) {
    dropped ??= rows[0] === undefined ? null : rejectColumnsIn(rows[0].cells);
    const drop = dropped;
    if (drop === null || drop.size === 0) yield rows;
    else yield rows.map((row) => restored(row, drop, isGuarded)).filter((row) => isGuarded || says(row));
  }
}

/** All of them, or none: one alone is a column of somebody else's. */
function rejectColumnsIn(headings: readonly string[]): ReadonlySet<number> {
  const found = new Set(headings.flatMap((heading, index) => (KEYS.has(headingKey(heading)) ? [index] : [])));
  return found.size === KEYS.size ? found : new Set();
}

/** False for a line of JSON that only told what was wrong with the next. */
const says = ({ cells, problem }: SourceRow): boolean => problem !== undefined || cells.some((cell) => cell !== '');

const restored = (row: SourceRow, drop: ReadonlySet<number>, isGuarded: boolean): SourceRow => ({
  ...row,
  cells: row.cells.flatMap((cell, index) => (drop.has(index) ? [] : [isGuarded ? unguardCell(cell) : cell])),
});
