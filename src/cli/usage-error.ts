/** A command line that cannot be understood: nothing was opened, nothing was done, exit code 2. */
import { OperatorError } from '../domain/operator-error.ts';

export const usageError = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `usage.${code}`, kind: 'usage', message, tryThis });
