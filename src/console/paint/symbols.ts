/** Signs of the console's own, in one cell each. ASCII for terminals and fonts that lack the others. */
export interface Symbols {
  readonly cursor: string;
  readonly mark: string;
  readonly rule: string;
  readonly more: string;
  readonly barFull: string;
  readonly barHalf: string;
  readonly barEmpty: string;
  readonly up: string;
  readonly down: string;
  readonly dot: string;
  readonly separator: string;
  readonly corner: { readonly topLeft: string; readonly topRight: string; readonly bottomLeft: string; readonly bottomRight: string };
  readonly side: string;
}

export const UNICODE_SYMBOLS: Symbols = {
  cursor: '❯',
  mark: '●',
  rule: '─',
  more: '…',
  barFull: '█',
  barHalf: '▌',
  barEmpty: '░',
  up: '▲',
  down: '▼',
  dot: '·',
  separator: '│',
  corner: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
  side: '│',
};

export const ASCII_SYMBOLS: Symbols = {
  cursor: '>',
  mark: '*',
  rule: '-',
  more: '~',
  barFull: '#',
  barHalf: '=',
  barEmpty: '.',
  up: '^',
  down: 'v',
  dot: '.',
  separator: '|',
  corner: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+' },
  side: '|',
};
