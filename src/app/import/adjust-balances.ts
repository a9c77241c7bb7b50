/**
 * Makes recorded documents say what a ledger of open items states: by an adjustment dated the ledger's day when it has less open
 * than we do, by taking earlier adjustments back when it has more.
 */
import type { Day } from '../../domain/days.ts';
import type { InvoiceId } from '../../domain/ids.ts';
import { adjustmentFor } from '../../domain/settlement.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { insertAllocations, ledgerAdjustments, reduceAdjustments, type NewAllocation } from '../../store/sql/allocations.ts';
import type { StatedDocument } from '../../store/sql/import-documents.ts';

/** Shown wherever an allocation is. */
const REASON = 'balance stated by the ledger';

export const adjustment = (invoiceId: InvoiceId, amountMinor: bigint, ledgerOn: Day, importBatchId: number): NewAllocation => ({
  kind: 'ADJUSTMENT',
  invoiceId,
  paymentId: null,
  creditNoteId: null,
  amountMinor,
  effectiveOn: ledgerOn,
  reason: REASON,
  importBatchId,
  recordedBy: null,
});

export interface AdjustedBalances {
  /** Documents whose balance moved. */
  readonly moved: readonly InvoiceId[];
  /** How many of them got money back that an earlier ledger had taken, which leaves no row of its own. */
  readonly reopened: number;
}

export async function adjustBalances(
  tx: CompanyTx,
  documents: readonly StatedDocument[],
  { ledgerOn, batchId }: { readonly ledgerOn: Day; readonly batchId: () => Promise<number> },
): Promise<AdjustedBalances> {
  const wanted = documents.map((document) => ({ id: document.id, minor: adjustmentFor(document) }));
  const closing = wanted.filter(({ minor }) => minor > 0n);
  const reopening = wanted.filter(({ minor }) => minor < 0n);
  if (closing.length > 0) {
    const batch = await batchId();
    await insertAllocations(
      tx,
      closing.map(({ id, minor }) => adjustment(id, minor, ledgerOn, batch)),
    );
  }
  const reopened = await takeBack(tx, new Map(reopening.map(({ id, minor }) => [id, -minor])), batchId);
  return { moved: [...closing.map(({ id }) => id), ...reopened], reopened: reopened.length };
}

/** Takes back newest first, as far as adjustments go: what people recorded by hand is never undone by a file. */
async function takeBack(tx: CompanyTx, wanted: Map<InvoiceId, bigint>, batchId: () => Promise<number>): Promise<readonly InvoiceId[]> {
  if (wanted.size === 0) return [];
  const rests: { readonly id: number; readonly restMinor: bigint }[] = [];
  const reopened = new Set<InvoiceId>();
  for (const { id, invoiceId, amountMinor } of await ledgerAdjustments(tx, [...wanted.keys()])) {
    const left = wanted.get(invoiceId) ?? 0n;
    if (left === 0n) continue;
    const taken = left < amountMinor ? left : amountMinor;
    wanted.set(invoiceId, left - taken);
    rests.push({ id, restMinor: amountMinor - taken });
    reopened.add(invoiceId);
  }
  if (rests.length > 0) await batchId();
  await reduceAdjustments(tx, rests);
  return [...reopened];
}
