/** What a key asks for beyond the screen's own state. The console's update turns each into a change or into an effect. */
import type { Question } from './screen.ts';
import type { Tone } from '../paint/line.ts';
import type { CsvTable } from '../../cli/csv-text.ts';
import type { Page } from '../../cli/page.ts';

export type Intent =
  | { readonly kind: 'open'; readonly screen: string; readonly about: Question }
  | { readonly kind: 'back' }
  | { readonly kind: 'flash'; readonly text: string; readonly tone: Tone }
  /** Asks again at once, and puts rows in order. */
  | { readonly kind: 'refresh' }
  /** Draws the whole screen anew. */
  | { readonly kind: 'redraw' }
  | { readonly kind: 'verb'; readonly act: VerbAct }
  /** Asks for one line of text first; the answer goes into the words in place of `{answer}`. */
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  /** Offers a list to choose from; typing narrows it. */
  | { readonly kind: 'choose'; readonly choice: Choice }
  /** Writes the rows that are shown into a file. */
  | { readonly kind: 'write-rows'; readonly name: string; readonly table: CsvTable; readonly writes: FileKind }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Shows a passage in an overlay that scrolls. */
  | { readonly kind: 'passage'; readonly title: string; readonly page: Page }
  /** Reads a page in another program that takes the whole terminal. */
  | { readonly kind: 'outside'; readonly program: OutsideProgram; readonly title: string; readonly page: Page }
  /** Leaves this company and everything shown of it for another one. */
  | { readonly kind: 'enter-company'; readonly code: string }
  | { readonly kind: 'command-line'; readonly text: string }
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' };

/** As named in PAGER, and in VISUAL or EDITOR. */
export type OutsideProgram = 'pager' | 'editor';

export type FileKind = 'csv' | 'xlsx';

/** A verb as it would be typed, and what has to be agreed to before it runs. */
export interface VerbAct {
  /** The words of the line: the verb and its arguments, each as one argument. */
  readonly words: readonly string[];
  /** Null runs at once. */
  readonly confirm: Confirmation | null;
  /** Whether the whole answer is shown, or one line of it when all went well. */
  readonly shows: 'page' | 'summary';
  /** All pages of its list go into a file instead of being shown. */
  readonly writes?: FileKind;
  /** The verb that takes it back, with its words; null when nothing does. `{promise.id}` is what the answer has at that place. */
  readonly undo: readonly string[] | null;
}

export interface Confirmation {
  /** As a question: `Approve 12 reminders?` */
  readonly question: string;
  /** What it would do: counts, totals per currency, the first names. */
  readonly facts: readonly string[];
  /** Has to be typed; null when one key is enough. */
  readonly typedWord: string | null;
  /** What agreeing is called: `approve`. */
  readonly verb: string;
}

export interface Prompt {
  readonly title: string;
  readonly hint: string;
  readonly value: string;
  /** What the answer is: any text unless told, one day, or several. */
  readonly reads?: 'text' | 'day' | 'days';
  /** `{answer}` in a word, and in a fact of the question that follows, is replaced by what was typed. */
  readonly act: VerbAct;
}

export interface Choice {
  readonly title: string;
  /** What is said where there is nothing to choose. */
  readonly whenNone: string;
  readonly entries: readonly ChoiceEntry[];
}

export interface ChoiceEntry {
  readonly name: string;
  readonly about: string;
  readonly intents: readonly Intent[];
  /** What Delete does with it; left out where it cannot be deleted. */
  readonly removal?: readonly Intent[];
}
