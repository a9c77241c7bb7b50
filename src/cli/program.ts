/**
 * The command line as a commander tree: all verbs by name, one of them with its arguments and options. Decides what was asked, from
 * the arguments alone; opens nothing and runs nothing.
 */
import { Command as Commander, CommanderError, Option } from 'commander';

import { mayAsk } from './confirmation.ts';
import { flagsOf } from './flags.ts';
import { commanderFault, refuseFlagAsValue } from './parse-faults.ts';
import { usageError } from './usage-error.ts';
import type { Command, OptionSpec } from '../app/commands/command.ts';
import type { CommandRegistry } from '../app/commands/registry.ts';

/** Options that mean the same for every verb; they may stand before or after it. */
export interface GlobalOptions {
  readonly company?: string;
  readonly json: boolean;
  readonly csv: boolean;
  readonly color: boolean;
  readonly yes: boolean;
}

export interface ParsedLine {
  readonly command: Command;
  /** As typed: text, lists of text and `true`, under the names of the command's schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly options: GlobalOptions;
}

export interface ProgramShape {
  readonly registry: CommandRegistry;
  /** The verb in question, loaded; the others are known by name only. */
  readonly command: Command | undefined;
  readonly width: number;
}

const COMPANY: OptionSpec = { name: 'company', value: 'CODE', about: 'the company to work for (or set WAFA_COMPANY)' };

/** @throws OperatorError of kind `usage`. */
export async function parseLine(argv: readonly string[], shape: ProgramShape): Promise<ParsedLine> {
  let parsed: ParsedLine | undefined;
  const program = buildProgram(shape, (line) => {
    parsed = line;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Without a verb commander would show its help; that is not an answer to "do this for company X".
    if (!(error instanceof CommanderError && error.code === 'commander.help')) throw asOperatorError(error, shape.command);
  }
  if (parsed === undefined) throw usageError('no-verb', 'No verb was given.', 'Run `wafa help` to see the verbs there are.');
  return parsed;
}

const asOperatorError = (error: unknown, command: Command | undefined): unknown =>
  error instanceof CommanderError ? commanderFault(error, command) : error;

/** The overview of all verbs, or the help of the loaded one. */
export function helpText(shape: ProgramShape): string {
  const program = buildProgram(shape, () => undefined);
  const verb = program.commands.find((one) => one.name() === shape.command?.name);
  return verb === undefined || shape.command === undefined ? program.helpInformation() : verb.helpInformation() + helpTail(shape.command);
}

function buildProgram({ registry, command, width }: ProgramShape, onParsed: (line: ParsedLine) => void): Commander {
  const program = new Commander('wafa')
    .usage('[--company CODE] [--json] VERB …')
    .description('Reminds customers of what is overdue: one well-judged email each, approved by a person, sent once.')
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined })
    .configureHelp({ helpWidth: width, showGlobalOptions: false })
    .helpCommand(false)
    // What follows the verb is the verb's alone to read: no option's value can be taken for an option of ours.
    .enablePositionalOptions();
  addGlobalOptions(program);
  program.option('--version', 'show the version');
  for (const { name, group, summary } of registry) {
    const verb = program.command(name).description(summary).helpGroup(titleOf(group));
    if (command?.name === name) addVerb(verb, command, (input, options) => onParsed({ command, input, options }));
  }
  return program;
}

const titleOf = (group: string): string => `${group.charAt(0).toUpperCase()}${group.slice(1)}:`;

function addGlobalOptions(commander: Commander): void {
  commander
    .addOption(new Option(flagsOf(COMPANY), COMPANY.about).argParser(onceText(COMPANY)))
    .option('--json', 'print one JSON document')
    .option('--csv', 'print lists as CSV')
    .option('--no-color', 'print without colour')
    .helpOption('-h, --help', 'show help');
}

function addVerb(verb: Commander, command: Command, onParsed: (input: Record<string, unknown>, options: GlobalOptions) => void): void {
  for (const { name, about, isRequired = false, isMany = false } of command.arguments) {
    const shown = isMany ? `${name}...` : name;
    verb.argument(isRequired ? `<${shown}>` : `[${shown}]`, about);
  }
  verb.optionsGroup('Options:');
  for (const option of command.options) verb.addOption(commanderOption(option));
  verb.optionsGroup('For every verb:');
  addGlobalOptions(verb);
  if (mayAsk(command)) verb.option('--yes', 'do it without asking');
  verb.allowExcessArguments(false).action(() => {
    onParsed(typedInput(verb, command), globalOptions(verb));
  });
}

function commanderOption(spec: OptionSpec): Option {
  const option = new Option(flagsOf(spec), spec.about);
  if (spec.value === undefined) return option;
  return spec.isMany === true ? option.argParser(manyTexts(spec)) : option.argParser(onceText(spec));
}

const onceText =
  (spec: OptionSpec) =>
  (value: string, previous: unknown): string => {
    if (previous !== undefined) throw usageError('given-twice', `${flagsOf(spec)} is given twice.`, 'Give it once.');
    return refuseFlagAsValue(spec, value);
  };

const manyTexts =
  (spec: OptionSpec) =>
  (value: string, previous: unknown): readonly string[] => [
    ...((previous as readonly string[] | undefined) ?? []),
    refuseFlagAsValue(spec, value),
  ];

function helpTail({ example, roles, reversedBy }: Command): string {
  const facts = [
    ...(roles.length > 0 ? [`Takes the role ${roles.join(' or ')}.`] : []),
    ...(reversedBy === null ? [] : [`Taken back with: wafa ${reversedBy}`]),
  ];
  return `\nExample:\n  wafa ${example}\n${facts.length > 0 ? `\n${facts.join('\n')}\n` : ''}`;
}

/** Only what was given: a schema's defaults must not meet an `undefined` that nobody typed. */
function typedInput(verb: Commander, command: Command): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [index, { name }] of command.arguments.entries()) {
    const value: unknown = verb.processedArgs[index];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) input[name] = value;
  }
  const given = verb.opts();
  for (const { name } of command.options) {
    const value = givenValue(given, name);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

/** `--no-anchor` reaches us as `anchor` being false; to the command it is the switch `noAnchor`. */
function givenValue(given: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!/^no[A-Z]/.test(name)) return given[name];
  return given[`${name.charAt(2).toLowerCase()}${name.slice(3)}`] === false ? true : undefined;
}

function globalOptions(verb: Commander): GlobalOptions {
  const before = verb.parent?.opts() ?? {};
  const after = verb.opts();
  const company = (after['company'] ?? before['company']) as string | undefined;
  return {
    ...(company === undefined ? {} : { company }),
    json: after['json'] === true || before['json'] === true,
    csv: after['csv'] === true || before['csv'] === true,
    color: after['color'] !== false && before['color'] !== false,
    yes: after['yes'] === true,
  };
}
