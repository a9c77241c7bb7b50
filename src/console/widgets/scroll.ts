/** Keys that scroll a text longer than the screen. */
import type { Binding } from '../input/binding.ts';
import type { Surroundings } from '../state/screen.ts';

export interface Scrolled {
  /** First line shown; may point beyond the end of a text that has become shorter. */
  readonly top: number;
}

export function scrollBindings<State extends Scrolled>(): readonly Binding<State>[] {
  const scroll = (name: string, chords: readonly string[], about: string, by: (surroundings: Surroundings) => number): Binding<State> => ({
    name,
    chords,
    label: name,
    about,
    isQuiet: true,
    run: (state, surroundings) => ({ state: { ...state, top: Math.max(0, Math.min(LAST_LINE, state.top + by(surroundings))) } }),
  });
  return [
    scroll('line-down', ['down', 'j'], 'A line down.', () => 1),
    scroll('line-up', ['up', 'k'], 'A line up.', () => -1),
    scroll('page-down', ['pagedown', 'space', 'ctrl+d'], 'A page down.', ({ area }) => Math.max(1, area.rows - 2)),
    scroll('page-up', ['pageup', 'ctrl+u'], 'A page up.', ({ area }) => -Math.max(1, area.rows - 2)),
    scroll('start', ['home', 'g'], 'To the beginning.', () => -LAST_LINE),
    scroll('end', ['end', 'G'], 'To the end.', () => LAST_LINE),
  ];
}

/** More lines than any page has; the view stops at the last one. */
export const LAST_LINE = 1_000_000;

/** The lines from `top` on that fit; the end of the text stays at the bottom of the area. */
export function linesFrom<Item>(lines: readonly Item[], top: number, rows: number): readonly Item[] {
  const from = Math.max(0, Math.min(top, lines.length - rows));
  return lines.slice(from, from + rows);
}
