/** Everything the console knows, in one value. Changed by `update` only. */
import type { Choice, Prompt, VerbAct } from './intent.ts';
import type { Question, ScreenName } from './screen.ts';
import type { Tone } from '../paint/line.ts';
import type { ThemeName } from '../paint/theme.ts';
import type { Page } from '../../cli/page.ts';
import type { Pulse } from '../../app/read-pulse.ts';

export interface ConsoleState {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly theme: ThemeName;
  readonly screens: readonly OpenScreen[];
  readonly overlays: readonly Overlay[];
  /** The company that was entered from another one; null while it is the one the console was opened on. */
  readonly company: string | null;
  readonly pulse: Pulse | null;
  readonly link: Link;
  readonly flash: Flash | null;
  /** The verb under way; only one at a time, so that a second press cannot do it twice. */
  readonly running: { readonly words: readonly string[]; readonly sinceMs: number } | null;
  readonly lastUndo: LastUndo | null;
  /** What was entered on the `:` line on this visit, the newest last. */
  readonly linesTyped: readonly string[];
  readonly isReadOnly: boolean;
  readonly hasQuit: boolean;
  /** Counts painted frames' states; an overlay that has not been painted takes no keys. */
  readonly nextOverlayId: number;
  /** Keys rebound by the operator, by screen and name. */
  readonly rebound: Readonly<Record<string, readonly string[]>>;
}

/** The last thing done here, and how it is taken back. */
export interface LastUndo {
  readonly words: readonly string[];
  readonly what: string;
  /** Until when it surely can be; null when time alone does not end it. */
  readonly until: Temporal.Instant | null;
  /** Whole seconds of that left, as last counted; null without an end. */
  readonly leftSeconds: number | null;
}

export interface OpenScreen {
  readonly name: ScreenName;
  readonly about: Question;
  /** Known to the screen alone. */
  readonly state: unknown;
  /** The question the newest data answered, as JSON; null before the first. */
  readonly answered: string | null;
}

export type Overlay =
  | { readonly kind: 'confirm'; readonly id: number; readonly act: VerbAct; readonly typed: string; readonly paintedAtMs: number | null }
  /** A verb under way asks; it waits until this is answered. */
  | { readonly kind: 'asked'; readonly id: number; readonly question: string; readonly paintedAtMs: number | null }
  | { readonly kind: 'prompt'; readonly id: number; readonly prompt: Prompt; readonly field: Field; readonly paintedAtMs: number | null }
  | { readonly kind: 'choice'; readonly id: number; readonly choice: Choice; readonly field: Field; readonly at: number }
  | { readonly kind: 'command-line'; readonly id: number; readonly field: Field; readonly historyAt: number | null }
  | { readonly kind: 'palette'; readonly id: number; readonly field: Field; readonly at: number }
  | { readonly kind: 'help'; readonly id: number; readonly field: Field; readonly at: number }
  | { readonly kind: 'passage'; readonly id: number; readonly title: string; readonly page: Page; readonly top: number };

/** One line being typed. The caret stands before the character with this number, counted in code points. */
export interface Field {
  readonly value: string;
  readonly caret: number;
}

export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly seenAtMs: number }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly tries: number; readonly why: string };

export interface Flash {
  readonly text: string;
  readonly tone: Tone;
  readonly untilMs: number;
}
