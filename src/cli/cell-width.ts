/**
 * How many cells of a terminal a text takes, counted by what a person sees as one character. Expects text that is already safe.
 *
 * The tables of wide characters take 70 ms to load, more than the rest of a short command and of the console's first picture: characters
 * that are known to take one cell each, which most pages are throughout, are counted without them.
 */
import { createRequire } from 'node:module';
import type stringWidth from 'string-width';

export const cellWidth = (text: string): number => (isPlain(text) ? text.length : widthOfAny(text));

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

/**
 * Every one of these takes one cell in every table and stands for itself beside any other: ASCII, Latin letters, dashes and quotes, the lines, bars and signs
 * Wafa draws with, Arabic letters as written and as joined for the screen. A test holds each of them against the tables.
 */
const PLAIN = /^[ -~À-ɏ–—‘’“”…·×→─-▟▲▼●❯ء-غف-ي٠-٩ﺀ-ﻼ]*$/;

const isPlain = (text: string): boolean => PLAIN.test(text);

let loaded: typeof stringWidth | undefined;

function widthOfAny(text: string): number {
  loaded ??= (createRequire(import.meta.url)('string-width') as { readonly default: typeof stringWidth }).default;
  return loaded(text);
}

let graphemes: Intl.Segmenter | undefined;

function charactersOf(text: string): Iterable<string> {
  if (isPlain(text)) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Iterator.from(graphemes.segment(text)).map(({ segment }) => segment);
}
