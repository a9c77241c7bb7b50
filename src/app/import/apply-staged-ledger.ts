/**
 * Writes what a checked, staged ledger has that is new or different. Runs under the company's lock and the locks of every account
 * the ledger speaks of; a row that says what is recorded already is not touched.
 */
import type { Day } from '../../domain/days.ts';
import type { CustomerId, InvoiceId, PaymentId } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';
import { adjustmentFor, settlementOf } from '../../domain/settlement.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { insertAllocations } from '../../store/sql/allocations.ts';
import { writeStagedContacts } from '../../store/sql/import-contacts.ts';
import { writeStagedCustomers } from '../../store/sql/import-customers.ts';
import {
  changedStagedDocuments,
  misstatedDocuments,
  newStagedDocuments,
  newStagedPayments,
  unrecordedAllocations,
  type NewStagedDocument,
  type StagedAllocation,
} from '../../store/sql/import-documents.ts';
import { missingDocuments, type ListScope } from '../../store/sql/import-missing.ts';
import { analyzeNotes, noteDocuments, notePayments } from '../../store/sql/import-notes.ts';
import {
  canWriteFromStaging,
  hasPlainInvoices,
  insertPlainInvoices,
  raiseFactsOfPlainInvoices,
  stagedRowRange,
} from '../../store/sql/import-plain-invoices.ts';
import { insertDocuments, updateDocuments } from '../../store/sql/invoices.ts';
import { insertPayments, settlePayments } from '../../store/sql/payments.ts';
import { adjustBalances, adjustment } from './adjust-balances.ts';
import { settleDocuments } from './settle-documents.ts';
import { noteCustomers } from '../../store/sql/import-staged-codes.ts';

export type OnProgress = (work: { readonly step: string; readonly done: number; readonly of: number | null }) => void;

export interface ApplyOptions {
  /** Day the ledger speaks for: adjustments take effect on it. */
  readonly ledgerOn: Day;
  /** The import's batch, opened on first use, so that an import of nothing new leaves none. */
  readonly batchId: () => Promise<number>;
  /** Recorded as the source of documents and payments: the mapping's name. */
  readonly source: string;
  /** What the list is complete for; `null` when it does not claim to be. */
  readonly completeFor: ListScope | null;
  /** False when every account will be planned anew anyway, because the ledger's day has moved. */
  readonly raisesAccounts: boolean;
  readonly onProgress: OnProgress;
}

export interface ImportCounts {
  customersAdded: number;
  customersChanged: number;
  contactsWritten: number;
  documentsAdded: number;
  documentsChanged: number;
  paymentsAdded: number;
  allocationsAdded: number;
  balancesAdjusted: number;
  /** Of these, balances that got back what an earlier ledger had taken. */
  balancesReopened: number;
  /** Documents a complete list no longer has. */
  documentsClosed: number;
}

export interface AppliedLedger {
  readonly counts: Readonly<ImportCounts>;
  /** Accounts recorded before whose facts moved. */
  readonly touchedAccounts: ReadonlySet<CustomerId>;
}

export async function applyStagedLedger(tx: CompanyTx, options: ApplyOptions): Promise<AppliedLedger> {
  const touched = new Set<CustomerId>();
  const touch = (accountId: CustomerId | null): void => {
    if (accountId !== null) touched.add(accountId);
  };
  const writer = new LedgerWriter(tx, options, touch);
  await writer.writeCustomers();
  // Recorded documents first, while what this import adds can still be told from what was there.
  await writer.adjustRecorded();
  await writer.closeMissing();
  await writer.changeDocuments();
  const isWithoutPlain = await writer.addPlainInvoices();
  await writer.addDocuments('invoices', isWithoutPlain);
  await writer.addDocuments('credits', isWithoutPlain);
  await writer.addPayments();
  await writer.addAllocations();
  await writer.settle();
  return { counts: writer.counts, touchedAccounts: touched };
}

/** Rows of one statement: some seconds of work, after which the operator hears how far it is. */
const PLAIN_ROWS = 100_000;

class LedgerWriter {
  readonly counts: ImportCounts = {
    customersAdded: 0,
    customersChanged: 0,
    contactsWritten: 0,
    documentsAdded: 0,
    documentsChanged: 0,
    paymentsAdded: 0,
    allocationsAdded: 0,
    balancesAdjusted: 0,
    balancesReopened: 0,
    documentsClosed: 0,
  };
  private readonly tx: CompanyTx;
  private readonly options: ApplyOptions;
  private readonly touch: (accountId: CustomerId | null) => void;
  private readonly unsettledDocuments = new Set<InvoiceId>();
  private readonly unsettledPayments = new Set<PaymentId>();

  constructor(tx: CompanyTx, options: ApplyOptions, touch: (accountId: CustomerId | null) => void) {
    this.tx = tx;
    this.options = options;
    this.touch = touch;
  }

  async writeCustomers(): Promise<void> {
    const { tx, options, touch, counts } = this;
    options.onProgress({ step: 'Writing customers', done: 0, of: null });
    const { added, changed } = await writeStagedCustomers(tx, options.batchId, touch);
    counts.customersAdded = added;
    counts.customersChanged = changed;
    if (added > 0) await noteCustomers(tx);
    counts.contactsWritten = await writeStagedContacts(tx, async () => void (await options.batchId()), touch);
    options.onProgress({ step: 'Writing customers', done: added + changed, of: null });
  }

  async adjustRecorded(): Promise<void> {
    const { tx, options, counts } = this;
    for await (const documents of misstatedDocuments(tx, options.ledgerOn)) {
      const adjusted = await adjustBalances(tx, documents, options);
      const moved = new Set(adjusted.moved);
      counts.balancesReopened += adjusted.reopened;
      for (const document of documents) if (moved.has(document.id)) this.touch(document.accountId);
      for (const id of moved) this.unsettledDocuments.add(id);
      counts.balancesAdjusted += moved.size;
    }
  }

  async closeMissing(): Promise<void> {
    const { tx, options, counts } = this;
    if (options.completeFor === null) return;
    for await (const documents of missingDocuments(tx, options.completeFor)) {
      const closed = new Set((await adjustBalances(tx, documents, options)).moved);
      for (const document of documents) if (closed.has(document.id)) this.touch(document.accountId);
      for (const id of closed) this.unsettledDocuments.add(id);
      counts.documentsClosed += closed.size;
    }
  }

  async changeDocuments(): Promise<void> {
    for await (const documents of changedStagedDocuments(this.tx)) {
      await this.options.batchId();
      this.counts.documentsChanged += await updateDocuments(this.tx, documents);
      for (const document of documents) this.touch(document.accountId);
    }
  }

  /** @returns false where they have to go the way of the others. */
  async addPlainInvoices(): Promise<boolean> {
    const { tx, options, counts } = this;
    if (!(await canWriteFromStaging(tx))) return false;
    if (!(await hasPlainInvoices(tx))) return true;
    const importBatchId = await options.batchId();
    if (options.raisesAccounts) await raiseFactsOfPlainInvoices(tx);
    const { firstRow: start, lastRow: end } = await stagedRowRange(tx);
    options.onProgress({ step: 'Writing invoices', done: 0, of: end - start + 1 });
    for (let firstRow = start; firstRow <= end; firstRow += PLAIN_ROWS) {
      const lastRow = Math.min(firstRow + PLAIN_ROWS - 1, end);
      counts.documentsAdded += await insertPlainInvoices(tx, { firstRow, lastRow, source: options.source, importBatchId });
      options.onProgress({ step: 'Writing invoices', done: counts.documentsAdded, of: end - start + 1 });
    }
    return true;
  }

  async addDocuments(which: 'invoices' | 'credits', isWithoutPlain: boolean): Promise<void> {
    const { tx, options, counts } = this;
    for await (const documents of newStagedDocuments(tx, which, options.ledgerOn, isWithoutPlain)) {
      const batchId = await options.batchId();
      const settled = documents.map((document) => withBalance(document, options.ledgerOn));
      const inserted = await insertDocuments(
        tx,
        settled.map(({ document, openMinor, settledOn }) => ({
          ...document,
          openMinor,
          settledOn,
          source: options.source,
          importBatchId: batchId,
        })),
      );
      await noteDocuments(tx, inserted);
      const idByNumber = new Map(inserted.map(({ id, kind, number }) => [`${kind} ${number}`, id]));
      const adjustments = settled.flatMap(({ document, adjustedMinor }) => {
        const id = idByNumber.get(`${document.kind} ${document.number}`);
        assert(id !== undefined, 'an inserted document comes back with its id');
        return adjustedMinor > 0n ? [adjustment(id, adjustedMinor, options.ledgerOn, batchId)] : [];
      });
      await insertAllocations(tx, adjustments);
      for (const document of documents) this.touch(document.accountId);
      counts.documentsAdded += documents.length;
      counts.balancesAdjusted += adjustments.length;
      options.onProgress({ step: `Writing ${which}`, done: counts.documentsAdded, of: null });
    }
  }

  async addPayments(): Promise<void> {
    const { tx, options, counts } = this;
    for await (const payments of newStagedPayments(tx)) {
      const importBatchId = await options.batchId();
      const { source } = options;
      const inserted = await insertPayments(
        tx,
        payments.map((payment) => ({
          ...payment,
          unallocatedMinor: payment.amountMinor - payment.allocatedMinor,
          source,
          importBatchId,
          recordedBy: null,
        })),
      );
      const codes = new Map(payments.map((payment) => [payment.customerId, payment.customerCode]));
      await notePayments(
        tx,
        inserted.map(({ id, customerId, reference }) => ({ id, reference, customerCode: codes.get(customerId) ?? '' })),
      );
      for (const payment of payments) this.touch(payment.accountId);
      counts.paymentsAdded += payments.length;
      options.onProgress({ step: 'Writing payments', done: counts.paymentsAdded, of: null });
    }
  }

  async addAllocations(): Promise<void> {
    const { tx, options, counts } = this;
    await analyzeNotes(tx);
    for await (const allocations of unrecordedAllocations(tx)) {
      const importBatchId = await options.batchId();
      await insertAllocations(
        tx,
        allocations.map(({ kind, invoiceId, paymentId, creditId, amountMinor, effectiveOn }) => ({
          kind,
          invoiceId,
          paymentId,
          creditNoteId: creditId,
          amountMinor,
          effectiveOn,
          reason: null,
          importBatchId,
          recordedBy: null,
        })),
      );
      for (const allocation of allocations) this.noteUnsettled(allocation);
      counts.allocationsAdded += allocations.length;
      options.onProgress({ step: 'Writing allocations', done: counts.allocationsAdded, of: null });
    }
  }

  /** What this import added has its balance from the start; only what was there before is to be settled anew. */
  private noteUnsettled(allocation: StagedAllocation): void {
    this.touch(allocation.accountId);
    if (allocation.isInvoiceOld) this.unsettledDocuments.add(allocation.invoiceId);
    if (allocation.isCreditOld && allocation.creditId !== null) this.unsettledDocuments.add(allocation.creditId);
    if (allocation.isPaymentOld && allocation.paymentId !== null) this.unsettledPayments.add(allocation.paymentId);
  }

  async settle(): Promise<void> {
    await settleDocuments(this.tx, [...this.unsettledDocuments]);
    await settlePayments(this.tx, [...this.unsettledPayments]);
  }
}

interface BalancedDocument {
  readonly document: NewStagedDocument;
  readonly openMinor: bigint;
  readonly settledOn: Day | null;
  /** What the ledger has closed of it without saying how. */
  readonly adjustedMinor: bigint;
}

function withBalance(document: NewStagedDocument, ledgerOn: Day): BalancedDocument {
  const { statedOpenMinor, allocatedMinor, lastEffectiveOn } = document;
  const stated = statedOpenMinor === null ? 0n : adjustmentFor({ ...document, statedOpenMinor });
  // A new document has no earlier adjustments to take back: payments in the same file say more than its stated balance.
  const adjustedMinor = stated > 0n ? stated : 0n;
  const settlement = settlementOf({
    ...document,
    allocatedMinor: allocatedMinor + adjustedMinor,
    lastEffectiveOn:
      adjustedMinor > 0n && (lastEffectiveOn === null || Temporal.PlainDate.compare(lastEffectiveOn, ledgerOn) < 0)
        ? ledgerOn
        : lastEffectiveOn,
  });
  assert(settlement.kind === 'settled-by', `document ${document.number} was checked not to be over-allocated`);
  return { document, openMinor: settlement.openMinor, settledOn: settlement.settledOn, adjustedMinor };
}
