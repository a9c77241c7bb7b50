/**
 * From the arguments to what is to be done: text to show, or a verb with checked input. Help wins over every mistake beside it,
 * because whoever asks for help is about to correct them.
 */
import { checkArguments } from './check-arguments.ts';
import { companyOf } from './company-option.ts';
import { inputFault } from './parse-faults.ts';
import { helpText, parseLine, type GlobalOptions } from './program.ts';
import type { Command } from '../app/commands/command.ts';
import type { CommandRegistry } from '../app/commands/registry.ts';

export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'overview'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'verb'; readonly command: Command; readonly input: unknown; readonly options: GlobalOptions };

export interface InvocationInput {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly registry: CommandRegistry;
  readonly width: number;
}

/** @throws OperatorError of kind `usage`. */
export async function readInvocation({ argv, env, registry, width }: InvocationInput): Promise<Invocation> {
  checkArguments(argv);
  const flags = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  const [verb, ...operands] = operandsOf(argv);
  const isHelp = verb === 'help' || flags.includes('--help') || flags.includes('-h');
  const asked = verb === 'help' ? operands[0] : verb;
  if (asked === undefined) {
    if (!isHelp && flags.includes('--version')) return { kind: 'version' };
    if (!isHelp && flags.length > 0) await parseLine(argv, { registry, command: undefined, width });
    return { kind: isHelp ? 'help' : 'overview', text: helpText({ registry, command: undefined, width }) };
  }
  const entry = registry.find(({ name }) => name === asked);
  // Parsed all the same, for the suggestion.
  if (entry === undefined) await parseLine([asked], { registry, command: undefined, width });
  const command = await entry?.load();
  if (isHelp) return { kind: 'help', text: helpText({ registry, command, width }) };
  const parsed = await parseLine(argv, { registry, command, width });
  return {
    kind: 'verb',
    command: parsed.command,
    input: checkedInput(parsed.command, parsed.input),
    options: withCompany(parsed.options, env),
  };
}

/** Everything that is no option of ours and no option's value; the first is the verb. Exact only up to the verb. */
function operandsOf(argv: readonly string[]): readonly string[] {
  const operands: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--') return [...operands, ...argv.slice(index + 1)];
    if (argument === '--company' && operands.length === 0) index += 1;
    else if (!argument.startsWith('-')) operands.push(argument);
  }
  return operands;
}

function checkedInput(command: Command, input: Readonly<Record<string, unknown>>): unknown {
  const checked = command.schema.safeParse(input);
  if (checked.success) return checked.data;
  throw inputFault(checked.error.issues, command, input);
}

function withCompany(options: GlobalOptions, env: Readonly<Record<string, string | undefined>>): GlobalOptions {
  const company = companyOf(options.company, env);
  return company === undefined ? options : { ...options, company };
}
