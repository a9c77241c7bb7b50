/**
 * Finds the headings of a report that has its title above them ("Aged receivables", "As of 23 November"), and reads on from there. Which
 * row they are is decided by what a mapping can read, never by looks.
 */
import type { SourceRow } from './source-row.ts';
import type { TableFile } from './table-file.ts';

/** Letterheads of reports are a few lines; further down, a row that looks like headings is data. */
const MOST_TITLE_ROWS = 20;

/** The first rows of a file, as far down as headings are looked for. */
export async function rowsAtTop(table: TableFile): Promise<readonly SourceRow[]> {
  const top: SourceRow[] = [];
  for await (const rows of table.rows()) {
    top.push(...rows.slice(0, MOST_TITLE_ROWS - top.length));
    if (top.length >= MOST_TITLE_ROWS) break;
  }
  return top;
}

/** The rows from the headings on. Workbooks leave out empty cells at the end of a row, which a short title must not decide. */
export async function* fromHeading(
  batches: AsyncIterable<readonly SourceRow[]>,
  { headingRow, isWorkbook }: { readonly headingRow: number; readonly isWorkbook: boolean },
): AsyncGenerator<readonly SourceRow[]> {
  let width = 0;
  for await (const batch of batches) {
    const rows = batch.filter(({ row }) => row >= headingRow);
    if (width === 0) width = rows[0]?.cells.length ?? 0;
    const least = isWorkbook ? width : 0;
    yield rows.map((row) => filledTo(row, least));
  }
}

const filledTo = (row: SourceRow, width: number): SourceRow =>
  row.cells.length >= width ? row : { ...row, cells: [...row.cells, ...Array<string>(width - row.cells.length).fill('')] };
