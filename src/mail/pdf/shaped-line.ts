/**
 * Puts one line of mixed text into the order in which it is drawn, from left to right: by the Unicode bidirectional algorithm, in pieces
 * of one direction and one font. The isolates in a text (see `reading-order.ts`) decide its order here and are then left out, because
 * a PDF would print them as boxes. A character no font has becomes a question mark, so that a reader sees that something was there.
 */
import bidiFactory from 'bidi-js';
import { type Direction, fontsOf, type PageFont, type Weight } from './fonts.ts';
import { remembered } from '../remembered.ts';

// Its types describe an ES module, but what is loaded is CommonJS: the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

export interface Piece {
  /** In reading order; the font's shaper turns it round when the direction is right to left. */
  readonly text: string;
  readonly font: PageFont;
  readonly direction: Direction;
  /** Thousandths of the size it is set in. */
  readonly width: number;
}

export interface ShapedLine {
  /** From left to right. */
  readonly pieces: readonly Piece[];
  readonly width: number;
}

const ISOLATES = /[\u200E\u200F\u2066-\u2069]/;

/** Lines kept: headings, notes and names are those of the page before. */
const MOST_LINES = 2_000;

const SHAPE: Readonly<Record<Weight, Readonly<Record<Direction, (text: string) => ShapedLine>>>> = {
  regular: {
    ltr: remembered(MOST_LINES, (text) => shape(text, 'regular', 'ltr')),
    rtl: remembered(MOST_LINES, (text) => shape(text, 'regular', 'rtl')),
  },
  bold: {
    ltr: remembered(MOST_LINES, (text) => shape(text, 'bold', 'ltr')),
    rtl: remembered(MOST_LINES, (text) => shape(text, 'bold', 'rtl')),
  },
};

export const shapedLine = (text: string, weight: Weight, direction: Direction): ShapedLine => SHAPE[weight][direction](text);

function shape(text: string, weight: Weight, direction: Direction): ShapedLine {
  const fonts = fontsOf(weight);
  const [latin] = fonts as [PageFont, ...PageFont[]]; // there are three
  if (direction === 'ltr' && isPlain(text)) {
    const width = latin.width(text, 'ltr');
    return { pieces: text === '' ? [] : [{ text, font: latin, direction, width }], width };
  }
  const { shown, fontAt } = withFonts(text, fonts);
  const pieces = inDrawingOrder(splitPieces(shown, fontAt, direction)).map(({ level, font, text: part }): Piece => {
    const way: Direction = level % 2 === 1 ? 'rtl' : 'ltr';
    const mirrored = way === 'rtl' ? mirroredBrackets(part) : part;
    return { text: mirrored, font, direction: way, width: font.width(mirrored, way) };
  });
  return { pieces, width: pieces.reduce((sum, { width }) => sum + width, 0) };
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface FontedText {
  readonly shown: string;
  /** The font of each UTF-16 unit; `null` for an isolate, which is not drawn. */
  readonly fontAt: readonly (PageFont | null)[];
}

/** Chooses a font letter by letter, staying with the last one where it can, and replaces what none has. */
function withFonts(text: string, fonts: readonly PageFont[]): FontedText {
  const [latin] = fonts as [PageFont, ...PageFont[]]; // there are three
  const fontAt: (PageFont | null)[] = [];
  let shown = '';
  let current = latin;
  for (const { segment: letter } of letters.segment(text)) {
    if (ISOLATES.test(letter)) {
      shown += letter;
      for (let unit = 0; unit < letter.length; unit += 1) fontAt.push(null);
      continue;
    }
    const codes = [...letter].map((character) => character.codePointAt(0) as number); // a letter is not empty
    const font = [current, ...fonts].find((one) => codes.every((code) => one.has(code)));
    const drawn = font ? letter : '?';
    current = font ?? latin;
    shown += drawn;
    for (let unit = 0; unit < drawn.length; unit += 1) fontAt.push(current);
  }
  return { shown, fontAt };
}

/** Nearly every amount and number is ASCII, of which the first font has every character. */
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

interface LevelledPiece {
  readonly text: string;
  readonly font: PageFont;
  readonly level: number;
}

function splitPieces(text: string, fontAt: FontedText['fontAt'], direction: Direction): readonly LevelledPiece[] {
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const pieces: { text: string; readonly font: PageFont; readonly level: number }[] = [];
  let isJoined = false;
  for (let at = 0; at < text.length; at += 1) {
    const font = fontAt[at] ?? null;
    const level = levels[at] ?? 0;
    const last = pieces.at(-1);
    if (font === null) isJoined = false;
    else if (isJoined && last?.font === font && last.level === level) last.text += text[at] ?? '';
    else {
      pieces.push({ text: text[at] ?? '', font, level });
      isJoined = true;
    }
  }
  return pieces;
}

/** Rule L2 of the algorithm, on whole pieces: from the highest level down, what stands at it or above is turned round. */
function inDrawingOrder(pieces: readonly LevelledPiece[]): readonly LevelledPiece[] {
  const order = [...pieces];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      let end = start;
      while ((order[end]?.level ?? -1) >= level) end += 1;
      if (end - start > 1) order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  }
  return order;
}

const mirroredBrackets = (text: string): string => [...text].map((character) => bidi.getMirroredCharacter(character) ?? character).join('');
