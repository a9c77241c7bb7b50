/** A page as plain text, for programs that take the terminal in the console's place. */
import { pageLines } from '../widgets/page-lines.ts';
import type { Brush } from '../paint/brush.ts';
import type { Page } from '../../cli/page.ts';
import { renderPage } from '../../cli/render-page.ts';

/** As the console draws it, letters joined and in reading order where this terminal needs that: for a pager. */
export const shownText = (page: Page, brush: Brush, columns: number): string =>
  pageLines(page, brush, columns)
    .map(
      ({ pieces }) =>
        `${pieces
          .map(({ text }) => text)
          .join('')
          .trimEnd()}\n`,
    )
    .join('');

/** Columns that a copy is laid out for; an editor shows long lines in its own way. */
const COPY_WIDTH = 120;

const plain = (text: string): string => text;

/** As it is stored: for an editor, from which pieces are taken on. */
export const storedText = (page: Page): string => renderPage(page, { width: COPY_WIDTH, proseWidth: COPY_WIDTH, bold: plain, dim: plain });
