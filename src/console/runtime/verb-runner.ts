/** Runs verbs as typed: the same parsing, checks, permissions and words as the command line, in the console's own session. */
import { askFirst, askWhether } from '../../cli/confirmation.ts';
import { progressText } from '../../cli/progress-line.ts';
import { passage } from '../../cli/page.ts';
import { usageError } from '../../cli/usage-error.ts';
import type { Command, CommandContext, WorkProgress } from '../../app/commands/command.ts';
import type { CommandRegistry } from '../../app/commands/registry.ts';
import type { Session } from '../../app/session.ts';
import { exported } from './export-list.ts';
import { onlyReads } from './reading-verbs.ts';
import { ended, failed, shown } from './verb-ending.ts';
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
    const file = act.writes ?? (options.csv ? 'csv' : null);
    if (file !== null) return shown(act, [], await exported(command, input, context, file));
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
