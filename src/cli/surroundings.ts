/**
 * Everything the command line takes from outside, so that a test can run it whole without a process of its own.
 */
import type { CommandRegistry } from '../app/commands/registry.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';

/** A place to write to: the process's own streams, or a test's. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width of the terminal in columns; undefined in a pipe. */
  readonly columns: number | undefined;
}

export interface ConsoleOpening {
  readonly session: () => Promise<Session>;
  readonly installation: () => Promise<Installation>;
  readonly isReadOnly: boolean;
  /** Sentences instead of a picture; else as the environment or the person's own file says. */
  readonly isSpoken: boolean;
}

/** The signal that ended the console; null when the operator left. */
export type ConsoleEnding = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | null;

export interface Surroundings {
  /** Without the runtime and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly registry: CommandRegistry;
  /** One line from the person at the terminal; undefined when nobody is there to be asked. */
  readonly ask: ((question: string, how?: { readonly isSecret: boolean }) => Promise<string>) | undefined;
  /** Opens the console on the terminal and stays until it ends; undefined where there is none to open it on. */
  readonly openConsole: ((opening: ConsoleOpening) => Promise<ConsoleEnding>) | undefined;
  /** Asking for the signal means stopping by oneself when it is aborted. */
  interruption(): AbortSignal;
  openInstallation(): Promise<Installation>;
  openSession(installation: Installation, company: string | undefined): Promise<Session>;
  /** Keeps what a bug left behind. @returns the file, or undefined when it could not be written. */
  keepBugReport(error: unknown): Promise<string | undefined>;
}
