/** A key while no overlay is open: the console's own keys first where they are the same everywhere, then the screen's. */
import type { ConsoleState } from './console-state.ts';
import type { Step } from './event.ts';
import { consoleKey } from './console-keys.ts';
import { flashed, follow } from './follow-intents.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Outcome, Surroundings } from './screen.ts';
import type { Binding } from '../input/binding.ts';
import { chordsOf } from '../input/chords-of.ts';
import type { Key } from '../input/key.ts';
import { screenNamed } from '../screens/all-screens.ts';

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
