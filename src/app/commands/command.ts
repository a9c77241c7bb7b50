/**
 * The command registry's contract: each verb once, with its words, arguments, permission and work. Keys, palette, `:` line,
 * one-shots, help, completion, docs and audit all come from these objects; no face adds a rule of its own.
 */
import type { z } from 'zod';
import type { Role } from '../../domain/vocabulary.ts';
import type { Installation } from '../installation.ts';
import type { Session } from '../session.ts';

export type CommandGroup = 'set up' | 'ledger' | 'reminders' | 'running' | 'looking back';

/** An argument by position, or an option by flag; its value is checked by the command's zod schema under the same name. */
export interface ArgumentSpec {
  readonly name: string;
  readonly about: string;
  readonly isRequired?: boolean;
  /** Takes all that remain, as an array. */
  readonly isMany?: boolean;
}

export interface OptionSpec {
  /** Name in the schema, camelCase; the flag is its kebab-case. */
  readonly name: string;
  readonly about: string;
  /** What the value is called in help, e.g. `DATE`; left out for a switch. */
  readonly value?: string;
  readonly isMany?: boolean;
}

/**
 * How a command ended, for the exit code: 0 ok, 1 failed (what was looked at is not in order), 2 critical (the same, of `status --check` alone), 3 partly done, 4 nothing to do, 5 refused.
 * Faults are thrown.
 */
export type CommandEnding = 'ok' | 'failed' | 'critical' | 'partly' | 'nothing-to-do' | 'refused';

export interface CommandResult<Data> {
  /** JSON-ready: plain members, ids as numbers, amounts as decimal strings with their currency, days and instants as ISO text. */
  readonly data: Data;
  readonly ending: CommandEnding;
  /** Sentences for a person: what happened, what to do next. Not part of the JSON. */
  readonly notes?: readonly string[];
}

/** How far a long piece of work is. Said often; whoever shows it decides how often. */
export interface WorkProgress {
  /** What is being done, as a heading: `Reading`. A new one says that the last is finished. */
  readonly step: string;
  /** Rows so far. */
  readonly done: number;
  /** How many there will be, or are thought to be; `null` when nobody can know. */
  readonly of: number | null;
}

export interface CommandContext {
  readonly installation: Installation;
  /** Opens the database, finds the company and the acting user; the same object each time. */
  session(): Promise<Session>;
  /** Talk while working; goes to stderr, never into the data. */
  say(line: string): void;
  /** Hears how far long work is; left out where nobody looks on. */
  readonly progress?: (work: WorkProgress) => void;
  /**
   * For what can only be asked about once it is known, such as differences just shown: asks the person at the terminal, or takes `--yes`.
   * @throws OperatorError of kind `usage` unless it is meant.
   */
  confirm(question: string): Promise<void>;
  /** One line from the person at the terminal, for what has more answers than yes; a secret is not shown while it is typed. Left out when nobody is there to be asked. */
  readonly ask?: (question: string, how?: { readonly isSecret: boolean }) => Promise<string>;
  /** Leaves the terminal to another program, such as an editor, while it works, and takes it back; left out where nothing is drawn on it. */
  readonly handOver?: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Aborted when the operator interrupts. A command that reads it stops by itself at its next safe place; others are stopped where they are. */
  readonly signal?: AbortSignal;
}

export interface Command<Schema extends z.ZodType = z.ZodType, Data = unknown> {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  /** One runnable line without the program's name. */
  readonly example: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly schema: Schema;
  /** Any one of these roles may use it; empty: needs no user, only the machine. */
  readonly roles: readonly Role[];
  /** Asks before acting in the console; refused in read-only mode. */
  readonly isDangerous: boolean;
  /** The verb that takes it back, when there is one. */
  readonly reversedBy: string | null;
  run(context: CommandContext, input: z.output<Schema>): Promise<CommandResult<Data>>;
}

/** Keeps the schema's type for `run` while the registry sees every command alike. */
export const defineCommand = <Schema extends z.ZodType, Data>(command: Command<Schema, Data>): Command<Schema, Data> => command;
