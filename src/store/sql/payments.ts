import type { Day } from '../../domain/days.ts';
import type { CustomerId, PaymentId, UserId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { PaymentMethod } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

export interface NewPayment {
  readonly customerId: CustomerId;
  readonly reference: string;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** Cash on account: the amount less every allocation of it. */
  readonly unallocatedMinor: bigint;
  readonly method: PaymentMethod;
  readonly source: string;
  readonly importBatchId: number | null;
  readonly recordedBy: UserId | null;
}

/** Inserts payments. The reference is unique for a customer. */
export const insertPayments = (
  tx: CompanyTx,
  payments: readonly NewPayment[],
): Promise<readonly { readonly id: PaymentId; readonly customerId: CustomerId; readonly reference: string }[]> =>
  bulkInsert(tx, {
    table: 'payments',
    columns: [
      'customer_id',
      'reference',
      'received_on',
      'currency',
      'amount_minor',
      'unallocated_minor',
      'method',
      'source',
      'import_batch_id',
      'recorded_by',
    ],
    rows: payments.map((payment) => [
      payment.customerId,
      payment.reference,
      payment.receivedOn,
      payment.currency,
      payment.amountMinor,
      payment.unallocatedMinor,
      payment.method,
      payment.source,
      payment.importBatchId,
      payment.recordedBy,
    ]),
    suffix: 'returning id, customer_id, reference',
  });

export const paymentByReference = (
  tx: CompanyTx,
  customerId: CustomerId,
  reference: string,
): Promise<{ readonly id: PaymentId } | undefined> =>
  tx.maybeOne<{ id: PaymentId }>('select id from payments where company_id = $1 and customer_id = $2 and reference = $3', [
    tx.companyId,
    customerId,
    reference,
  ]);

/** How many payments a customer has on a day, for numbering one that came without a reference. */
export async function countPaymentsOn(tx: CompanyTx, customerId: CustomerId, receivedOn: Day): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    'select count(*) as count from payments where company_id = $1 and customer_id = $2 and received_on = $3',
    [tx.companyId, customerId, receivedOn],
  );
  return count;
}

/** Sets what is left on account of payments from what is allocated of them. A sum alone, so the statement may do it. */
export async function settlePayments(tx: CompanyTx, ids: readonly PaymentId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update payments p set unallocated_minor = p.amount_minor - s.allocated_minor, version = p.version + 1, updated_at = now()
       from (select payment_id, sum(amount_minor)::bigint as allocated_minor from allocations
              where company_id = $1 and payment_id = any($2::bigint[]) group by payment_id) s
      where p.company_id = $1 and p.id = s.payment_id`,
    [tx.companyId, ids],
  );
}
