/**
 * What a screen draws: lines of pieces, each with a tone. A tone says what a piece means, the theme says how that looks. Lines are built by
 * {@link Brush} only, so that no text reaches the terminal uncleaned and every width is the width shown.
 */
import type { ShownText } from '../text/display-text.ts';

/** What a piece of text means. Nothing may be told apart by its tone alone: words or symbols say it too. */
export type Tone = 'plain' | 'strong' | 'muted' | 'title' | 'key' | 'good' | 'notice' | 'bad' | 'accent' | 'disabled';

/** What a whole line is. */
export type LineKind = 'cursor' | 'marked' | 'bar' | 'overlay' | 'overlay-title' | 'overlay-cursor';

export interface Piece {
  readonly text: ShownText;
  readonly tone: Tone;
  /** In cells of the terminal. */
  readonly width: number;
  /** A ground of its own instead of the line's; null for none. */
  readonly kind?: LineKind | null;
}

export interface Line {
  readonly pieces: readonly Piece[];
  /** Background and emphasis of the whole line; left out for an ordinary one. */
  readonly kind?: LineKind;
}
