/**
 * Which columns of a table fit a width, and how wide each is. Pure. Amounts, ids and days are never cut: a table that is too narrow cuts names,
 * then leaves columns out, the least useful first.
 */
import type { Brush } from './brush.ts';
import type { Piece, Tone } from './line.ts';

export interface TableColumn<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Cells it takes when there is room. */
  readonly width: number;
  /** May be narrowed to this; without it the column is whole or not there. */
  readonly least?: number;
  /** Takes what the others leave, up to this many cells. */
  readonly most?: number;
  /** Left out when it is too narrow, the highest first; without it the column always stays. */
  readonly leaveOut?: number;
  text(row: Row): string;
  tone?(row: Row): Tone;
}

export interface PlacedColumn<Row> {
  readonly column: TableColumn<Row>;
  readonly width: number;
}

/** Cells between two columns. */
const GAP = 2;

export function planColumns<Row>(columns: readonly TableColumn<Row>[], width: number): readonly PlacedColumn<Row>[] {
  const least = columns.reduce((sum, column) => sum + (column.least ?? column.width), GAP * Math.max(0, columns.length - 1));
  if (least > width) {
    const worst = columns.reduce<TableColumn<Row> | undefined>(
      (found, column) => ((column.leaveOut ?? 0) > (found?.leaveOut ?? 0) ? column : found),
      undefined,
    );
    if (worst)
      return planColumns(
        columns.filter((column) => column !== worst),
        width,
      );
  }
  return widened(columns, Math.max(0, width - least));
}

/** Gives the spare cells first to what was narrowed, then to what may grow. */
function widened<Row>(columns: readonly TableColumn<Row>[], spare: number): readonly PlacedColumn<Row>[] {
  let left = spare;
  const give = (want: number): number => {
    const given = Math.min(left, want);
    left -= given;
    return given;
  };
  const usual = columns.map((column) => (column.least ?? column.width) + give(column.width - (column.least ?? column.width)));
  return columns.map((column, index) => {
    const width = usual[index] ?? column.width;
    return { column, width: width + give(Math.max(0, (column.most ?? width) - width)) };
  });
}

export const headPieces = <Row>(brush: Brush, placed: readonly PlacedColumn<Row>[]): readonly Piece[] =>
  placed.flatMap(({ column, width }, index) => [
    ...(index === 0 ? [] : [brush.blank(GAP)]),
    brush.cell(column.title, width, { align: column.align ?? 'left', tone: 'muted' }),
  ]);

export const rowPieces = <Row>(brush: Brush, placed: readonly PlacedColumn<Row>[], row: Row): readonly Piece[] =>
  placed.flatMap(({ column, width }, index) => [
    ...(index === 0 ? [] : [brush.blank(GAP)]),
    brush.cell(column.text(row), width, { align: column.align ?? 'left', tone: column.tone?.(row) ?? 'plain' }),
  ]);
