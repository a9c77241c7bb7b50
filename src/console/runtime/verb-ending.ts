/** How a verb ended, as the operator is told: one line, the whole answer where it is to be read, and what takes it back. */
import { gap, heading, hint, line, passage, type Page } from '../../cli/page.ts';
import type { Command, CommandResult } from '../../app/commands/command.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { VerbEnding } from '../state/event.ts';
import type { VerbAct } from '../state/intent.ts';

/** Of a verb that ran to its end, well or not. */
export async function ended(
  act: VerbAct,
  { name }: Command,
  { data, notes = [], ending }: CommandResult<unknown>,
  timeZone: string,
): Promise<VerbEnding> {
  const { presenterOf } = await import('../../cli/present/presenters.ts');
  const presenter = await presenterOf(name);
  const answer = presenter.page(data, { notes, timeZone });
  const below = presenter.takesNotes === true ? [] : toldBelow(data, notes);
  const isDone = ending === 'ok' || ending === 'nothing-to-do';
  const isWhole = act.shows === 'page' || !isDone;
  // More than fits one line is said in full, without the table that says it again.
  const wantsPage = isWhole || notes.length > 1;
  const page = isWhole ? [...answer, ...(answer.length === 0 || below.length === 0 ? [] : [gap]), ...below] : below;
  const undo = undoOf(act, data, ending);
  const summary = notes[0] ?? (wantsPage ? `${name}: ${ENDING_WORDS[ending]}.` : `${name}: done.`);
  return {
    words: act.words,
    isDone,
    summary,
    page: wantsPage && page.length > 0 ? page : null,
    undo,
    undoUntil: undo === null ? null : undoUntil(data),
  };
}

/** What a shell tells beside the page stands below it here: of many records, each that was refused with its reason. */
function toldBelow(data: unknown, notes: readonly string[]): Page {
  const refused = (data as Refused | null)?.refused;
  if (!hasItems(refused)) return notes.map(line);
  return [heading(`Refused: ${refused.length}`), ...refused.flatMap(({ message, tryThis }) => [line(message), hint(tryThis)])];
}

type Refusals = readonly { readonly message: string; readonly tryThis: string }[];

interface Refused {
  /** A list of a verb on many records; other verbs count by this name. */
  readonly refused?: Refusals | number;
}

const hasItems = (refused: Refused['refused']): refused is Refusals => typeof refused === 'object' && refused.length > 0;

interface Done {
  readonly done?: readonly { readonly id?: number; readonly undoUntil?: string }[];
}

/** Of what was done in part, only that part is taken back. */
function undoOf({ undo }: VerbAct, data: unknown, ending: CommandResult<unknown>['ending']): readonly string[] | null {
  if (undo === null || (ending !== 'ok' && ending !== 'partly')) return null;
  if (ending === 'ok') return undo.map((word) => word.replace(/^\{([\w.]+)\}$/, (_, path: string) => answeredAt(data, path)));
  const done = new Set(((data as Done).done ?? []).map(({ id }) => String(id)));
  const [verb = '', ...words] = undo;
  const ids = words.filter((word) => done.has(word));
  return ids.length === 0 ? null : [verb, ...ids];
}

/** What the answer has at such a place: an id that nobody could know before. */
function answeredAt(data: unknown, path: string): string {
  const found = path.split('.').reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null)?.[name], data);
  if (typeof found === 'number' || typeof found === 'string') return String(found);
  throw new Error(`The answer has nothing at ${path}.`);
}

/** The earliest of all that was done: after it not everything can be taken back any more. */
const undoUntil = (data: unknown): string | null =>
  ((data as Done | null)?.done ?? [])
    .flatMap(({ undoUntil: until }) => until ?? [])
    .toSorted((one, other) => Temporal.Instant.compare(one, other))[0] ?? null;

const ENDING_WORDS: Readonly<Record<CommandResult<unknown>['ending'], string>> = {
  ok: 'done',
  failed: 'not in order',
  critical: 'not in order at all',
  partly: 'only partly done',
  'nothing-to-do': 'nothing to do',
  refused: 'refused',
};

/** Of what is only there to be read. */
export const shown = ({ words }: VerbAct, page: Page, summary: string): VerbEnding => ({
  words,
  isDone: true,
  summary,
  page,
  undo: null,
  undoUntil: null,
});

/** Of a verb that was refused or went wrong. */
export function failed({ words }: VerbAct, error: unknown): VerbEnding {
  const message = error instanceof Error ? error.message : String(error);
  const tryThis =
    error instanceof OperatorError ? error.tryThis : 'This is a fault of the program; the same command in a shell keeps a report of it.';
  return {
    words,
    isDone: false,
    summary: message,
    page: [passage(message), gap, hint(tryThis)],
    undo: null,
    undoUntil: null,
  };
}
