/**
 * Keeps the state and does what it asks of the world. Every answer comes back as an event, so that nothing but `update` ever changes the state; two
 * reads of one screen never overtake each other.
 */
import type { VerbRunner } from './verb-runner.ts';
import type { ConsoleState } from '../state/console-state.ts';
import type { ConsoleEvent, Effect } from '../state/event.ts';
import type { OutsideProgram } from '../state/intent.ts';
import type { Question } from '../state/screen.ts';
import { update } from '../state/update.ts';
import { screenNamed } from '../screens/all-screens.ts';
import type { Session } from '../../app/session.ts';
import type { Page } from '../../cli/page.ts';

/** What the runtime needs of the terminal. */
export interface TerminalHands {
  copy(text: string): void;
  repaint(): void;
  /** Shows a page in the operator's pager or editor, which has the terminal until it ends. @returns why it could not; null when it could. */
  showOutside(program: OutsideProgram, title: string, page: Page): Promise<string | null>;
  leave(): void;
}

export interface RuntimeOptions {
  readonly state: ConsoleState;
  readonly session: () => Promise<Session>;
  /** From now on the session is that company's. */
  readonly enterCompany: (code: string) => Promise<void>;
  readonly verbs: VerbRunner;
  readonly terminal: TerminalHands;
  /** Milliseconds of a clock that only runs forward. */
  readonly clockMs: () => number;
}

export class ConsoleRuntime {
  #state: ConsoleState;
  readonly #options: RuntimeOptions;
  readonly #listeners = new Set<() => void>();
  /** The question under way per screen, and the one to ask when it is answered. */
  /** Counts the companies entered; an answer from an earlier one is nobody's any more. */
  #visit = 0;
  readonly #asking = new Map<string, { next: Question | null }>();

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#state = options.state;
  }

  readonly state = (): ConsoleState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  nowMs(): number {
    return this.#options.clockMs();
  }

  readonly dispatch = (event: ConsoleEvent): void => {
    const [state, effects] = update(this.#state, event);
    const hasChanged = state !== this.#state;
    this.#state = state;
    effects.forEach((effect) => this.#perform(effect));
    if (hasChanged) this.#listeners.forEach((listener) => listener());
  };

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'ask':
        this.#ask(effect.screen, effect.question);
        return;
      case 'run-verb':
        void this.#options.verbs
          .run(effect.act, (question) => this.dispatch({ kind: 'asked', question, atMs: this.nowMs() }))
          .then((ending) => this.dispatch({ kind: 'verb-ended', ending, atMs: this.nowMs() }));
        return;
      case 'answer':
        this.#options.verbs.answer(effect.isMeant);
        return;
      case 'copy':
        this.#options.terminal.copy(effect.text);
        this.dispatch({ kind: 'flash', text: `Copied ${effect.what}.`, tone: 'good', atMs: this.nowMs() });
        return;
      case 'enter-company':
        void this.#enter(effect.code);
        return;
      case 'outside':
        void this.#options.terminal.showOutside(effect.program, effect.title, effect.page).then((why) => {
          if (why !== null) this.dispatch({ kind: 'flash', text: why, tone: 'notice', atMs: this.nowMs() });
        });
        return;
      case 'write-rows':
        void this.#write(effect);
        return;
      case 'repaint':
        this.#options.terminal.repaint();
        return;
      case 'quit':
        this.#options.terminal.leave();
    }
  }

  async #write({ name, table, writes }: Extract<Effect, { kind: 'write-rows' }>): Promise<void> {
    try {
      const { writeTable } = await import('./export-list.ts');
      this.dispatch({ kind: 'flash', text: await writeTable(name, table, writes), tone: 'good', atMs: this.nowMs() });
    } catch (error) {
      this.dispatch({ kind: 'flash', text: error instanceof Error ? error.message : String(error), tone: 'bad', atMs: this.nowMs() });
    }
  }

  async #enter(code: string): Promise<void> {
    let whyNot: string | null = null;
    try {
      await this.#options.enterCompany(code);
      // What is still being read is about the company that was left.
      this.#asking.clear();
      this.#visit += 1;
    } catch (error) {
      whyNot = error instanceof Error ? error.message : String(error);
    }
    this.dispatch({ kind: 'entered', code, whyNot, atMs: this.nowMs() });
  }

  /** One read per screen at a time; of those asked meanwhile only the last one matters. */
  #ask(screen: string, question: Question): void {
    const underWay = this.#asking.get(screen);
    if (underWay) {
      underWay.next = question;
      return;
    }
    const turn: { next: Question | null } = { next: null };
    this.#asking.set(screen, turn);
    const visit = this.#visit;
    void this.#read(screen, question).then((event) => {
      if (visit !== this.#visit) return;
      this.#asking.delete(screen);
      this.dispatch(event);
      if (turn.next !== null) this.#ask(screen, turn.next);
    });
  }

  async #read(screen: string, question: Question): Promise<ConsoleEvent> {
    try {
      const data = await screenNamed(screen).fetch(await this.#options.session(), question);
      return { kind: 'answered', screen, question: JSON.stringify(question), data, atMs: this.nowMs() };
    } catch (error) {
      return { kind: 'unanswered', screen, why: error instanceof Error ? error.message : String(error), atMs: this.nowMs() };
    }
  }
}
