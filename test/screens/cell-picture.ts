/** A terminal's cells as an SVG picture: each character in its own cell, so that nothing is reordered or joined that the console did not. */
import type { IBufferCell, Terminal } from '@xterm/headless';

export interface Palette {
  readonly ground: string;
  readonly ink: string;
  /** The sixteen colours of a terminal. */
  readonly colours: readonly string[];
}

export const PALETTES: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    ground: '#15181e',
    ink: '#d5d9e0',
    colours: (
      '#22262e #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #d5d9e0 ' + '#5c6370 #ff7a85 #b5e890 #ffd68a #7cc4ff #dd9bf0 #76d9e6 #ffffff'
    ).split(' '),
  },
  light: {
    ground: '#ffffff',
    ink: '#24292f',
    colours: (
      '#24292f #b31d28 #1a7f37 #9a6700 #0a58ca #8250df #0f7184 #6e7781 ' + '#57606a #cf222e #2da44e #bf8700 #218bff #a475f9 #3192aa #24292f'
    ).split(' '),
  },
};

/** Pixels of one cell, and of the letters in it. */
export const CELL = { width: 8, height: 17, font: 13 };

export function cellPicture(terminal: Terminal, palette: Palette): string {
  const width = terminal.cols * CELL.width;
  const height = terminal.rows * CELL.height;
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowPicture(terminal, row, palette));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="${CELL.font}">
<style>text{white-space:pre;direction:ltr;unicode-bidi:bidi-override}</style><rect width="${width}" height="${height}" fill="${palette.ground}"/>
${rows.join('\n')}</svg>`;
}

interface Look {
  readonly ink: string;
  readonly ground: string;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
}

function rowPicture(terminal: Terminal, row: number, palette: Palette): string {
  const { active } = terminal.buffer;
  const line = active.getLine(active.baseY + row);
  const cells = Array.from({ length: terminal.cols }, (_, column) => line?.getCell(column));
  const grounds = runsOf(cells.map((cell) => (cell === undefined ? palette.ground : lookOf(cell, palette).ground)));
  const top = row * CELL.height;
  const boxes = grounds
    .filter(({ value }) => value !== palette.ground)
    .map(
      ({ value, from, length }) =>
        `<rect x="${from * CELL.width}" y="${top}" width="${length * CELL.width}" height="${CELL.height}" fill="${value}"/>`,
    );
  const letters = cells.flatMap((cell, column) => {
    const text = cell?.getChars() ?? '';
    if (cell === undefined || text.trim() === '') return [];
    const { ink, isBold, isUnderlined } = lookOf(cell, palette);
    const looks = `fill="${ink}"${isBold ? ' font-weight="bold"' : ''}${isUnderlined ? ' text-decoration="underline"' : ''}`;
    return [`<text x="${column * CELL.width}" y="${top + CELL.height - 4}" ${looks}>${escaped(text)}</text>`];
  });
  return [...boxes, ...letters].join('');
}

function runsOf(values: readonly string[]): readonly { readonly value: string; readonly from: number; readonly length: number }[] {
  const starts = values.flatMap((value, at) => (at === 0 || value !== values[at - 1] ? [at] : []));
  return starts.map((from, index) => ({ value: values[from] ?? '', from, length: (starts[index + 1] ?? values.length) - from }));
}

function lookOf(cell: IBufferCell, palette: Palette): Look {
  const ink = colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), palette) ?? palette.ink;
  const ground = colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), palette) ?? palette.ground;
  const isReversed = cell.isInverse() !== 0;
  return {
    ink: isReversed ? ground : ink,
    ground: isReversed ? ink : ground,
    isBold: cell.isBold() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  };
}

/** As xterm numbers them: sixteen of the palette, a cube of 216, and 24 greys. */
function colourOf(isDefault: boolean, isRgb: boolean, code: number, { colours }: Palette): string | null {
  if (isDefault) return null;
  if (isRgb) return `#${code.toString(16).padStart(6, '0')}`;
  if (code < 16) return colours[code] ?? null;
  const steps = [0, 95, 135, 175, 215, 255];
  const at = code - 16;
  const rgb =
    code >= 232
      ? Array.from({ length: 3 }, () => 8 + (code - 232) * 10)
      : [steps[Math.floor(at / 36)], steps[Math.floor(at / 6) % 6], steps[at % 6]];
  return `rgb(${rgb.join(',')})`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
