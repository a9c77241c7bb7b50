/** The names of occasions: short, and of letters that read the same in a table, a command line and the audit. */
import { OperatorError } from '../../domain/operator-error.ts';

const KEY = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** @throws OperatorError `calendar.bad-key` */
export function readOccasionKey(text: string): string {
  const key = text.trim().toLowerCase();
  if (KEY.test(key)) return key;
  throw new OperatorError({
    code: 'calendar.bad-key',
    kind: 'usage',
    message: 'An occasion is named with up to 60 letters a-z, digits and hyphens.',
    tryThis: 'Name it with its year, for example stock-taking-2026.',
  });
}
