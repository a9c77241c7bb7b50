/**
 * Tells how a command failed and gives the exit code for it: what an operator can put right in words, a bug of ours in one line with
 * the file that holds the rest. Never a stack on the terminal.
 */
import { EXIT_CODES } from './exit-codes.ts';
import { jsonText } from './json-text.ts';
import type { Surroundings } from './surroundings.ts';
import { proseWidth } from './terminal.ts';
import { wrapped } from './wrap-text.ts';
import { programName, withProgramName } from './program-name.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';

export async function reportFault(
  error: unknown,
  isJson: boolean,
  world: Pick<Surroundings, 'stderr' | 'env' | 'keepBugReport'>,
): Promise<number> {
  const fault = error instanceof OperatorError ? error : await bugFault(error, world);
  const { code, message, tryThis, at } = fault;
  if (isJson) world.stderr.write(jsonText({ error: { code, message, tryThis, ...(at === undefined ? {} : { at }) } }));
  else {
    const width = proseWidth(world.stderr, world.env);
    const advice = `  → ${safeText(withProgramName(tryThis, programName(world.env)))}`;
    world.stderr.write([...wrapped(safeText(message), width), ...wrapped(advice, width, '    '), ''].join('\n'));
  }
  return EXIT_CODES[fault.kind];
}

/** The message of an unexpected error is not shown: a library's words may hold a row, an address or a password. */
async function bugFault(error: unknown, { keepBugReport }: Pick<Surroundings, 'keepBugReport'>): Promise<OperatorError> {
  const file = await keepBugReport(error);
  return new OperatorError({
    code: 'wafa.bug',
    message: 'Something went wrong inside Wafa; this is a fault of the program, not of your input.',
    tryThis: file === undefined ? 'Try again; if it stays, report what you did.' : `Try again; if it stays, report it with ${file}.`,
    cause: error,
  });
}
