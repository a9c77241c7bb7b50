/**
 * What a presenter answers with: a page of plain pieces. Presenters choose words and order only; `render-page.ts` cleans every piece
 * of text, lays it out for the width at hand and adds colour, so that no presenter can let a control code through.
 */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut to this many cells when the page is narrow. Columns without it (amounts, ids, days) stay whole. */
  readonly least?: number;
  /** Left out of a page that is still too narrow, the highest number first. Columns without it always stay. */
  readonly leaveOut?: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'line'; readonly text: string }
  /** What to do next; set apart from what is. */
  | { readonly kind: 'hint'; readonly text: string }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  /** Text of several lines, such as a mail: its line ends are kept, everything else is cleaned. */
  | { readonly kind: 'passage'; readonly text: string }
  | { readonly kind: 'gap' };

export type Page = readonly Block[];

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const line = (text: string): Block => ({ kind: 'line', text });
export const hint = (text: string): Block => ({ kind: 'hint', text });
export const pairs = (...rows: readonly (readonly [string, string])[]): Block => ({ kind: 'pairs', pairs: rows });
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): Block => ({ kind: 'table', columns, rows });
export const passage = (text: string): Block => ({ kind: 'passage', text });
export const gap: Block = { kind: 'gap' };
