import type { Day } from '../../domain/days.ts';
import type { CustomerId, InvoiceId, PaymentId, UserId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
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
  /** Of a write-off, to know it again. */
  readonly reference?: string | null;
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
      'reference',
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
      allocation.reference ?? null,
    ]),
  });
}

export interface StandingAllocation {
  readonly id: number;
  readonly kind: NewAllocation['kind'];
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly currency: Currency;
  readonly accountId: CustomerId;
  readonly amountMinor: bigint;
  readonly reference: string | null;
  readonly isReversed: boolean;
}

const STANDING = `select a.id, a.kind, a.invoice_id, i.number, i.currency, c.account_id, a.amount_minor, a.reference,
            exists (select from allocations r where r.company_id = $1 and r.reverses_id = a.id) as is_reversed
       from allocations a
       join invoices i on i.company_id = $1 and i.id = a.invoice_id
       join customers c on c.company_id = $1 and c.id = i.customer_id`;

/** What a payment or a credit note was set against and still is: without reversals and what they took back. */
export const allocationsOf = (
  tx: CompanyTx,
  source: { readonly paymentId: PaymentId } | { readonly creditNoteId: InvoiceId },
): Promise<readonly StandingAllocation[]> =>
  tx.query<StandingAllocation>(
    `${STANDING}
      where a.company_id = $1 and a.${'paymentId' in source ? 'payment_id' : 'credit_note_id'} = $2 and a.reverses_id is null
        and not exists (select from allocations r where r.company_id = $1 and r.reverses_id = a.id)
      order by a.id`,
    [tx.companyId, 'paymentId' in source ? source.paymentId : source.creditNoteId],
  );

/** Write-offs of an invoice, those taken back among them. */
export const writeOffsOf = (tx: CompanyTx, invoiceId: InvoiceId): Promise<readonly StandingAllocation[]> =>
  tx.query<StandingAllocation>(
    `${STANDING} where a.company_id = $1 and a.invoice_id = $2 and a.kind = 'WRITE_OFF' and a.reverses_id is null order by a.id`,
    [tx.companyId, invoiceId],
  );

export const writeOffById = (tx: CompanyTx, id: number): Promise<StandingAllocation | undefined> =>
  tx.maybeOne<StandingAllocation>(`${STANDING} where a.company_id = $1 and a.id = $2 and a.kind = 'WRITE_OFF' and a.reverses_id is null`, [
    tx.companyId,
    id,
  ]);

/** Reference of the adjustment that closes a credit note which was taken back. */
export const UNDONE = 'UNDONE';

/** Takes allocations back as of a day: each gets its opposite beside it. The database lets each be taken back once. */
export async function insertReversals(
  tx: CompanyTx,
  ids: readonly number[],
  { effectiveOn, reason, recordedBy }: { readonly effectiveOn: Day; readonly reason: string; readonly recordedBy: UserId | null },
): Promise<void> {
  await tx.query(
    `insert into allocations (company_id, kind, invoice_id, payment_id, credit_note_id, amount_minor, effective_on, reason, recorded_by, reverses_id)
     select $1::bigint, kind, invoice_id, payment_id, credit_note_id, -amount_minor, greatest(effective_on, $3::date), $4, $5::bigint, id
       from allocations where company_id = $1 and id = any($2::bigint[]) order by id`,
    [tx.companyId, ids, effectiveOn, reason, recordedBy],
  );
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
