/** The command line in a process of its own: real streams, signals and exit codes around {@link runCli}. */
import { userInfo } from 'node:os';

import { allVerbs } from './all-verbs.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { reportFault } from './report-fault.ts';
import { runCli } from './run-cli.ts';
import type { ConsoleEnding, ConsoleOpening, Output, Surroundings } from './surroundings.ts';
import { usageError } from './usage-error.ts';
import { consoleRefusal } from '../console/terminal/capabilities.ts';
import { commandRegistry } from '../app/commands/registry.ts';

export async function runProcess(programVersion: string): Promise<void> {
  const streams = { stdout: output(process.stdout), stderr: output(process.stderr) };
  const controller = new AbortController();
  const world = surroundings(programVersion, streams, controller.signal);
  process.on('SIGINT', () => {
    // An open console ends itself, and gives the terminal back first.
    if (world.isInConsole()) return;
    // A second time, or when nobody listens, there is nothing to wait for: an open transaction ends with its connection.
    if (controller.signal.aborted || !world.isHeard()) process.exit(EXIT_CODES.interrupted);
    controller.abort();
    streams.stderr.write('Stopping after what is under way; press again to stop at once.\n');
  });
  const leave = (error: unknown): void => void reportFault(error, false, world).then((code) => process.exit(code));
  process.on('uncaughtException', leave);
  process.on('unhandledRejection', leave);
  const code = await runCli(world, programVersion);
  process.exitCode = controller.signal.aborted ? EXIT_CODES.interrupted : Math.max(code, await streams.stdout.flushed());
}

interface ProcessOutput extends Output {
  /** Waits until all is written. @returns 1 when some of it could not be, such as on a full disk. */
  flushed(): Promise<number>;
}

/**
 * A closed pipe means that the reader has seen enough, and a terminal that is gone that nobody reads any more: the rest is dropped without a
 * word. Any other failure is one.
 */
function output(stream: NodeJS.WriteStream): ProcessOutput {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  const isClosed = (): boolean => failure?.code === 'EPIPE' || (stream.isTTY && failure?.code === 'EIO');
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write: (text) => {
      if (failure === undefined && text !== '') stream.write(text);
    },
    flushed: async () => {
      if (failure === undefined) await new Promise<void>((resolve) => stream.write('', () => resolve()));
      if (failure === undefined || isClosed()) return EXIT_CODES.ok;
      process.stderr.write(`The output could not be written (${failure.code ?? 'unknown reason'}); what was asked has been done.\n`);
      return EXIT_CODES.failed;
    },
  };
}

function surroundings(
  programVersion: string,
  streams: Pick<Surroundings, 'stdout' | 'stderr'>,
  signal: AbortSignal,
): Surroundings & { isHeard(): boolean; isInConsole(): boolean } {
  const { env } = process;
  const argv = process.argv.slice(2);
  let isHeard = false;
  let isInConsole = false;
  const openConsole = async (opening: ConsoleOpening): Promise<ConsoleEnding> => {
    isInConsole = true;
    try {
      return await openOnTerminal(opening);
    } finally {
      isInConsole = false;
    }
  };
  return {
    ...streams,
    argv,
    env,
    registry: allVerbs,
    ask: process.stdin.isTTY ? askOnTerminal : undefined,
    openConsole: whyNoConsole(env) === null ? openConsole : undefined,
    isHeard: () => isHeard,
    isInConsole: () => isInConsole,
    interruption: () => {
      isHeard = true;
      return signal;
    },
    openInstallation: async () => {
      const { openInstallation } = await import('../app/installation.ts');
      return openInstallation({ env, operatingSystemLogin: userInfo().username });
    },
    openSession: async (installation, company) => {
      const { openSession } = await import('../app/session.ts');
      // The environment has been asked by then; this is for a company named in the configuration file.
      return await openSession(installation, company ?? (installation.configuration.env['WAFA_COMPANY'] || undefined));
    },
    keepBugReport: async (error) => {
      const { keepBugReport } = await import('../app/bug-report.ts');
      return await keepBugReport({ error, env, programVersion, verb: argv.find((argument) => !argument.startsWith('-')) });
    },
  };
}

/** Null when both ends are a terminal that can draw a screen. */
const whyNoConsole = (env: NodeJS.ProcessEnv): string | null =>
  consoleRefusal({ isInputTerminal: process.stdin.isTTY, isOutputTerminal: process.stdout.isTTY, env });

/** Loaded only here: no other command needs any of it. */
async function openOnTerminal({ session, installation, isReadOnly, isSpoken }: ConsoleOpening): Promise<ConsoleEnding> {
  const { openConsole } = await import('../console/open-console.ts');
  return await openConsole({
    stdin: process.stdin,
    stdout: process.stdout,
    env: process.env,
    registry: commandRegistry,
    session,
    installation,
    isReadOnly,
    isSpoken,
  });
}

async function askOnTerminal(question: string, { isSecret } = { isSecret: false }): Promise<string> {
  const [{ createInterface }, { Writable }] = await Promise.all([import('node:readline/promises'), import('node:stream')]);
  // On stderr, so that the question never mixes with data that is piped elsewhere; what is typed of a secret is echoed nowhere.
  if (isSecret) process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: isSecret ? nowhere : process.stderr, terminal: true });
  const left = new Promise<never>((_, reject) => terminal.once('close', () => reject(unanswered())));
  terminal.once('SIGINT', () => terminal.close());
  try {
    return await Promise.race([terminal.question(isSecret ? '' : question), left]);
  } finally {
    terminal.close();
    if (isSecret) process.stderr.write('\n');
  }
}

/** Ctrl-C and Ctrl-D at a question. */
const unanswered = (): Error =>
  usageError(
    'unanswered',
    'The question was left unanswered.',
    'What was done before it stands; the same command goes on from there or asks again.',
  );
