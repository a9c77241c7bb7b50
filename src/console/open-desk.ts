/** Everything of an open console but its face: the session, the verbs, the state and the file of the operator's own, the same drawn or spoken. */
import { ConsoleRuntime, type TerminalHands } from './runtime/console-runtime.ts';
import { ConsoleSession } from './runtime/console-session.ts';
import { VerbRunner, type VerbRunnerOptions } from './runtime/verb-runner.ts';
import { beginning } from './state/begin.ts';
import type { ConsoleState } from './state/console-state.ts';
import { themeFrom } from './terminal/capabilities.ts';
import { consoleFilePath, fileNotice, openConsoleFile } from './terminal/console-file.ts';
import type { CommandRegistry } from '../app/commands/registry.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';

export interface ConsoleOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly registry: CommandRegistry;
  /** Opened on first use, so that the first picture waits for no database. */
  readonly session: () => Promise<Session>;
  readonly installation: () => Promise<Installation>;
  readonly isReadOnly: boolean;
  /** Sentences instead of a picture; else as the environment or the operator's own file says. */
  readonly isSpoken: boolean;
}

export interface Desk {
  readonly runtime: ConsoleRuntime;
  readonly session: () => Promise<Session>;
}

interface DeskHands {
  readonly terminal: TerminalHands;
  readonly handOver: VerbRunnerOptions['handOver'];
  readonly clockMs: () => number;
  readonly size: ConsoleState['size'];
}

export function openDesk(options: ConsoleOptions, { terminal, handOver, clockMs, size }: DeskHands): Desk {
  const { env, registry, installation, isReadOnly } = options;
  const say = (text: string, tone: 'muted' | 'notice'): void => runtime.dispatch({ kind: 'flash', text, tone, atMs: clockMs() });
  const companies = new ConsoleSession({
    first: options.session,
    installation,
    isReadOnly,
    onSeveral: (codes) => say(`You work for ${codes.length} companies and named none; C shows them all.`, 'notice'),
  });
  const verbs = new VerbRunner({
    registry,
    session: companies.current,
    handOver,
    say: (line) => say(line, 'muted'),
    lockedBecause: () => (isReadOnly ? 'this console is read-only' : runtime.state().link.kind === 'lost' ? 'the database is away' : null),
  });
  const path = consoleFilePath(env);
  const file = openConsoleFile(path);
  const runtime: ConsoleRuntime = new ConsoleRuntime({
    state: beginning({
      ...size,
      theme: themeFrom(env),
      isReadOnly,
      rebound: file.rebound,
      notice: fileNotice(path, file),
      screens: [
        { name: 'today', about: {} },
        { name: 'queue', about: {} },
      ],
    }),
    session: companies.current,
    enterCompany: (code) => companies.enter(code),
    verbs,
    clockMs,
    terminal,
  });
  return { runtime, session: companies.current };
}
