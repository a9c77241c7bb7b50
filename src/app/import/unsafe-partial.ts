/** What an import must not leave rows out of: a list of everything open, where a row that is missing counts as settled. */
import type { ImportRequest } from '../import-ledger.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/** @throws OperatorError `import.partial-complete-list`. */
export function refuseUnsafePartial({ partial, completeList }: Pick<ImportRequest, 'partial' | 'completeList'>): void {
  if (partial === undefined || completeList === undefined) return;
  throw new OperatorError({
    code: 'import.partial-complete-list',
    kind: 'usage',
    message: 'A complete list cannot be taken in part: a row left out would close what it speaks of.',
    tryThis: 'Import it with --partial alone, correct the rejected rows, and import the corrected list with --complete-list.',
  });
}
