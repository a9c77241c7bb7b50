/** What commander and zod have to say about a command line, in the operator's words. */
import type { CommanderError } from 'commander';

import { flagOf, flagsOf } from './flags.ts';
import { usageError } from './usage-error.ts';
import type { Command, OptionSpec } from '../app/commands/command.ts';
import type { OperatorError } from '../domain/operator-error.ts';

const CODES: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'unknown-option',
  'commander.unknownCommand': 'unknown-verb',
  'commander.missingArgument': 'missing-argument',
  'commander.excessArguments': 'too-many-arguments',
  'commander.optionMissingArgument': 'missing-value',
};

/** @param command the verb that was parsed for, whose help is then the advice. */
export function commanderFault(error: CommanderError, command: Command | undefined): OperatorError {
  const [told = '', suggestion] = error.message.replace(/^error: /, '').split(/\n\((?=Did you mean)/);
  // The value after "=" may be a password, and commander repeats it.
  const message = told.replace(/^(unknown option '[^'=]*)=.*$/s, "$1'").replace('unknown command', 'unknown verb');
  const help =
    command === undefined ? 'Run `wafa help` to see the verbs there are.' : `Run \`wafa help ${command.name}\` to see how it is used.`;
  const advice = suggestion === undefined ? help : `${suggestion.replace(/\)\s*$/, '')} ${help}`;
  return usageError(CODES[error.code] ?? 'not-understood', sentence(message), advice);
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;

/** `--company --json` is a forgotten code, not a company called `--json`. */
export function refuseFlagAsValue(spec: OptionSpec, value: string): string {
  if (!value.startsWith('--')) return value;
  throw usageError(
    'missing-value',
    `${flagOf(spec.name)} needs a value, but the option ${value.replace(/=.*$/s, '')} follows it.`,
    `Write ${flagsOf(spec)}.`,
  );
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
}

/** Names the argument as it was typed, says what it is now and what is wrong with it. */
export function inputFault(issues: readonly Issue[], command: Command, input: Readonly<Record<string, unknown>>): OperatorError {
  const [first] = issues;
  const help = `Run \`wafa help ${command.name}\` to see how it is used.`;
  if (first === undefined || first.path.length === 0)
    return usageError('bad-input', sentence(first?.message ?? 'The input is not understood'), help);
  const name = String(first.path[0]);
  const isOption = command.options.some((option) => option.name === name);
  const label = isOption ? flagOf(name) : `The argument ${name}`;
  const value = valueAt(input, first.path);
  if (value === undefined)
    return usageError('missing-value', `${label} ${/^[a-z]/.test(first.message) ? predicate(first.message) : 'is missing.'}`, help);
  const shown = typeof value === 'string' ? ` ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}` : '';
  return usageError('bad-value', `${label}${shown} ${predicate(first.message)}`, help);
}

/** Our own schemas say "is not the id of a reminder"; zod's own messages are sentences of their own. */
const predicate = (message: string): string => (/^[a-z]/.test(message) ? message : `is not accepted: ${message}`).replace(/[.]?$/, '.');

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : value),
    input,
  );
}
