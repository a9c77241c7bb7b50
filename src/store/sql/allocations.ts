import type { Day } from '../../domain/days.ts';
import type { InvoiceId, PaymentId, UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

export interface NewAllocation {
  readonly kind: 'PAYMENT' | 'CREDIT_NOTE' | 'ADJUSTMENT' | 'WRITE_OFF';
  readonly invoiceId: InvoiceId;
  readonly paymentId: PaymentId | null;
  readonly creditNoteId: InvoiceId | null;
  readonly amountMinor: bigint;
  readonly effectiveOn: Day;
  /** Required for an adjustment and a write-off. */
  readonly reason: string | null;
  readonly importBatchId: number | null;
  readonly recordedBy: UserId | null;
}

export async function insertAllocations(tx: CompanyTx, allocations: readonly NewAllocation[]): Promise<void> {
  await bulkInsert(tx, {
    table: 'allocations',
    columns: [
      'kind',
      'invoice_id',
      'payment_id',
      'credit_note_id',
      'amount_minor',
      'effective_on',
      'reason',
      'import_batch_id',
      'recorded_by',
    ],
    rows: allocations.map((allocation) => [
      allocation.kind,
      allocation.invoiceId,
      allocation.paymentId,
      allocation.creditNoteId,
      allocation.amountMinor,
      allocation.effectiveOn,
      allocation.reason,
      allocation.importBatchId,
      allocation.recordedBy,
    ]),
  });
}

export interface AdjustmentRow {
  readonly id: number;
  readonly invoiceId: InvoiceId;
  readonly amountMinor: bigint;
}

/** Adjustments made for earlier ledgers, newest first for each document. */
export const ledgerAdjustments = (tx: CompanyTx, invoiceIds: readonly InvoiceId[]): Promise<readonly AdjustmentRow[]> =>
  tx.query<AdjustmentRow>(
    `select id, invoice_id, amount_minor from allocations
      where company_id = $1 and invoice_id = any($2::bigint[]) and kind = 'ADJUSTMENT'
      order by invoice_id, effective_on desc, id desc`,
    [tx.companyId, invoiceIds],
  );

/** Makes adjustments smaller, or takes them away where nothing of them is left. */
export async function reduceAdjustments(
  tx: CompanyTx,
  rests: readonly { readonly id: number; readonly restMinor: bigint }[],
): Promise<void> {
  for (const { id, restMinor } of rests) {
    if (restMinor === 0n) await tx.query('delete from allocations where company_id = $1 and id = $2', [tx.companyId, id]);
    else await tx.query('update allocations set amount_minor = $3 where company_id = $1 and id = $2', [tx.companyId, id, restMinor]);
  }
}
