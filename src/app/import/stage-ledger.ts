/** Reads a ledger to its end into the transaction's temporary tables, in memory bounded by one batch, and collects what is wrong with it. */
import { MOST_FAULTS, type ImportFault } from '../../intake/faults.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { BlockRecord, FactRecord, LedgerRecords } from '../../intake/ledger-records.ts';
import type { LedgerBatch } from '../../intake/read-ledger.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import type { RefusedRows } from './refused-rows.ts';
import { matchBuyersByTrn } from '../../store/sql/import-buyers.ts';
import { indexStaging } from '../../store/sql/import-staged-codes.ts';
import {
  createStaging,
  stageContacts,
  stageCredits,
  stageCustomers,
  stageDocuments,
  stagePayments,
} from '../../store/sql/import-staging.ts';

export interface StagedLedger {
  readonly faults: readonly ImportFault[];
  /** The first of them; their kinds are counted by the reader. */
  readonly warnings: readonly ImportFault[];
  /** Promises the ledger states. They are few beside its invoices, and are held in memory. */
  readonly promises: readonly BlockRecord[];
  /** What comes in files of its own, held in memory likewise. */
  readonly facts: readonly FactRecord[];
}

export interface StageOptions {
  /** Hears how many records have been staged so far. */
  readonly onRows: (staged: number) => void;
  /** Customers whose code is unknown are looked up by their TRN. */
  readonly isKnownByTrn: boolean;
  /** Where rows may be left out: what takes them in. The answer then has no faults. */
  readonly refused: RefusedRows | null;
}

export async function stageLedger(
  tx: CompanyTx,
  batches: AsyncIterable<LedgerBatch>,
  { onRows, isKnownByTrn, refused }: StageOptions,
): Promise<StagedLedger> {
  await createStaging(tx);
  const faults: ImportFault[] = [];
  const warnings: ImportFault[] = [];
  const promises: BlockRecord[] = [];
  const facts: FactRecord[] = [];
  let staged = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const batch of batches) {
      if (refused === null) faults.push(...batch.faults);
      warnings.push(...batch.warnings.slice(0, MOST_FAULTS - warnings.length));
      // Once a row is refused the whole file is; the rest is read for its faults alone.
      await writing;
      await refused?.add(batch.faults, batch.pairs);
      // The next rows are read while the server takes these in.
      if (faults.length === 0) writing = startedNow(stageBatch(tx, batch));
      promises.push(...batch.blocks);
      if (promises.length > MOST_PROMISES) throw tooManyPromises();
      facts.push(...batch.facts);
      if (facts.length > MOST_FACTS) throw tooManyFacts();
      staged += batch.customers.length + batch.invoices.length + batch.payments.length + batch.credits.length;
      staged += batch.contacts.length + batch.facts.length;
      onRows(staged);
    }
  } finally {
    // A file that turns out unreadable must not be rolled back while its last rows are still on their way.
    await Promise.allSettled([writing]);
  }
  await writing;
  await refused?.leaveOut();
  if (faults.length === 0) {
    if (isKnownByTrn) await matchBuyersByTrn(tx);
    await indexStaging(tx);
  }
  if (refused === null) return { faults, warnings, promises, facts };
  return { faults, warnings, promises, facts: await refused.standing(facts) };
}

/** A promise that is awaited later must not count as unhandled when it fails before that. */
function startedNow(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

/** A ledger that expects every invoice on some day is forecasting, not passing on promises; and so many would fill memory. */
const MOST_PROMISES = 100_000;

const tooManyPromises = (): OperatorError =>
  new OperatorError({
    code: 'import.too-many-promises',
    message: `The file states an expected payment day for more than ${MOST_PROMISES} invoices.`,
    tryThis: 'Leave that column out, or split the file.',
    kind: 'usage',
  });

/** Each of them is recorded on its own, which takes a few milliseconds: more would hold the ledger's lock for minutes. */
const MOST_FACTS = 20_000;

const tooManyFacts = (): OperatorError =>
  new OperatorError({
    code: 'import.too-many-facts',
    message: `The file has more than ${MOST_FACTS} rows, the most for its kind.`,
    tryThis: 'Split it.',
    kind: 'usage',
  });

async function stageBatch(tx: CompanyTx, batch: LedgerBatch): Promise<void> {
  await stageRecords(tx, batch);
  await stageContacts(tx, batch.contacts);
}

/** Stages records that are in memory already, such as the sample book's. */
export async function stageRecords(tx: CompanyTx, records: LedgerRecords): Promise<void> {
  await stageCustomers(tx, records.customers);
  await stageDocuments(tx, records.invoices);
  await stagePayments(tx, records.payments);
  await stageCredits(tx, records.credits);
}
