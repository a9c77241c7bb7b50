/**
 * Keys as data: what a key does on a screen, in words for help and footer. Keys are bound by the name of what they do, so that a file of the
 * operator's own can bind them anew.
 */
import type { Outcome, Surroundings } from '../state/screen.ts';

export interface Binding<State> {
  /** Stable name, such as `approve`; unique on its screen. */
  readonly name: string;
  /** Chords that do it, the one that is shown first. */
  readonly chords: readonly string[];
  /** A word or two for the footer, and a sentence for help. */
  readonly label: string;
  readonly about: string;
  /** Not in the footer: moving about, which everybody knows. */
  readonly isQuiet?: boolean;
  /** The verb behind it; the person's permission and read-only are judged by it. */
  readonly verb?: string;
  /** Why it cannot be done just now; null when it can. A key that cannot is shown and answers with this. */
  whyNot?(state: State, surroundings: Surroundings): string | null;
  run(state: State, surroundings: Surroundings): Outcome<State>;
}
