/** Documents and payments of a staged ledger that are new or differ from what is recorded. */
import type { Day } from '../../domain/days.ts';
import type { CustomerId, InvoiceId, PaymentId } from '../../domain/ids.ts';
import type { InvoiceKind, PaymentMethod } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { inChunks } from './cursor.ts';
import { plainInvoice } from './import-plain-invoices.ts';

export interface NewStagedDocument {
  readonly rowNumber: number;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly customerId: CustomerId;
  /** The account as it was before this import; `null` when it is new. */
  readonly accountId: CustomerId | null;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly currency: string;
  readonly totalMinor: bigint;
  /** What the ledger says is open as of its day; `null` in a ledger of transactions. */
  readonly statedOpenMinor: bigint | null;
  readonly customerReference: string | null;
  readonly linkedNumber: string | null;
  readonly linkedInvoiceId: InvoiceId | null;
  readonly sourceKey: string | null;
  /** What this import allocates to it: altogether, by the ledger's day, and the latest effective day. */
  readonly allocatedMinor: bigint;
  readonly allocatedByThenMinor: bigint;
  readonly lastEffectiveOn: Day | null;
}

/** The invoice a staged document `s` was made out for, when that is recorded or was written a moment ago. */
const LINKED = `(select i.id from invoices i where i.company_id = $1 and i.kind = 'INVOICE' and i.number = s.linked_number)`;

/**
 * Documents not recorded yet. Invoices are read and written before credits, which link to them. A due date the file leaves out is
 * computed from the customer's terms.
 */
export const newStagedDocuments = (
  tx: CompanyTx,
  which: 'invoices' | 'credits',
  ledgerOn: Day,
  /** True when the plain invoices have been written by themselves. */
  isWithoutPlain: boolean,
): AsyncGenerator<readonly NewStagedDocument[]> =>
  inChunks<NewStagedDocument>(
    tx,
    `select s.row_number, s.kind, s.number, k.customer_id, k.account_id, s.issued_on,
            case when s.kind = 'INVOICE' then coalesce(s.due_on, s.issued_on + k.payment_terms_days) else s.due_on end as due_on,
            s.is_due_computed or (s.kind = 'INVOICE' and s.due_on is null) as is_due_computed, s.currency, s.total_minor,
            s.stated_open_minor, s.customer_reference, s.linked_number, ${LINKED} as linked_invoice_id, s.source_key,
            coalesce(n.allocated_minor, 0) as allocated_minor, coalesce(n.allocated_by_then_minor, 0) as allocated_by_then_minor,
            n.last_effective_on
       from staged_documents s
       join staged_codes k on k.code = s.customer_code
       left join recorded_documents e on e.kind = s.kind and e.number = s.number
       left join (select ${which === 'invoices' ? 'invoice_number' : 'source_number'} as number, sum(amount_minor)::bigint as allocated_minor,
                         sum(amount_minor) filter (where effective_on <= $2)::bigint as allocated_by_then_minor,
                         max(effective_on) as last_effective_on
                    from new_allocations ${which === 'invoices' ? '' : `where source = 'CREDIT_NOTE'`} group by 1) n on n.number = s.number
      where e.id is null and s.kind ${which === 'invoices' ? '=' : '<>'} 'INVOICE'
        ${isWithoutPlain ? `and not ${plainInvoice('(n.number is not null)')}` : ''}
      order by s.row_number`,
    [tx.companyId, ledgerOn],
  );

export interface ChangedStagedDocument {
  readonly id: InvoiceId;
  readonly accountId: CustomerId | null;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly totalMinor: bigint;
  readonly customerReference: string | null;
  readonly linkedNumber: string | null;
  readonly linkedInvoiceId: InvoiceId | null;
}

/** Recorded documents of which the file says something else; what it leaves blank stays as it is. */
export const changedStagedDocuments = (tx: CompanyTx): AsyncGenerator<readonly ChangedStagedDocument[]> =>
  inChunks<ChangedStagedDocument>(
    tx,
    `select e.id, k.account_id, s.issued_on, coalesce(s.due_on, e.due_on) as due_on,
            case when s.due_on is null then e.is_due_computed else s.is_due_computed end as is_due_computed, s.total_minor,
            coalesce(s.customer_reference, e.customer_reference) as customer_reference,
            coalesce(s.linked_number, e.linked_number) as linked_number, coalesce(l.id, e.linked_invoice_id) as linked_invoice_id
       from staged_documents s
       join staged_codes k on k.code = s.customer_code
       join recorded_documents e on e.kind = s.kind and e.number = s.number
       left join lateral (select ${LINKED} as id) l on true
      where (s.issued_on, coalesce(s.due_on, e.due_on), s.total_minor, coalesce(s.customer_reference, e.customer_reference),
             coalesce(s.linked_number, e.linked_number), coalesce(l.id, e.linked_invoice_id))
            is distinct from (e.issued_on, e.due_on, e.total_minor, e.customer_reference, e.linked_number, e.linked_invoice_id)
      order by e.id`,
    [tx.companyId],
  );

export interface StatedDocument {
  readonly id: InvoiceId;
  readonly accountId: CustomerId | null;
  readonly totalMinor: bigint;
  readonly statedOpenMinor: bigint;
  /** Recorded and about to be recorded, altogether and by the ledger's day. */
  readonly allocatedMinor: bigint;
  readonly allocatedByThenMinor: bigint;
}

/** Recorded documents whose balance on the ledger's day is not the one the ledger states. */
export const misstatedDocuments = (tx: CompanyTx, ledgerOn: Day): AsyncGenerator<readonly StatedDocument[]> =>
  inChunks<StatedDocument>(
    tx,
    `select * from (
       select e.id, k.account_id, s.total_minor, s.stated_open_minor,
              coalesce(r.allocated_minor, 0) as allocated_minor,
              coalesce(r.allocated_by_then_minor, 0) as allocated_by_then_minor
         from staged_documents s
         join staged_codes k on k.code = s.customer_code
         join recorded_documents e on e.kind = s.kind and e.number = s.number
         left join lateral (
           select sum(a.amount_minor)::bigint as allocated_minor,
                  sum(a.amount_minor) filter (where a.effective_on <= $2)::bigint as allocated_by_then_minor
             from (select amount_minor, effective_on from allocations where company_id = $1 and invoice_id = e.id
                   union all
                   select amount_minor, effective_on from allocations where company_id = $1 and credit_note_id = e.id
                   union all
                   select amount_minor, effective_on from new_allocations where recorded_minor is null and invoice_id = e.id
                   union all
                   select amount_minor, effective_on from new_allocations where recorded_minor is null and credit_id = e.id) a) r on true
        where s.stated_open_minor is not null) d
      where d.total_minor - d.allocated_by_then_minor <> d.stated_open_minor
      order by d.id`,
    [tx.companyId, ledgerOn],
  );

export interface NewStagedPayment {
  readonly reference: string;
  readonly customerCode: string;
  readonly customerId: CustomerId;
  readonly accountId: CustomerId | null;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly method: PaymentMethod;
  readonly allocatedMinor: bigint;
}

/** Payments not recorded yet, with what this import allocates of them. */
export const newStagedPayments = (tx: CompanyTx): AsyncGenerator<readonly NewStagedPayment[]> =>
  inChunks<NewStagedPayment>(
    tx,
    `select s.reference, s.customer_code, s.customer_id, s.account_id, s.received_on, s.currency, s.amount_minor, s.method,
            coalesce(n.allocated_minor, 0) as allocated_minor
       from (select d.*, k.customer_id, k.account_id from staged_payments d join staged_codes k on k.code = d.customer_code offset 0) s
       left join lateral (select id from payments
                           where company_id = $1 and customer_id = s.customer_id and reference = s.reference offset 0) p on true
       left join (select source_number, customer_code, sum(amount_minor)::bigint as allocated_minor
                    from new_allocations where source = 'PAYMENT' group by source_number, customer_code) n
              on n.source_number = s.reference and n.customer_code = s.customer_code
      where p.id is null
      order by s.row_number`,
    [tx.companyId],
  );

export interface StagedAllocation {
  readonly kind: 'PAYMENT' | 'CREDIT_NOTE';
  readonly invoiceId: InvoiceId;
  readonly paymentId: PaymentId | null;
  readonly creditId: InvoiceId | null;
  readonly accountId: CustomerId | null;
  readonly amountMinor: bigint;
  readonly effectiveOn: Day;
  /** True when the invoice (or its credit, or its payment) was recorded before this import, so that its balance must be set anew. */
  readonly isInvoiceOld: boolean;
  readonly isCreditOld: boolean;
  readonly isPaymentOld: boolean;
}

/**
 * Allocations not recorded yet. Read once the documents and payments of the import are in and noted, so that all have their ids.
 * Only temporary tables are joined: a ledger table that has just been filled has no figures for the planner to go by.
 */
export const unrecordedAllocations = (tx: CompanyTx): AsyncGenerator<readonly StagedAllocation[]> =>
  inChunks<StagedAllocation>(
    tx,
    `select n.source as kind, coalesce(n.invoice_id, i.id) as invoice_id, coalesce(n.payment_id, p.id) as payment_id,
            coalesce(n.credit_id, d.id) as credit_id, k.account_id, n.amount_minor, n.effective_on,
            n.invoice_id is not null as is_invoice_old, n.credit_id is not null as is_credit_old, n.payment_id is not null as is_payment_old
       from new_allocations n
       join staged_codes k on k.code = n.customer_code
       left join written_documents i on i.kind = 'INVOICE' and i.number = n.invoice_number
       left join written_payments p on n.source = 'PAYMENT' and p.reference = n.source_number and p.customer_code = n.customer_code
       left join (select number, max(id) as id from written_documents where kind <> 'INVOICE' group by number) d
              on n.source = 'CREDIT_NOTE' and d.number = n.source_number
      where n.recorded_minor is null
      order by n.row_number, n.invoice_number`,
    [],
  );
