/**
 * What is asked about before it is done: acts that one slip would turn on every customer or on the data itself. At a terminal a
 * person is asked; anywhere else `--yes` must say that it is meant.
 */
import type { Surroundings } from './surroundings.ts';
import { usageError } from './usage-error.ts';
import type { Command } from '../app/commands/command.ts';

/** True for verbs that ask in some case, and therefore take `--yes`. */
export const mayAsk = ({ name, isDangerous, options }: Command): boolean =>
  name === 'statement' ||
  (isDangerous && (['db', 'policy', 'calibrate'].includes(name) || options.some((option) => option.name === 'all')));

/** Asked once, before anything is opened. @throws OperatorError of kind `usage` unless it is meant. */
export async function askFirst(command: Command, input: unknown, isMeant: boolean, ask: Surroundings['ask']): Promise<void> {
  const question = questionFor(command, input as { readonly all?: unknown; readonly word?: unknown });
  if (question !== null) await askWhether(question, isMeant, ask);
}

/** @throws OperatorError of kind `usage` unless it is meant. */
export async function askWhether(question: string, isMeant: boolean, ask: Surroundings['ask']): Promise<void> {
  if (isMeant) return;
  if (ask === undefined) {
    throw usageError('needs-yes', `${question} This needs --yes when nobody is there to be asked.`, 'Add --yes if it is meant.');
  }
  const answer = await ask(`${question} Type yes: `);
  if (answer.trim().toLowerCase() !== 'yes')
    throw usageError('not-confirmed', 'Nothing was done.', 'Type yes, or add --yes, if it is meant.');
}

function questionFor(command: Command, { all, word }: { readonly all?: unknown; readonly word?: unknown }): string | null {
  // A statement asks by itself, and only before it is sent to everybody.
  if (!mayAsk(command) || command.name === 'statement') return null;
  if (command.name === 'db') return word === 'rollback' ? 'Rolling back drops tables with all that is in them.' : null;
  return all === true ? `This will ${command.name} every reminder that the filters leave.` : null;
}
