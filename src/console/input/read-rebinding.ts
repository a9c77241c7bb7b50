/**
 * Keys of the operator's own: `{ "queue.approve": ["A"], "everywhere.undo": ["U"] }`. Pure. What cannot be meant is left as Wafa brings it, and
 * said: a key that does two things would do the wrong one.
 */
import { CONSOLE_BINDINGS, EVERYWHERE } from '../state/console-keys.ts';
import { ALL_SCREENS } from '../screens/all-screens.ts';

export interface Rebinding {
  /** By screen and name, as `queue.approve`. */
  readonly rebound: Readonly<Record<string, readonly string[]>>;
  /** Whole sentences. */
  readonly problems: readonly string[];
}

/** Named keys as the decoder names them; any other key is its one character. */
const NAMED =
  /^(?:(?:ctrl|alt|shift)\+)*(?:enter|esc|tab|space|backspace|delete|up|down|left|right|home|end|pageup|pagedown)$|^(?:ctrl|alt)\+[a-z]$/;

/** Always leave, whatever a file says. */
const RESERVED: ReadonlySet<string> = new Set(['ctrl+c']);

interface Named {
  readonly id: string;
  readonly screen: string;
  readonly chords: readonly string[];
}

const ALL: readonly Named[] = [
  ...CONSOLE_BINDINGS.map(({ name, chords }) => ({ id: `${EVERYWHERE}.${name}`, screen: EVERYWHERE, chords })),
  ...ALL_SCREENS.flatMap(({ name: screen, bindings }) => bindings.map(({ name, chords }) => ({ id: `${screen}.${name}`, screen, chords }))),
];

export function readRebinding(keys: Readonly<Record<string, unknown>>): Rebinding {
  const problems: string[] = [];
  const asked = new Map<string, readonly string[]>();
  for (const [id, value] of Object.entries(keys)) {
    const problem = problemOf(id, value);
    if (problem === null) asked.set(id, value as readonly string[]);
    else problems.push(problem);
  }
  return withoutConflicts(asked, problems);
}

function problemOf(id: string, value: unknown): string | null {
  if (!ALL.some((one) => one.id === id)) return `There is nothing called ${JSON.stringify(id.slice(0, 60))}.`;
  if (!Array.isArray(value) || value.length === 0 || !value.every((chord) => typeof chord === 'string'))
    return `${id} needs a list of keys, such as ["A"].`;
  const odd = (value as readonly string[]).find((chord) => !isChord(chord));
  if (odd !== undefined) return `${id}: ${JSON.stringify(odd.slice(0, 20))} is no key; write A, ctrl+a, space or pagedown.`;
  const reserved = (value as readonly string[]).find((chord) => RESERVED.has(chord));
  return reserved === undefined ? null : `${id}: ${reserved} always leaves and cannot be given to anything else.`;
}

const isChord = (chord: string): boolean => NAMED.test(chord) || ([...chord].length === 1 && !/[\s\p{Cc}]/u.test(chord));

/** Two of one screen on the same key, and a key of a screen that hides one of the console's: whoever asked for it keeps what it came with. */
function withoutConflicts(asked: ReadonlyMap<string, readonly string[]>, problems: readonly string[]): Rebinding {
  const kept = new Map(asked);
  const said: string[] = [];
  for (let again = true; again;) {
    again = false;
    for (const [id, chords] of kept) {
      const rival = rivalOf(id, chords, kept);
      if (rival === null) continue;
      said.push(`${id} cannot have ${rival.chord}: on that screen it is ${rival.id} already. It keeps ${chordsOfId(id).join(' ')}.`);
      kept.delete(id);
      again = true;
      break;
    }
  }
  return { rebound: Object.fromEntries(kept), problems: [...problems, ...said] };
}

const chordsOfId = (id: string): readonly string[] => ALL.find((one) => one.id === id)?.chords ?? [];

function rivalOf(
  id: string,
  chords: readonly string[],
  kept: ReadonlyMap<string, readonly string[]>,
): { readonly id: string; readonly chord: string } | null {
  const own = ALL.find((one) => one.id === id);
  for (const other of ALL) {
    if (other.id === id || !(other.screen === own?.screen || isBeneath(own, other))) continue;
    const taken = kept.get(other.id) ?? other.chords;
    const chord = chords.find((one) => taken.includes(one));
    if (chord !== undefined) return { id: other.id, chord };
  }
  return null;
}

/** A screen's key wins over the console's; taking one away unasked would leave the screen without a way back, or without help. */
const isBeneath = (own: Named | undefined, other: Named): boolean => own?.screen !== EVERYWHERE && other.screen === EVERYWHERE;
