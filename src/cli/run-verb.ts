/**
 * Runs one verb and shows what it returned. Data goes to stdout, in one piece, after the work is done: a reader who closes the pipe
 * early stops no work half-way. Talk goes to stderr; with `--json` stderr holds nothing but an error.
 */
import { askFirst, askWhether } from './confirmation.ts';
import { csvText } from './csv-text.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { jsonText } from './json-text.ts';
import type { Presenter } from './present/presenter.ts';
import { presenterOf } from './present/presenters.ts';
import type { GlobalOptions } from './program.ts';
import { ProgressLine } from './progress-line.ts';
import { programName, withProgramName } from './program-name.ts';
import type { Invocation } from './read-invocation.ts';
import { renderPage } from './render-page.ts';
import { endingCode } from './run-console.ts';
import type { Surroundings } from './surroundings.ts';
import { proseWidth, textStyle } from './terminal.ts';
import { usageError } from './usage-error.ts';
import { wrapped } from './wrap-text.ts';
import type { Command, CommandContext } from '../app/commands/command.ts';
import { dangersIn } from '../app/configuration/dangerous-environment.ts';
import type { Installation } from '../app/installation.ts';
import { prepared } from '../app/prepare-database.ts';
import type { Session } from '../app/session.ts';
import { safeText } from '../domain/safe-text.ts';

type VerbInvocation = Extract<Invocation, { kind: 'verb' }>;

/** @throws whatever the command throws; the installation is closed either way. */
export async function runVerb(world: Surroundings, { command, input, options }: VerbInvocation): Promise<number> {
  const [danger] = dangersIn(world.env);
  if (danger !== undefined) throw danger;
  const presenter = await presenterOf(command.name);
  refuseBadFormat(command, options, presenter);
  await askFirst(command, input, options.yes, world.ask);
  const installation = prepared(await world.openInstallation());
  const progress = progressOn(world);
  const say = (text: string): void => {
    progress.clear();
    if (!options.json) world.stderr.write(`${wrapped(safeText(text), proseWidth(world.stderr, world.env)).join('\n')}\n`);
  };
  try {
    const context = contextOf(world, installation, options, say, progress.hear);
    if (command.name === 'console' && world.openConsole !== undefined) return await inConsole(world.openConsole, context, input);
    const { data, ending, notes = [] } = await command.run(context, input);
    progress.end();
    if (command.name === 'start' && world.openConsole !== undefined && !options.json)
      return await inConsole(world.openConsole, context, {});
    const typable = notes.map((note) => withProgramName(note, programName(world.env)));
    world.stdout.write(outputOf(world, { data, notes: typable, timeZone: context.timeZone() }, options, presenter));
    if (presenter.takesNotes !== true || options.csv) typable.forEach(say);
    return EXIT_CODES[ending];
  } finally {
    progress.clear();
    await installation.close();
  }
}

/** A terminal that cannot take a line back is treated as none. */
const progressOn = ({ stderr, env }: Surroundings): ProgressLine =>
  new ProgressLine({ ...stderr, write: (text) => stderr.write(text), isTerminal: stderr.isTerminal && env['TERM'] !== 'dumb' });

async function inConsole(
  open: NonNullable<Surroundings['openConsole']>,
  { session, installation }: CommandContext,
  input: unknown,
): Promise<number> {
  const { readOnly = false, screenReader = false } = input as { readonly readOnly?: boolean; readonly screenReader?: boolean };
  return endingCode(await open({ session, installation: async () => installation, isReadOnly: readOnly, isSpoken: screenReader }));
}

interface VerbContext extends CommandContext {
  /** Clock times are shown in the company's zone once there is one, else in this machine's. */
  timeZone(): string;
}

function contextOf(
  world: Surroundings,
  installation: Installation,
  { company, yes, json }: GlobalOptions,
  say: (text: string) => void,
  progress: NonNullable<CommandContext['progress']>,
): VerbContext {
  let opened: Promise<Session> | undefined;
  let timeZone: string | undefined;
  return {
    timeZone: () => timeZone ?? Temporal.Now.timeZoneId(),
    installation,
    say,
    // With --json stderr holds nothing but an error.
    ...(json ? {} : { progress }),
    confirm: (question) => askWhether(question, yes, world.ask),
    ...(world.ask === undefined ? {} : { ask: world.ask }),
    session: () => {
      opened ??= world.openSession(installation, company).then((session) => {
        ({ timeZone } = session);
        return session;
      });
      // A command that makes the missing company may ask again.
      opened.catch(() => (opened = undefined));
      return opened;
    },
    get signal() {
      return world.interruption();
    },
  };
}

interface Shown {
  readonly data: unknown;
  readonly notes: readonly string[];
  readonly timeZone: string;
}

function outputOf(world: Surroundings, { data, notes, timeZone }: Shown, options: GlobalOptions, presenter: Presenter<unknown>): string {
  if (options.json) return jsonText(data as object);
  if (options.csv && presenter.csv !== undefined) return csvText(presenter.csv(data));
  const page = presenter.page(data, { notes, timeZone });
  return renderPage(page, textStyle(world.stdout, world.env, options.color));
}

function refuseBadFormat({ name }: Command, { json, csv }: GlobalOptions, presenter: Presenter<unknown>): void {
  if (json && csv) throw usageError('two-formats', '--json and --csv exclude each other.', 'Give one of them.');
  if (csv && presenter.csv === undefined) throw usageError('no-csv', `\`wafa ${name}\` is not a list, so it has no CSV.`, 'Use --json.');
}
