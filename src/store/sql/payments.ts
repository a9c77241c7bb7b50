import type { Day, Instant } from '../../domain/days.ts';
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

export interface PaymentRow {
  readonly id: PaymentId;
  readonly reference: string;
  readonly customerCode: string;
  readonly accountId: CustomerId;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly unallocatedMinor: bigint;
  readonly reversedAt: Instant | null;
}

const COLUMNS = `p.id, p.reference, c.code as customer_code, c.account_id, p.received_on, p.currency, p.amount_minor, p.unallocated_minor, p.reversed_at`;
const FROM = 'from payments p join customers c on c.company_id = p.company_id and c.id = p.customer_id';

export const paymentByReference = (tx: CompanyTx, customerId: CustomerId, reference: string): Promise<PaymentRow | undefined> =>
  tx.maybeOne<PaymentRow>(`select ${COLUMNS} ${FROM} where p.company_id = $1 and p.customer_id = $2 and p.reference = $3`, [
    tx.companyId,
    customerId,
    reference,
  ]);

/** Payments with a reference, of one customer or of any: two customers may have used the same one. */
export const paymentsByReference = (tx: CompanyTx, reference: string, customerCode: string | null): Promise<readonly PaymentRow[]> =>
  tx.query<PaymentRow>(
    `select ${COLUMNS} ${FROM} where p.company_id = $1 and p.reference = $2 and ($3::text is null or c.code = $3) order by p.id limit 20`,
    [tx.companyId, reference, customerCode],
  );

/** The same payment, locked under the account lock. */
export const lockPayment = (tx: CompanyTx, id: PaymentId): Promise<PaymentRow> =>
  tx.one<PaymentRow>(`select ${COLUMNS} ${FROM} where p.company_id = $1 and p.id = $2 for no key update of p`, [tx.companyId, id]);

/** Marks a payment as taken back: nothing of it is on account any more. Its allocations are reversed beside it. */
export async function reversePayment(tx: CompanyTx, id: PaymentId, at: Instant): Promise<void> {
  await tx.query(
    `update payments set reversed_at = $3, unallocated_minor = 0, version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 and reversed_at is null`,
    [tx.companyId, id, at],
  );
}

/** Lets a payment that was taken back give up its reference, so that the right one can be recorded under it. */
export async function giveUpReference(tx: CompanyTx, id: PaymentId): Promise<void> {
  await tx.query(
    `update payments set reference = left(reference, 110) || ' (undone ' || id || ')', version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 and reversed_at is not null`,
    [tx.companyId, id],
  );
}

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
      where p.company_id = $1 and p.id = s.payment_id and p.reversed_at is null`,
    [tx.companyId, ids],
  );
}
