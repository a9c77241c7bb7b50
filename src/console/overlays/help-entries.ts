/** What `?` lists: every key that works here, with the reason where one does not just now. Generated from the bindings, so it cannot be wrong. */
import type { ConsoleState } from '../state/console-state.ts';
import type { Intent } from '../state/intent.ts';
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
}

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
  }));
  const places = ALL_SCREENS.filter(({ digit }) => digit !== null).map((place): HelpEntry => ({
    keys: place.digit ?? '',
    about: `Go to ${place.title}.`,
    whyNot: null,
    intents: [{ kind: 'open', screen: place.name, about: {} }],
  }));
  const needle = filter.trim().toLowerCase();
  return [...own, ...places, ...EVERYWHERE].filter(({ keys, about }) => needle === '' || `${keys} ${about}`.toLowerCase().includes(needle));
}

const EVERYWHERE: readonly HelpEntry[] = [
  {
    keys: ':',
    about: 'Type any command of `wafa`, such as `explain C-00017`.',
    whyNot: null,
    intents: [{ kind: 'command-line', text: '' }],
  },
  { keys: 'ctrl+p', about: 'Find a command by its words.', whyNot: null, intents: [{ kind: 'palette' }] },
  { keys: 'u', about: 'Take back the last thing done here, while it can be.', whyNot: null, intents: [] },
  { keys: 'r', about: 'Read everything again and put it in order.', whyNot: null, intents: [{ kind: 'refresh' }] },
  { keys: 'esc', about: 'Close what is open, drop the filter, drop the marks, go back; never leaves.', whyNot: null, intents: [] },
  { keys: 'ctrl+l', about: 'Draw the whole screen again.', whyNot: null, intents: [] },
  { keys: 'q', about: 'Go back; at the first screen, leave.', whyNot: null, intents: [] },
  { keys: '?', about: 'This list. Type to narrow it, Enter to use an entry.', whyNot: null, intents: [] },
];
