/** Streams the rows of one sheet as text, in memory bounded by a batch, whatever the sheet claims to hold. */
import type { SaxesTagNS } from 'saxes';
import { xmlSteps } from '../archive/xml-events.ts';
import type { RowProblem, SourceRow } from '../source-row.ts';
import { cellText } from './cell-value.ts';
import type { CellMeaning } from './cell-value.ts';
import { badWorkbook } from './workbook.ts';
import type { SheetPlace } from './workbook.ts';

/** Wider sheets are refused at the first cell too far right, before anything is kept of it. */
const MOST_COLUMNS = 500;
const MOST_ROW_NUMBER = 1_048_576;
const MOST_CELL_CHARACTERS = 65_536;

/** The first row with anything in it comes first: the headings. Blank rows are left out but counted. */
export async function* sheetRows({ entry }: SheetPlace, file: string, meaning: CellMeaning): AsyncGenerator<readonly SourceRow[]> {
  const gatherer = new RowGatherer(file, meaning);
  const steps = xmlSteps(entry.open(), file, {
    open: (tag) => gatherer.open(tag),
    text: (text) => gatherer.text(text),
    close: (tag) => gatherer.close(tag),
  });
  // oxlint-disable-next-line eslint/no-unused-vars -- the steps are only there to be taken
  for await (const _ of steps) {
    const rows = gatherer.take();
    if (rows.length > 0) yield rows;
  }
}

class RowGatherer {
  private readonly file: string;
  private readonly meaning: CellMeaning;
  private rows: SourceRow[] = [];
  private width = 0;
  private row = 0;
  private isHidden = false;
  private cells: string[] = [];
  private column = 0;
  private cell: { type: string; style: number; value: string; hasFormula: boolean } | null = null;
  /** The element whose text is a cell's value. */
  private isValue = false;

  constructor(file: string, meaning: CellMeaning) {
    this.file = file;
    this.meaning = meaning;
  }

  open({ local, attributes }: SaxesTagNS): void {
    this.isValue = false;
    if (local === 'row') this.beginRow(attributes['r']?.value, attributes['hidden']?.value);
    else if (local === 'c') this.beginCell(attributes['r']?.value, attributes['t']?.value, attributes['s']?.value);
    else if (local === 'f' && this.cell) this.cell.hasFormula = true;
    else this.isValue = local === 'v' || local === 't';
  }

  private beginRow(number: string | undefined, hidden: string | undefined): void {
    const row = number === undefined ? this.row + 1 : Number(number);
    if (!Number.isInteger(row) || row <= this.row || row > MOST_ROW_NUMBER) throw badWorkbook(this.file, 'numbers its rows wrongly');
    this.row = row;
    this.isHidden = hidden === '1' || hidden === 'true';
    this.cells = [];
    this.column = 0;
  }

  private beginCell(place: string | undefined, type = '', style = '0'): void {
    this.column = place === undefined ? this.column + 1 : columnOf(place);
    if (this.column > MOST_COLUMNS) throw badWorkbook(this.file, `has cells beyond column ${MOST_COLUMNS} in row ${this.row}`);
    this.cell = { type, style: Number(style), value: '', hasFormula: false };
  }

  text(text: string): void {
    if (!this.isValue || this.cell === null) return;
    this.cell.value += text;
    if (this.cell.value.length > MOST_CELL_CHARACTERS)
      throw badWorkbook(this.file, `has a cell of more than ${MOST_CELL_CHARACTERS} characters in row ${this.row}`);
  }

  close({ local }: SaxesTagNS): void {
    this.isValue = false;
    if (local === 'c') this.endCell();
    else if (local === 'row') this.endRow();
  }

  private endCell(): void {
    const { cell, column } = this;
    this.cell = null;
    if (cell === null || column < 1) return;
    while (this.cells.length < column) this.cells.push('');
    this.cells[column - 1] = cellText(cell, this.meaning);
  }

  private endRow(): void {
    const cells = this.cells;
    while (cells.length > 0 && (cells.at(-1) ?? '').trim() === '') cells.pop();
    if (cells.length === 0) return;
    if (this.width === 0) this.width = cells.length;
    while (cells.length < this.width) cells.push('');
    this.rows.push({ row: this.row, cells, ...(this.isHidden ? { remark: HIDDEN } : {}) });
  }

  take(): readonly SourceRow[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }
}

const HIDDEN: RowProblem = {
  code: 'hidden-row',
  says: 'is hidden in the workbook, and is read all the same',
  tryThis: 'Delete hidden rows that are not meant to be imported.',
};

/** `B7` is column 2. */
function columnOf(place: string): number {
  const letters = /^[A-Z]{1,3}/.exec(place)?.[0] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
