/**
 * Makes pieces and lines. Every text comes in raw and is cleaned here, once; every piece knows its width; a line is always exactly as wide as
 * it was asked to be, so that no two records can ever share one.
 */
import type { Line, LineKind, Piece, Tone } from './line.ts';
import type { Symbols } from './symbols.ts';
import { cellWidth, truncated } from '../../cli/cell-width.ts';
import { displayText, endsAtLeft, type BidiMode, type ShownText } from '../text/display-text.ts';

export interface BrushOptions {
  readonly bidi: BidiMode;
  readonly symbols: Symbols;
}

/** What a person sees as one character. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Names repeat on every frame; cleaning and measuring them once is most of what a frame would cost. */
const MOST_REMEMBERED = 4_000;

export class Brush {
  readonly symbols: Symbols;
  readonly #bidi: BidiMode;
  readonly #remembered = new Map<string, { readonly text: ShownText; readonly width: number }>();

  constructor({ bidi, symbols }: BrushOptions) {
    this.#bidi = bidi;
    this.symbols = symbols;
  }

  /** As wide as it is. */
  piece(raw: string, tone: Tone = 'plain'): Piece {
    return { ...this.#measured(raw), tone };
  }

  /** Exactly `width` cells: cut with a sign of its own, or filled up with blanks. */
  cell(
    raw: string,
    width: number,
    { align = 'left', tone = 'plain' }: { readonly align?: 'left' | 'right'; readonly tone?: Tone } = {},
  ): Piece {
    const whole = this.#measured(raw);
    const cut = whole.width <= width ? whole : endsAtLeft(raw, this.#bidi) ? this.#cutAtLeft(raw, width) : this.#cut(whole.text, width);
    const blanks = ' '.repeat(Math.max(0, width - cut.width));
    return { text: (align === 'right' ? blanks + cut.text : cut.text + blanks) as ShownText, tone, width };
  }

  blank(width: number): Piece {
    return { text: ' '.repeat(Math.max(0, width)) as ShownText, tone: 'plain', width: Math.max(0, width) };
  }

  rule(width: number): Piece {
    return { text: this.symbols.rule.repeat(Math.max(0, width)) as ShownText, tone: 'muted', width: Math.max(0, width) };
  }

  /** Pieces from left to right in a line of exactly `width` cells; what does not fit is cut off at the right. */
  line(pieces: readonly Piece[], width: number, kind?: LineKind): Line {
    const fitted: Piece[] = [];
    let left = width;
    for (const piece of pieces) {
      if (left <= 0) break;
      const taken = piece.width <= left ? piece : { ...this.#cut(piece.text, left), tone: piece.tone };
      fitted.push(taken);
      left -= taken.width;
    }
    if (left > 0) fitted.push(this.blank(left));
    return kind === undefined ? { pieces: fitted } : { pieces: fitted, kind };
  }

  /** `left` at the left edge and `right` at the right; when both do not fit, the left gives way. */
  edges(left: readonly Piece[], right: readonly Piece[], width: number, kind?: LineKind): Line {
    const rightWidth = Math.min(width, widthOf(right));
    const room = width - rightWidth;
    const start = this.line(left, Math.max(0, room - (room > 1 ? 1 : 0)));
    return this.line([...start.pieces, ...(room > 1 ? [this.blank(1)] : []), ...right], width, kind);
  }

  /** A text over as many lines as it needs, broken between words; a word longer than a line is broken where it must be. */
  wrapped(raw: string, width: number, tone: Tone = 'plain'): readonly Line[] {
    const rows: string[] = [];
    let row = '';
    for (const word of raw.split(/\s+/)) {
      const joined = row === '' ? word : `${row} ${word}`;
      if (this.#measured(joined).width <= width) row = joined;
      else {
        if (row !== '') rows.push(row);
        row = word;
        while (this.#measured(row).width > width) {
          const head = this.#startOf(row, width);
          rows.push(head);
          row = row.slice(head.length);
        }
      }
    }
    if (row !== '' || rows.length === 0) rows.push(row);
    return rows.map((text) => this.line([this.piece(text, tone)], width));
  }

  /** A bar of `width` cells, `share` of it full. */
  bar(share: number, width: number, tone: Tone = 'accent'): readonly Piece[] {
    const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2);
    const full = Math.floor(halves / 2);
    const half = halves % 2;
    const { barFull, barHalf, barEmpty } = this.symbols;
    const filled = barFull.repeat(full) + barHalf.repeat(half);
    return [
      { text: filled as ShownText, tone, width: full + half },
      { text: barEmpty.repeat(width - full - half) as ShownText, tone: 'disabled', width: width - full - half },
    ];
  }

  /** As many whole characters as fit, at least one: half of a wide one would push the next line's start. */
  #startOf(word: string, width: number): string {
    let end = 0;
    for (const { index, segment } of characters.segment(word)) {
      if (index > 0 && this.#measured(word.slice(0, index + segment.length)).width > width) break;
      end = index + segment.length;
    }
    return word.slice(0, end);
  }

  #measured(raw: string): { readonly text: ShownText; readonly width: number } {
    const known = this.#remembered.get(raw);
    if (known) return known;
    const text = displayText(raw, this.#bidi);
    const measured = { text, width: cellWidth(text) };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(raw, measured);
    return measured;
  }

  /** Cuts the end of a text that reads from the right, so that how it begins stays: cut where it is read last, then put in order. */
  #cutAtLeft(raw: string, width: number): { readonly text: ShownText; readonly width: number } {
    if (width <= 1) return this.#cut(this.#measured(raw).text, width);
    let start = raw;
    let shown = this.#measured(raw);
    // Joining two letters into one sign makes the width depend on what follows, so it is measured anew.
    while (shown.width > width - 1) {
      const letters = Array.from(characters.segment(start), ({ segment }) => segment);
      start = letters
        .slice(0, Math.max(0, letters.length - Math.max(1, shown.width - width + 1)))
        .join('')
        .trimEnd();
      const text = displayText(start, this.#bidi);
      shown = { text, width: cellWidth(text) };
    }
    return { text: (this.symbols.more + shown.text) as ShownText, width: shown.width + 1 };
  }

  /** Cuts shown text; the sign of the cut is the set's own, and the result is filled up where half a wide character was left over. */
  #cut(text: ShownText, width: number): { readonly text: ShownText; readonly width: number } {
    if (width <= 0) return { text: '' as ShownText, width: 0 };
    const cut = truncated(text, width).replace(/…$/, this.symbols.more);
    return { text: (cut + ' '.repeat(Math.max(0, width - cellWidth(cut)))) as ShownText, width };
  }
}

export const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { width }) => sum + width, 0);
