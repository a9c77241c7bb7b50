/**
 * The fonts of a page, opened once per process and shared by all its documents: IBM Plex Sans Arabic in two weights, each in the three
 * files its package splits it into. Of the free Arabic fonts tried it is the one whose dots and ligatures survive in a PDF.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font, type GlyphRun } from 'fontkit';
import { assert } from '../../domain/operator-error.ts';
import { remembered } from '../remembered.ts';
import { fontInWoff } from './woff.ts';

export type Weight = 'regular' | 'bold';

export type Direction = 'ltr' | 'rtl';

export interface PageFont {
  readonly name: string;
  has(codePoint: number): boolean;
  /** Width of a piece in thousandths of the size it is set in. */
  width(text: string, direction: Direction): number;
  /** What the PDF library takes for a font; shapes in the direction named by the "features" it is given. */
  readonly shaper: Font;
}

const require = createRequire(import.meta.url);

/** Asked in this order; together they cover English, European names and Arabic. */
const SUBSETS = ['latin', 'arabic', 'latin-ext'] as const;

const FILE_WEIGHT: Readonly<Record<Weight, number>> = { regular: 400, bold: 600 };

const opened = new Map<Weight, readonly PageFont[]>();

export function fontsOf(weight: Weight): readonly PageFont[] {
  const known = opened.get(weight);
  if (known) return known;
  const folder = join(dirname(require.resolve('@fontsource/ibm-plex-sans-arabic/package.json')), 'files');
  const fonts = SUBSETS.map((subset) => openFont(folder, subset, weight));
  opened.set(weight, fonts);
  return fonts;
}

/** Thousandths are what PDF counts in, so a font drawn on such a grid needs no scaling. */
const GRID = 1000;

function openFont(folder: string, subset: string, weight: Weight): PageFont {
  const file = `ibm-plex-sans-arabic-${subset}-${FILE_WEIGHT[weight]}-normal.woff`;
  const font = create(fontInWoff(readFileSync(join(folder, file))));
  assert('layout' in font && font.unitsPerEm === GRID, `${file} is not one font on a grid of ${GRID}`);
  const shape = remembered(MOST_SHAPED, (key: string) => shaped(font, key.slice(3), key.slice(0, 3) as Direction));
  // The PDF library scales the positions it is given in place; on this grid that changes nothing, so documents may share them.
  const layout = (text: string, features?: readonly string[]): ShapedRun => shape(`${features?.[0] ?? 'ltr'}${text}`);
  return {
    name: `${subset}-${weight}`,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text, direction) => shape(`${direction}${text}`).advanceWidth,
    shaper: Object.create(font, { layout: { value: layout } }) as Font,
  };
}

type ShapedRun = Pick<GlyphRun, 'positions' | 'advanceWidth'> & {
  readonly glyphs: readonly Pick<GlyphRun['glyphs'][number], 'id' | 'advanceWidth' | 'codePoints'>[];
};

/**
 * Only ligatures a letter form needs (lam-alef), none for beauty: what a reader selects and searches is then letter for letter what is
 * written. The shaping library remembers of each glyph which letter it first stood for; it is made to forget, because Arabic and Persian
 * letters share glyphs, and the bytes of a document may not depend on what was written before it.
 */
function shaped(font: Font, text: string, direction: Direction): ShapedRun {
  Object.assign(font, { _glyphs: {} });
  const { glyphs, positions, advanceWidth } = font.layout(text, { liga: false, dlig: false }, undefined, undefined, direction);
  // PDF readers take the text of a page in the order it is drawn and turn right-to-left pieces round letter by letter.
  const asDrawn = (codes: readonly number[]): number[] => (direction === 'rtl' ? codes.toReversed() : [...codes]);
  return {
    glyphs: glyphs.map((glyph) => ({ id: glyph.id, advanceWidth: glyph.advanceWidth, codePoints: asDrawn(glyph.codePoints) })),
    positions,
    advanceWidth,
  };
}

/** Pieces kept shaped: labels, months and names come again on every page; amounts do not, so the memory is bounded. */
const MOST_SHAPED = 5_000;
