/**
 * What no argument may be, whatever verb it is for: empty, endless, or carrying characters that command a terminal or reverse text.
 * Checked before anything is parsed or opened; the message shows a made-safe beginning only.
 */
import { usageError } from './usage-error.ts';
import { holdsToken } from '../domain/token-shape.ts';
import { refuseUnsafeText, safeText, TEXT_FAULTS } from '../domain/safe-text.ts';

/** The longest honest argument is a path of 4,096 bytes; a reason is shorter. More is a mistake in quoting, or an attack. */
const LONGEST = 4_096;

/** @throws OperatorError of kind `usage`, naming the argument by its place. */
export function checkArguments(argv: readonly string[]): void {
  for (const [index, argument] of argv.entries()) {
    const place = `Argument ${index + 1}`;
    if (argument === '') throw usageError('empty-argument', `${place} is empty.`, 'Leave it out, or write what you mean.');
    if (holdsToken(argument)) throw tokenGiven(place);
    if (argument.length > LONGEST) throw tooLong(place, argument);
    const check = refuseUnsafeText(argument);
    if (check.ok) continue;
    throw usageError(
      'unsafe-argument',
      `${place} (${shown(argument)}) ${TEXT_FAULTS[check.why]}.`,
      'Type it again without that character.',
    );
  }
}

/** Other users of the machine see arguments, and shells remember them; the message must not be a third place it can be read. */
const tokenGiven = (place: string) =>
  usageError(
    'token-as-argument',
    `${place} holds a token, which others can see there.`,
    'Revoke it with `wafa login revoke`, and give the new one in WAFA_TOKEN_FILE or WAFA_TOKEN.',
  );

const tooLong = (place: string, argument: string) =>
  usageError(
    'long-argument',
    `${place} (${shown(argument)}) is ${argument.length} characters long; the most is ${LONGEST}.`,
    'Give long lists in a file, or a shorter text.',
  );

const shown = (argument: string): string => JSON.stringify(safeText(argument.length > 40 ? `${argument.slice(0, 40)}…` : argument));
