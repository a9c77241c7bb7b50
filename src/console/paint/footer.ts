/** The last line: what the keys do here. What cannot be done just now is shown all the same, dimmed and in brackets, so that keys stay where the hand expects them. */
import { widthOf, type Brush } from './brush.ts';
import type { Line, Piece } from './line.ts';
import { chordsOf } from '../input/chords-of.ts';
import { screenNamed } from '../screens/all-screens.ts';
import type { ConsoleState } from '../state/console-state.ts';
import { whyNot } from '../state/screen-keys.ts';
import type { Surroundings } from '../state/screen.ts';

export function footerLine(state: ConsoleState, brush: Brush, surroundings: Surroundings): Line {
  const open = state.screens.at(-1);
  const screen = open === undefined ? null : screenNamed(open.name);
  const own = (screen?.bindings ?? [])
    .filter(({ isQuiet }) => isQuiet !== true)
    .map((binding) => {
      const isOff = whyNot(binding, open?.state, surroundings) !== null;
      return hint(brush, chordsOf(state.rebound, screen?.name ?? '', binding)[0] ?? '', binding.label, isOff);
    });
  const rest = [...hint(brush, ':', 'command', false), ...hint(brush, '?', 'help', false)];
  return brush.edges([brush.blank(1), ...fitting(own, state.size.columns - widthOf(rest) - 2)], rest, state.size.columns);
}

/** Whole hints only: half a word would be read as another one. What is left out stands in help. */
function fitting(hints: readonly (readonly Piece[])[], room: number): readonly Piece[] {
  const shown: Piece[] = [];
  for (const pieces of hints) {
    // The last blanks may be cut off.
    if (widthOf(shown) + widthOf(pieces) - 2 > room) break;
    shown.push(...pieces);
  }
  return shown;
}

const hint = (brush: Brush, chord: string, label: string, isOff: boolean): readonly Piece[] =>
  isOff
    ? [brush.piece(`(${chord} ${label})`, 'disabled'), brush.blank(2)]
    : [brush.piece(chord, 'key'), brush.piece(` ${label}`, 'muted'), brush.blank(2)];
