/**
 * Refuses a file with which the ledger would come to more than its sums can hold. Asked before anything is added up by the database: an
 * overflow there would say nothing of the file, and one that came later, in a plan, would stop the whole company.
 */
import { LARGEST_LEDGER_MINOR } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { ledgerSizes } from '../../store/sql/import-totals.ts';

/** A file below a hundredth of the bound is let in without adding up the ledger: it would take a hundred of them, each larger than any real one. */
const NOT_WORTH_ASKING = LARGEST_LEDGER_MINOR / 100n;

/** @throws OperatorError `import.total-too-large`. */
export async function guardTotals(tx: CompanyTx): Promise<void> {
  const { stagedMinor, recordedMinor } = await ledgerSizes(tx);
  if (stagedMinor < NOT_WORTH_ASKING || stagedMinor + (await recordedMinor()) <= LARGEST_LEDGER_MINOR) return;
  throw new OperatorError({
    code: 'import.total-too-large',
    message: 'With this file the ledger would come to more than Wafa can add up. Nothing was imported.',
    tryThis: 'Look for amounts with digits too many, or in the wrong currency.',
  });
}
