/** Everything that can happen to the console. Times are milliseconds of one clock that only runs forward. */
import type { Page } from '../../cli/page.ts';
import type { Pulse } from '../../app/read-pulse.ts';
import type { Intent, OutsideProgram, VerbAct } from './intent.ts';
import type { Key } from '../input/key.ts';
import type { Tone } from '../paint/line.ts';

export type ConsoleEvent =
  /** The first picture is on the terminal. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'key'; readonly key: Key; readonly atMs: number }
  | { readonly kind: 'resized'; readonly columns: number; readonly rows: number }
  /** The frame with these overlays is on the terminal. */
  | { readonly kind: 'painted'; readonly overlayIds: readonly number[]; readonly atMs: number }
  | { readonly kind: 'pulse'; readonly pulse: Pulse; readonly atMs: number }
  | { readonly kind: 'link-lost'; readonly why: string; readonly atMs: number }
  | { readonly kind: 'answered'; readonly screen: string; readonly question: string; readonly data: unknown; readonly atMs: number }
  | { readonly kind: 'unanswered'; readonly screen: string; readonly why: string; readonly atMs: number }
  /** A verb under way wants to know whether it is meant. */
  | { readonly kind: 'asked'; readonly question: string; readonly atMs: number }
  | { readonly kind: 'verb-ended'; readonly ending: VerbEnding; readonly atMs: number }
  /** Another company is open; null and why not when it could not be entered. */
  | { readonly kind: 'entered'; readonly code: string; readonly whyNot: string | null; readonly atMs: number }
  | { readonly kind: 'flash'; readonly text: string; readonly tone: Tone; readonly atMs: number }
  /** Time passed; ends what lasts only a while. */
  | { readonly kind: 'tick'; readonly atMs: number };

/** How a verb went, in words for a person. */
export interface VerbEnding {
  readonly words: readonly string[];
  readonly isDone: boolean;
  /** One line for the bottom of the screen. */
  readonly summary: string;
  /** The whole answer, where it is to be read; null when the summary says it all. */
  readonly page: Page | null;
  readonly undo: readonly string[] | null;
  /** Business time until which that surely works; null when time alone does not end it. */
  readonly undoUntil: string | null;
}

/** What the world has to do; its outcome comes back as an event. */
export type Effect =
  | { readonly kind: 'run-verb'; readonly act: VerbAct }
  /** Answers the verb that asked. */
  | { readonly kind: 'answer'; readonly isMeant: boolean }
  | { readonly kind: 'ask'; readonly screen: string; readonly question: Readonly<Record<string, unknown>> }
  | Extract<Intent, { kind: 'write-rows' }>
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'outside'; readonly program: OutsideProgram; readonly title: string; readonly page: Page }
  | { readonly kind: 'enter-company'; readonly code: string }
  | { readonly kind: 'repaint' }
  | { readonly kind: 'quit' };

/** The next state, and what to do about it. */
export type Step<State> = readonly [state: State, effects: readonly Effect[]];
