/** Runs verbs as typed: the same parsing, checks, permissions and words as the command line, in the console's own session. */
import { askFirst, askWhether } from '../../cli/confirmation.ts';
import { progressText } from '../../cli/progress-line.ts';
import type { Page } from '../../cli/page.ts';
import { passage } from '../../cli/page.ts';
import { usageError } from '../../cli/usage-error.ts';
import type { Command, CommandContext, CommandResult, WorkProgress } from '../../app/commands/command.ts';
import type { CommandRegistry } from '../../app/commands/registry.ts';
import type { Session } from '../../app/session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { exported } from './export-list.ts';
import { onlyReads } from './reading-verbs.ts';
import type { VerbEnding } from '../state/event.ts';
import type { VerbAct } from '../state/intent.ts';

export interface VerbRunnerOptions {
  readonly registry: CommandRegistry;
  readonly session: () => Promise<Session>;
  /** A line of what a verb says while it works. */
  readonly say: (line: string) => void;
  /** Leaves the terminal to another program while it works. */
  readonly handOver: NonNullable<CommandContext['handOver']>;
  /** Why nothing may be changed here; null when it may. */
  readonly lockedBecause: () => string | null;
}

/** Columns that help is laid out for. */
const HELP_WIDTH = 88;

export class VerbRunner {
  readonly #options: VerbRunnerOptions;
  #answer: ((isMeant: boolean) => void) | null = null;

  constructor(options: VerbRunnerOptions) {
    this.#options = options;
  }

  /** Never throws: whatever goes wrong is how the verb ended. */
  async run(act: VerbAct, onQuestion: (question: string) => void): Promise<VerbEnding> {
    try {
      return await this.#run(act, onQuestion);
    } catch (error) {
      return failed(act, error);
    }
  }

  /** From the operator to the verb that asked. */
  answer(isMeant: boolean): void {
    this.#answer?.(isMeant);
    this.#answer = null;
  }

  async #run(act: VerbAct, onQuestion: (question: string) => void): Promise<VerbEnding> {
    const { registry } = this.#options;
    const { readInvocation } = await import('../../cli/read-invocation.ts');
    const invocation = await readInvocation({ argv: act.words, env: {}, registry, width: HELP_WIDTH });
    if (invocation.kind === 'version') return shown(act, [], 'Wafa');
    if (invocation.kind !== 'verb') return shown(act, [passage(invocation.text)], 'Help');
    const { command, input, options } = invocation;
    this.#refuse(command, input, options.company);
    const ask = async (question: string): Promise<string> => ((await this.#asked(question, onQuestion)) ? 'yes' : 'no');
    const isMeant = options.yes || act.confirm !== null;
    await askFirst(command, input, isMeant, ask);
    const session = await this.#options.session();
    const context: CommandContext = {
      installation: session.installation,
      session: async () => session,
      say: this.#options.say,
      progress: this.#progressed(),
      handOver: this.#options.handOver,
      confirm: (question) => askWhether(question, isMeant, ask),
    };
    if (options.csv) return shown(act, [], await exported(command, input, context));
    const result = await command.run(context, input);
    return await ended(act, command, result, session.timeZone);
  }

  /** Twice a second is often enough for a line that is read in passing. */
  #progressed(): (work: WorkProgress) => void {
    let step = '';
    let sinceMs = 0;
    let saidAtMs = -Infinity;
    return (work) => {
      const nowMs = performance.now();
      if (work.step !== step) [step, sinceMs] = [work.step, nowMs];
      if (nowMs - saidAtMs < 500) return;
      saidAtMs = nowMs;
      this.#options.say(progressText(work, nowMs - sinceMs));
    };
  }

  #asked(question: string, onQuestion: (question: string) => void): Promise<boolean> {
    onQuestion(question.replace(/ Type yes: $/, ''));
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** A console that may change nothing runs only what reads, whichever way it was typed. */
  #refuse(command: Command, input: unknown, company: string | undefined): void {
    if (company !== undefined)
      throw usageError('other-company', 'This console is open on one company.', 'Leave --company out; the key C goes to another company.');
    const locked = this.#options.lockedBecause();
    if (locked !== null && !onlyReads(command.name, input))
      throw usageError('console-locked', `\`${command.name}\` was refused: ${locked}.`, 'Reading works; changing does not.');
  }
}

async function ended(
  act: VerbAct,
  { name }: Command,
  { data, notes = [], ending }: CommandResult<unknown>,
  timeZone: string,
): Promise<VerbEnding> {
  const { presenterOf } = await import('../../cli/present/presenters.ts');
  const presenter = await presenterOf(name);
  const page = presenter.page(data, { notes, timeZone });
  const isDone = ending === 'ok' || ending === 'nothing-to-do';
  const wantsPage = act.shows === 'page' || !isDone;
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

interface Done {
  readonly done?: readonly { readonly id?: number; readonly undoUntil?: string }[];
}

/** Of what was done in part, only that part is taken back. */
function undoOf({ undo }: VerbAct, data: unknown, ending: CommandResult<unknown>['ending']): readonly string[] | null {
  if (undo === null || (ending !== 'ok' && ending !== 'partly')) return null;
  if (ending === 'ok') return undo;
  const done = new Set(((data as Done).done ?? []).map(({ id }) => String(id)));
  const [verb = '', ...words] = undo;
  const ids = words.filter((word) => done.has(word));
  return ids.length === 0 ? null : [verb, ...ids];
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

const shown = ({ words }: VerbAct, page: Page, summary: string): VerbEnding => ({
  words,
  isDone: true,
  summary,
  page,
  undo: null,
  undoUntil: null,
});

function failed({ words }: VerbAct, error: unknown): VerbEnding {
  const message = error instanceof Error ? error.message : String(error);
  const hint =
    error instanceof OperatorError ? error.tryThis : 'This is a fault of the program; the same command in a shell keeps a report of it.';
  return {
    words,
    isDone: false,
    summary: message,
    page: [passage(message), { kind: 'gap' }, { kind: 'hint', text: hint }],
    undo: null,
    undoUntil: null,
  };
}
