/** A page as the command line makes it, drawn for the console: the same words in both faces, written once. */
import type { Brush } from '../paint/brush.ts';
import { headPieces, planColumns, rowPieces, type TableColumn } from '../paint/columns.ts';
import type { Line } from '../paint/line.ts';
import { cellWidth } from '../../cli/cell-width.ts';
import type { Block, Column, Page } from '../../cli/page.ts';

/** Cells kept free at the left. */
const MARGIN = 2;

export const pageLines = (page: Page, brush: Brush, width: number): readonly Line[] =>
  page
    .flatMap((block) => blockLines(block, brush, width - MARGIN))
    .map((line) => ({ ...line, pieces: [brush.blank(MARGIN), ...line.pieces] }));

function blockLines(block: Block, brush: Brush, width: number): readonly Line[] {
  switch (block.kind) {
    case 'heading':
      return brush.wrapped(block.text, width, 'title');
    case 'line':
      return brush.wrapped(block.text, width);
    case 'hint':
      return brush.wrapped(`→ ${block.text}`, width, 'muted');
    case 'pairs':
      return pairLines(block.pairs, brush, width);
    case 'table':
      return tableOf(block.columns, block.rows, brush, width);
    case 'passage':
      return block.text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .flatMap((text) => passageLines(text, brush, width));
    case 'gap':
      return [brush.line([], width)];
  }
}

/** As it was written where it fits; what does not is broken between words, never cut. */
function passageLines(text: string, brush: Brush, width: number): readonly Line[] {
  const whole = brush.piece(text);
  return whole.width <= width ? [brush.line([whole], width)] : brush.wrapped(text, width);
}

function pairLines(pairs: readonly (readonly [string, string])[], brush: Brush, width: number): readonly Line[] {
  const label = Math.min(24, pairs.reduce((widest, [name]) => Math.max(widest, cellWidth(name)), 0) + 2);
  return pairs.flatMap(([name, value]) =>
    brush
      .wrapped(value, width - label)
      .map((line, index) => ({ pieces: [brush.cell(index === 0 ? name : '', label, { tone: 'muted' }), ...line.pieces] })),
  );
}

function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[], brush: Brush, width: number): readonly Line[] {
  const planned = columns.map((column, index): TableColumn<readonly string[]> => {
    const natural = rows.reduce((widest, row) => Math.max(widest, brush.piece(row[index] ?? '').width), cellWidth(column.title));
    return {
      title: column.title,
      align: column.align ?? 'left',
      width: natural,
      ...(column.least === undefined ? {} : { least: Math.min(natural, Math.max(column.least, cellWidth(column.title))) }),
      ...(column.leaveOut === undefined ? {} : { leaveOut: column.leaveOut }),
      text: (row) => row[index] ?? '',
    };
  });
  const placed = planColumns(planned, width);
  return [brush.line(headPieces(brush, placed), width), ...rows.map((row) => brush.line(rowPieces(brush, placed, row), width))];
}
