/** Keys that mean the same on every screen that does not use them itself. Named like those of screens, so that a file can bind them anew. */
import type { ConsoleState } from './console-state.ts';
import type { Step } from './event.ts';
import { flashed, follow, started } from './follow-intents.ts';
import type { Intent } from './intent.ts';
import { surroundingsOf } from './surroundings.ts';
import { chordsOf } from '../input/chords-of.ts';
import type { Key } from '../input/key.ts';
import { ALL_SCREENS } from '../screens/all-screens.ts';

/** What stands for a screen's name in the file of one's own keys. */
export const EVERYWHERE = 'everywhere';

export interface ConsoleBinding {
  readonly name: string;
  readonly chords: readonly string[];
  readonly about: string;
  /** What it asks for; null for what has to be decided by the state. */
  readonly intent: Intent | null;
}

export const CONSOLE_BINDINGS: readonly ConsoleBinding[] = [
  {
    name: 'command',
    chords: [':'],
    about: 'Type any command of `wafa`, such as `explain C-00017`.',
    intent: { kind: 'command-line', text: '' },
  },
  { name: 'palette', chords: ['ctrl+p'], about: 'Find a command by its words.', intent: { kind: 'palette' } },
  { name: 'help', chords: ['?'], about: 'Every key that works here. Type to narrow it, Enter to use an entry.', intent: { kind: 'help' } },
  { name: 'refresh', chords: ['r'], about: 'Read everything again and put it in order.', intent: { kind: 'refresh' } },
  { name: 'undo', chords: ['u'], about: 'Take back the last thing done here, while it can be.', intent: null },
  {
    name: 'back',
    chords: ['esc'],
    about: 'Close what is open, drop the filter, drop the marks, go back; never leaves.',
    intent: { kind: 'back' },
  },
  { name: 'redraw', chords: ['ctrl+l'], about: 'Draw the whole screen again.', intent: { kind: 'redraw' } },
  { name: 'leave', chords: ['q'], about: 'Go back; at the first screen, leave.', intent: null },
];

export const consoleChords = (rebound: ConsoleState['rebound'], name: string): readonly string[] => {
  const binding = CONSOLE_BINDINGS.find((one) => one.name === name);
  return binding === undefined ? [] : chordsOf(rebound, EVERYWHERE, binding);
};

/** Null when the key means nothing here. Ctrl+C leaves whatever is bound: nobody may be locked in by a file. */
export function consoleKey(state: ConsoleState, key: Key, atMs: number): Step<ConsoleState> | null {
  if (key.chord === 'ctrl+c') return leave(state, atMs);
  const binding = CONSOLE_BINDINGS.find((one) => chordsOf(state.rebound, EVERYWHERE, one).includes(key.chord));
  if (binding !== undefined) {
    if (binding.intent !== null) return follow(state, [binding.intent], atMs);
    if (binding.name === 'undo') return undo(state, atMs);
    return state.screens.length > 1 ? follow(state, [{ kind: 'back' }], atMs) : leave(state, atMs);
  }
  const place = ALL_SCREENS.find((screen) => screen.digit === key.chord);
  return place === undefined ? null : follow(state, [{ kind: 'open', screen: place.name, about: {} }], atMs);
}

function undo(state: ConsoleState, atMs: number): Step<ConsoleState> {
  const { lastUndo } = state;
  if (lastUndo === null) return [flashed(state, 'There is nothing of this visit to take back.', 'notice', atMs), []];
  const why = surroundingsOf(state, atMs).whyNotVerb(lastUndo.words[0] ?? '');
  if (why !== null) return [flashed(state, `Not now: ${why}.`, 'notice', atMs), []];
  return started({ ...state, lastUndo: null }, { words: lastUndo.words, confirm: null, shows: 'summary', undo: null }, atMs);
}

/** A first Ctrl+C or q only says how to leave when something is under way; work that runs is never cut off by a slip. */
function leave(state: ConsoleState, atMs: number): Step<ConsoleState> {
  const isSure = state.running === null || state.flash?.text === LEAVE_HINT;
  return isSure ? follow(state, [{ kind: 'quit' }], atMs) : [flashed(state, LEAVE_HINT, 'notice', atMs), []];
}

const LEAVE_HINT = 'Something is still running. Press again to leave; it will be finished or undone by the database.';
