/**
 * How many cells of a terminal a text takes, counted by what a person sees as one character. Expects text that is already safe.
 *
 * The tables of wide characters take 70 ms to load, more than the rest of a short command: plain ASCII, which most pages are
 * throughout, is counted without them.
 */
import { createRequire } from 'node:module';
import type stringWidth from 'string-width';

export const cellWidth = (text: string): number => (isAscii(text) ? text.length : widthOfAny(text));

/** Cuts at a whole character and marks the cut with `…`; never wider than `most`. */
export function truncated(text: string, most: number): string {
  if (cellWidth(text) <= most) return text;
  let kept = '';
  let width = 0;
  for (const character of charactersOf(text)) {
    width += cellWidth(character);
    if (width > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

let loaded: typeof stringWidth | undefined;

function widthOfAny(text: string): number {
  loaded ??= (createRequire(import.meta.url)('string-width') as { readonly default: typeof stringWidth }).default;
  return loaded(text);
}

let graphemes: Intl.Segmenter | undefined;

function charactersOf(text: string): Iterable<string> {
  if (isAscii(text)) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Iterator.from(graphemes.segment(text)).map(({ segment }) => segment);
}
