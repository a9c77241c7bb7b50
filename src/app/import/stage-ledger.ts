/** Reads a ledger to its end into the transaction's temporary tables, in memory bounded by one batch, and collects what is wrong with it. */
import { MOST_FAULTS, type ImportFault } from '../../intake/faults.ts';
import type { LedgerRecords } from '../../intake/ledger-records.ts';
import type { LedgerBatch } from '../../intake/read-ledger.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import {
  createStaging,
  indexStaging,
  stageCredits,
  stageCustomers,
  stageDocuments,
  stagePayments,
} from '../../store/sql/import-staging.ts';

export interface StagedLedger {
  readonly faults: readonly ImportFault[];
  /** The first of them; their kinds are counted by the reader. */
  readonly warnings: readonly ImportFault[];
}

/** @param onRows hears how many records have been staged so far. */
export async function stageLedger(
  tx: CompanyTx,
  batches: AsyncIterable<LedgerBatch>,
  onRows: (staged: number) => void,
): Promise<StagedLedger> {
  await createStaging(tx);
  const faults: ImportFault[] = [];
  const warnings: ImportFault[] = [];
  let staged = 0;
  let writing: Promise<void> = Promise.resolve();
  for await (const batch of batches) {
    faults.push(...batch.faults);
    warnings.push(...batch.warnings.slice(0, MOST_FAULTS - warnings.length));
    // Once a row is refused the whole file is; the rest is read for its faults alone.
    await writing;
    // The next rows are read while the server takes these in.
    if (faults.length === 0) writing = startedNow(stageRecords(tx, batch));
    staged += batch.customers.length + batch.invoices.length + batch.payments.length + batch.credits.length;
    onRows(staged);
  }
  await writing;
  if (faults.length === 0) await indexStaging(tx);
  return { faults, warnings };
}

/** A promise that is awaited later must not count as unhandled when it fails before that. */
function startedNow(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

/** Stages records that are in memory already, such as the sample book's. */
export async function stageRecords(tx: CompanyTx, records: LedgerRecords): Promise<void> {
  await stageCustomers(tx, records.customers);
  await stageDocuments(tx, records.invoices);
  await stagePayments(tx, records.payments);
  await stageCredits(tx, records.credits);
}
