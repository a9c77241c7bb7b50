/** A key while no overlay is open: the console's own keys first where they are the same everywhere, then the screen's. */
import type { ConsoleState } from './console-state.ts';
import type { Step } from './event.ts';
import { flashed, follow, started } from './follow-intents.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Outcome, Surroundings } from './screen.ts';
import type { Binding } from '../input/binding.ts';
import { chordsOf } from '../input/chords-of.ts';
import type { Key } from '../input/key.ts';
import { ALL_SCREENS, screenNamed } from '../screens/all-screens.ts';

export function screenKey(state: ConsoleState, key: Key, atMs: number): Step<ConsoleState> {
  const open = state.screens.at(-1);
  if (open === undefined) return [state, []];
  const screen = screenNamed(open.name);
  const surroundings = surroundingsOf(state, atMs);
  if (key.chord !== 'ctrl+c' && screen.captures?.(open.state) === true)
    return settled(state, screen.unbound?.(open.state, key, surroundings) ?? { state: open.state }, atMs);
  const binding = screen.bindings.find((candidate) => chordsOf(state.rebound, screen.name, candidate).includes(key.chord));
  if (binding) return bound(state, binding, surroundings, atMs);
  const unbound = screen.unbound?.(open.state, key, surroundings) ?? null;
  return unbound === null ? (consoleKey(state, key, atMs) ?? [state, []]) : settled(state, unbound, atMs);
}

/** A key that cannot do its work answers with the reason, so that nothing pressed is ever silent. */
function bound(state: ConsoleState, binding: Binding<unknown>, surroundings: Surroundings, atMs: number): Step<ConsoleState> {
  const open = state.screens.at(-1);
  if (open === undefined) return [state, []];
  const why = whyNot(binding, open.state, surroundings);
  if (why !== null) return [flashed(state, `Not now: ${why}.`, 'notice', atMs), []];
  return settled(state, binding.run(open.state, surroundings), atMs);
}

/** Why a key cannot do its work just now; null when it can. Footer, help and the key itself ask the same. */
export const whyNot = (binding: Binding<unknown>, screenState: unknown, surroundings: Surroundings): string | null =>
  (binding.verb === undefined ? null : surroundings.whyNotVerb(binding.verb)) ?? binding.whyNot?.(screenState, surroundings) ?? null;

function settled(state: ConsoleState, { state: screenState, intents = [] }: Outcome<unknown>, atMs: number): Step<ConsoleState> {
  const open = state.screens.at(-1);
  if (open === undefined) return [state, []];
  return follow({ ...state, screens: state.screens.with(-1, { ...open, state: screenState }) }, intents, atMs);
}

/** Keys that mean the same on every screen that does not use them itself. */
function consoleKey(state: ConsoleState, key: Key, atMs: number): Step<ConsoleState> | null {
  const digit = ALL_SCREENS.find((screen) => screen.digit === key.chord);
  if (digit) return follow(state, [{ kind: 'open', screen: digit.name, about: {} }], atMs);
  switch (key.chord) {
    case ':':
      return follow(state, [{ kind: 'command-line', text: '' }], atMs);
    case 'ctrl+p':
      return follow(state, [{ kind: 'palette' }], atMs);
    case '?':
      return follow(state, [{ kind: 'help' }], atMs);
    case 'r':
      return follow(state, [{ kind: 'refresh' }], atMs);
    case 'esc':
      return follow(state, [{ kind: 'back' }], atMs);
    case 'u':
      return undo(state, atMs);
    case 'q':
      return state.screens.length > 1 ? follow(state, [{ kind: 'back' }], atMs) : leave(state, atMs);
    case 'ctrl+c':
      return leave(state, atMs);
    default:
      return null;
  }
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
