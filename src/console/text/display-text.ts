/**
 * The one way from data to the screen: what comes out has no control codes, only characters every terminal agrees on the width of, and stands in
 * the order it is read. Text that has been through here must not come again: reordering twice would undo itself.
 *
 * Most terminals show Arabic letter by letter and from the left, so it is joined and reordered here (`app`). Some reorder by themselves
 * (`terminal`): then only the cleaning is done. Copies and exports always take the stored text, never this one.
 */
import { createRequire } from 'node:module';
import type ArabicReshaper from 'arabic-persian-reshaper';
import type bidiFactory from 'bidi-js';

import { safeText } from '../../domain/safe-text.ts';

export type BidiMode = 'app' | 'terminal';

declare const shownBrand: unique symbol;

/** Ready for a cell of the screen. */
export type ShownText = string & { readonly [shownBrand]: true };

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const ASCII = /^[ -~]*$/;

/** Terminals and width tables disagree about all of these: variation selectors, joiners, keycaps, skin tones, flags' letters, marks without a letter. */
const DISPUTED_WIDTH = /[\uFE00-\uFE0F]|\u200C|\u200D|\u20E3|[\u{1F3FB}-\u{1F3FF}]|[\u{E0100}-\u{E01EF}]/gu;

/** Vowel marks are dropped inside a table: reordered letter by letter they would land on the neighbour. */
const ARABIC_MARKS = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED]/g;

/** Scripts whose clusters terminals count differently are shown by their base letters. */
const OTHER_MARKS = /(?<=[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Malayalam}])\p{M}+/gu;

export function displayText(raw: string, mode: BidiMode): ShownText {
  if (ASCII.test(raw)) return raw as ShownText;
  const clean = safeText(raw).replace(DISPUTED_WIDTH, '').replace(OTHER_MARKS, '');
  if (!RIGHT_TO_LEFT.test(clean)) return clean as ShownText;
  const bare = clean.replace(ARABIC_MARKS, '');
  return (mode === 'terminal' ? bare : reordered(joined(bare))) as ShownText;
}

/** True for text that is put in order here and begins at the right: its end, which may be cut off, stands at the left. */
export const endsAtLeft = (raw: string, mode: BidiMode): boolean =>
  mode === 'app' &&
  RIGHT_TO_LEFT.test(raw) &&
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(raw);

/** Loaded with the first Arabic there is to show: the first picture has none, and is not to wait. Both packages are CommonJS. */
const load = createRequire(import.meta.url);
let reshaper: typeof ArabicReshaper | undefined;
let bidi: ReturnType<typeof bidiFactory.default> | undefined;

function joined(text: string): string {
  reshaper ??= load('arabic-persian-reshaper') as typeof ArabicReshaper;
  return reshaper.ArabicShaper.convertArabic(text);
}

/** By the Unicode algorithm, with the direction of the first strong letter. */
function reordered(text: string): string {
  bidi ??= (load('bidi-js') as typeof bidiFactory.default)();
  const levels = bidi.getEmbeddingLevels(text, 'auto');
  return bidi.getReorderedString(text, levels);
}
