/** The same table as a CSV would have, as an Excel workbook of one sheet. */
import writeWorkbook, { type CellObject } from 'write-excel-file/node';

import type { CsvTable } from './csv-text.ts';
import { spreadsheetText } from '../domain/spreadsheet-text.ts';

/** Columns whose text is an amount; every other text stays text, or an account called 007 would become 7. */
const AMOUNT_COLUMN = /amount|asked|balance/i;

/** More digits than this are not kept by Excel. */
const MOST_DIGITS = 15;

export async function xlsxTable({ columns, rows }: CsvTable, sheet: string): Promise<Buffer> {
  const head = columns.map((name): CellObject => ({ value: name, type: String, fontWeight: 'bold' }));
  const body = rows.map((row) => row.map((value, at) => cellOf(value, AMOUNT_COLUMN.test(columns[at] ?? ''))));
  const widths = columns.map((name, at) => ({
    width: Math.min(50, rows.reduce((most, row) => Math.max(most, String(row[at] ?? '').length), name.length) + 2),
  }));
  return await writeWorkbook([{ sheet, data: [head, ...body], columns: widths, stickyRowsCount: 1 }]).toBuffer();
}

/** A cell typed as text can never become a formula. */
function cellOf(value: string | number | null, isAmount: boolean): CellObject {
  if (value === null) return { value: '', type: String };
  if (typeof value === 'number') return { value, type: Number };
  const decimals = isAmount && value.length <= MOST_DIGITS ? /^-?\d+(?:\.(\d+))?$/.exec(value) : null;
  if (decimals === null) return { value: spreadsheetText(value), type: String };
  const places = decimals[1]?.length ?? 0;
  return { value: Number(value), type: Number, format: `#,##0${places === 0 ? '' : `.${'0'.repeat(places)}`}` };
}
