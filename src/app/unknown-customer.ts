import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';

/** The same words for a code that does not exist and for one of another company. */
export const unknownCustomer = (code: string): OperatorError =>
  new OperatorError({
    code: 'customer.unknown',
    kind: 'usage',
    message: `There is no customer ${safeText(JSON.stringify(code.slice(0, 64)))}.`,
    tryThis: 'Give the code as it stands in the ledger, or look for it with `wafa customer find`.',
  });
