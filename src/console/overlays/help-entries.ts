/** What `?` lists: every key that works here, with the reason where one does not just now. Generated from the bindings, so it cannot be wrong. */
import type { ConsoleState } from '../state/console-state.ts';
import type { Intent } from '../state/intent.ts';
import { CONSOLE_BINDINGS, consoleChords } from '../state/console-keys.ts';
import { whyNot } from '../state/screen-keys.ts';
import { surroundingsOf } from '../state/surroundings.ts';
import { chordsOf } from '../input/chords-of.ts';
import { ALL_SCREENS, screenNamed } from '../screens/all-screens.ts';

export interface HelpEntry {
  readonly keys: string;
  readonly about: string;
  /** Why not just now. */
  readonly whyNot: string | null;
  readonly intents: readonly Intent[];
  /** A key of the screen, pressed by whoever takes the entry. */
  readonly chord?: string;
}

const chordOf = (chord: string | undefined): Pick<HelpEntry, 'chord'> => (chord === undefined ? {} : { chord });

export function helpEntries(state: ConsoleState, filter: string, atMs: number): readonly HelpEntry[] {
  const open = state.screens.at(-1);
  if (open === undefined) return [];
  const screen = screenNamed(open.name);
  const surroundings = surroundingsOf(state, atMs);
  const own = screen.bindings.map((binding): HelpEntry => ({
    keys: chordsOf(state.rebound, screen.name, binding).join(' '),
    about: binding.about,
    whyNot: whyNot(binding, open.state, surroundings),
    intents: [],
    ...chordOf(chordsOf(state.rebound, screen.name, binding)[0]),
  }));
  const places = ALL_SCREENS.filter(({ digit }) => digit !== null).map((place): HelpEntry => ({
    keys: place.digit ?? '',
    about: `Go to ${place.title}.`,
    whyNot: null,
    intents: [{ kind: 'open', screen: place.name, about: {} }],
  }));
  const needle = filter.trim().toLowerCase();
  return [...own, ...places, ...everywhere(state)].filter(
    ({ keys, about }) => needle === '' || `${keys} ${about}`.toLowerCase().includes(needle),
  );
}

/** A key pressed for somebody is as good as one they press: what asks for a confirmation still asks. */
const everywhere = ({ rebound }: ConsoleState): readonly HelpEntry[] =>
  CONSOLE_BINDINGS.map(({ name, about, intent }) => ({
    keys: consoleChords(rebound, name).join(' '),
    about,
    whyNot: null,
    intents: intent === null ? [] : [intent],
  }));
