/**
 * The one place where text meets the terminal: every piece is cleaned by `safeText`, laid out, and only then coloured. Colour is
 * never the only bearer of a meaning, and there is none in a pipe.
 */
import { cellWidth } from './cell-width.ts';
import type { Block, Page } from './page.ts';
import { tableLines } from './table.ts';
import type { TextStyle } from './terminal.ts';
import { wrapped } from './wrap-text.ts';
import { safeText } from '../domain/safe-text.ts';

/** The page as text with a line end after each line; empty for an empty page. */
export const renderPage = (page: Page, style: TextStyle): string =>
  page
    .flatMap((block) => blockLines(block, style))
    .map((text) => `${text}\n`)
    .join('');

function blockLines(block: Block, { width, proseWidth, bold, dim }: TextStyle): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return wrapped(safeText(block.text), proseWidth).map(bold);
    case 'line':
      return wrapped(safeText(block.text), proseWidth);
    case 'hint':
      return wrapped(`  → ${safeText(block.text)}`, proseWidth, '    ');
    case 'pairs':
      return pairLines(
        block.pairs.map(([label, value]) => [safeText(label), safeText(value)]),
        proseWidth,
      );
    case 'table': {
      const columns = block.columns.map((column) => ({ ...column, title: safeText(column.title) }));
      const [head = '', ...rows] = tableLines(
        columns,
        block.rows.map((row) => row.map(safeText)),
        width,
      );
      return [dim(head), ...rows];
    }
    case 'passage':
      return block.text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map(safeText);
    case 'gap':
      return [''];
  }
}

/** A long value goes on below itself; in a page too narrow for that, at its beginning. */
function pairLines(rows: readonly (readonly [string, string])[], proseWidth: number): readonly string[] {
  const width = rows.reduce((widest, [label]) => Math.max(widest, cellWidth(label)), 0) + 2;
  const isNarrow = proseWidth < 2 * width;
  return rows.flatMap(([label, value]) => {
    const start = `${label}${' '.repeat(width - cellWidth(label))}`;
    if (isNarrow) return [`${start}${value}`.trimEnd()];
    const [first = '', ...more] = wrapped(value, proseWidth - width);
    return [`${start}${first}`.trimEnd(), ...more.map((rest) => `${' '.repeat(width)}${rest}`)];
  });
}
