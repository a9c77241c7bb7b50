/**
 * What can be wrong with a staged ledger only in comparison with itself and with what is recorded. Each check is one set-based
 * statement that returns the rows at fault, first rows first; how they are told to an operator is decided by the caller.
 */
import type { CompanyTx } from '../connection/with-company.ts';

export interface StagedFault {
  readonly rowNumber: number;
  /** The record at fault: a customer's code, a document's number, a payment's reference. */
  readonly subject: string;
  /** What it refers to or collides with; what that is depends on the check. */
  readonly other: string | null;
  readonly currency: string | null;
  readonly haveMinor: bigint | null;
  readonly wantMinor: bigint | null;
  /** Faults of this kind altogether; the rows are only the first of them. */
  readonly total: number;
}

export type StagedCheck =
  | 'unknown-customer'
  | 'unknown-bill-to'
  | 'bill-to-chain'
  | 'document-moved'
  | 'currency-changed'
  | 'total-changed'
  | 'missing-due-date'
  | 'unknown-linked-invoice'
  | 'payment-changed'
  | 'unknown-invoice'
  | 'unknown-credit'
  | 'other-accounts-invoice'
  | 'currency-clash'
  | 'allocation-changed'
  | 'invoice-over-allocated'
  | 'credit-over-applied'
  | 'payment-over-allocated';

interface CheckStatement {
  readonly columns: string;
  readonly from: string;
}

/** The first `most` rows of one check that are at fault. `$1` is the company in every statement. */
export const stagedFaults = (tx: CompanyTx, check: StagedCheck, most: number): Promise<readonly StagedFault[]> => {
  const { columns, from } = CHECKS[check];
  return tx.query<StagedFault>(
    // Some checks look at staged rows alone and would leave the parameter unused, which PostgreSQL refuses.
    `select f.*, count(*) over () as total from (select ${columns} ${from}) f where $1::bigint is not null order by f.row_number limit ${most}`,
    [tx.companyId],
  );
};

/** Columns of a fault that is about no amounts. */
const plainColumns = (row: string, subject: string, other = 'null::text'): string =>
  `${row} as row_number, ${subject} as subject, ${other} as other, null::text as currency, null::bigint as have_minor, null::bigint as want_minor`;

const existing = 'join recorded_documents e on e.kind = s.kind and e.number = s.number';
/** What an invoice can still take: its balance once it has allocations, before that the total the file gives it. */
const FREE = 'case when i.open_minor < i.total_minor then i.open_minor end, d.total_minor, i.open_minor';

const paidFrom = `from new_allocations n
  left join staged_documents d on d.kind = 'INVOICE' and d.number = n.invoice_number
  left join lateral (select * from invoices where company_id = $1 and id = n.invoice_id offset 0) i on true`;

const CHECKS: Readonly<Record<StagedCheck, CheckStatement>> = {
  'unknown-customer': {
    columns: plainColumns('s.row_number', 's.subject', 's.customer_code'),
    from: `from (select row_number, number as subject, customer_code from staged_documents
                 union all select row_number, reference, customer_code from staged_payments
                 union all select row_number, source_number, customer_code from staged_allocations where source = 'CREDIT_NOTE'
                 union all select row_number, address, code from staged_contacts) s
           join staged_codes k on k.code = s.customer_code
          where k.customer_id is null and not k.is_staged`,
  },
  'unknown-bill-to': {
    columns: plainColumns('s.row_number', 's.code', 's.bill_to_code'),
    from: `from staged_customers s join staged_codes k on k.code = s.bill_to_code
          where k.customer_id is null and not k.is_staged`,
  },
  // The head office of a branch must not be a branch itself, whether it becomes one now or has branches already.
  'bill-to-chain': {
    columns: plainColumns('s.row_number', 's.code', 's.other'),
    from: `from (select s.row_number, s.code, s.bill_to_code as other
                   from staged_customers s join staged_codes k on k.code = s.bill_to_code
                  where k.account_code <> k.code
                 union all
                 select s.row_number, b.code, s.code
                   from staged_customers s
                   join staged_codes k on k.code = s.code
                   join customers b on b.company_id = $1 and b.account_id = k.customer_id and b.id <> k.customer_id
                  where s.bill_to_code is not null) s`,
  },
  'document-moved': {
    columns: plainColumns('s.row_number', 's.number', '(select c.code from customers c where c.company_id = $1 and c.id = e.customer_id)'),
    from: `from staged_documents s ${existing} join staged_codes k on k.code = s.customer_code
          where k.customer_id is distinct from e.customer_id`,
  },
  'currency-changed': {
    columns: plainColumns('s.row_number', 's.number', 'e.currency'),
    from: `from staged_documents s ${existing} where e.currency <> s.currency`,
  },
  'total-changed': {
    columns: `s.row_number, s.number as subject, null::text as other, e.currency, e.total_minor as have_minor, s.total_minor as want_minor`,
    from: `from staged_documents s ${existing}
          where e.total_minor <> s.total_minor and e.currency = s.currency and e.open_minor < e.total_minor`,
  },
  'missing-due-date': {
    columns: plainColumns('s.row_number', 's.number', 's.customer_code'),
    from: `from staged_documents s join staged_codes k on k.code = s.customer_code left ${existing}
          where s.kind = 'INVOICE' and s.due_on is null and e.due_on is null and k.payment_terms_days is null
            and (k.customer_id is not null or k.is_staged)`,
  },
  'unknown-linked-invoice': {
    columns: plainColumns('s.row_number', 's.number', 's.linked_number'),
    from: `from staged_documents s
           left join lateral (select id from invoices
                               where company_id = $1 and kind = 'INVOICE' and number = s.linked_number offset 0) i on true
           left join staged_documents d on d.kind = 'INVOICE' and d.number = s.linked_number
          where s.linked_number is not null and i.id is null and d.number is null`,
  },
  'payment-changed': {
    columns: `s.row_number, s.reference as subject, s.customer_code as other, p.currency, p.amount_minor as have_minor, s.amount_minor as want_minor`,
    from: `from (select d.*, k.customer_id from staged_payments d join staged_codes k on k.code = d.customer_code offset 0) s
          cross join lateral (select amount_minor, currency, received_on from payments
                               where company_id = $1 and customer_id = s.customer_id and reference = s.reference offset 0) p
          where (p.amount_minor, p.currency, p.received_on) is distinct from (s.amount_minor, s.currency, s.received_on)`,
  },
  'unknown-invoice': {
    columns: plainColumns('n.row_number', 'n.source_number', 'n.invoice_number'),
    from: `${paidFrom} where d.number is null and i.id is null`,
  },
  'unknown-credit': {
    columns: plainColumns('n.row_number', 'n.source_number', 'n.invoice_number'),
    from: `from new_allocations n
           left join staged_documents d on d.kind <> 'INVOICE' and d.number = n.source_number
          where n.source = 'CREDIT_NOTE' and n.credit_id is null and d.number is null`,
  },
  'other-accounts-invoice': {
    columns: plainColumns('n.row_number', 'n.source_number', 'n.invoice_number'),
    from: `${paidFrom}
           join staged_codes payer on payer.code = n.customer_code
           left join staged_codes staged_owner on staged_owner.code = d.customer_code
           left join lateral (select account_id from customers where company_id = $1 and id = i.customer_id offset 0) owner on true
           left join lateral (select code from customers where company_id = $1 and id = owner.account_id offset 0) head on true
          where (d.number is not null or i.id is not null)
            and payer.account_code <> coalesce(staged_owner.account_code, head.code)`,
  },
  'currency-clash': {
    columns: `n.row_number, n.source_number as subject, n.invoice_number as other, coalesce(d.currency, i.currency) as currency,
              null::bigint as have_minor, null::bigint as want_minor`,
    from: `${paidFrom}
           left join staged_payments p on n.source = 'PAYMENT' and p.reference = n.source_number and p.customer_code = n.customer_code
           left join staged_documents c on n.source = 'CREDIT_NOTE' and c.kind <> 'INVOICE' and c.number = n.source_number
           left join lateral (select currency from invoices where company_id = $1 and id = n.credit_id offset 0) r on true
          where coalesce(d.currency, i.currency) <> coalesce(p.currency, c.currency, r.currency)`,
  },
  'allocation-changed': {
    columns: `n.row_number, n.source_number as subject, n.invoice_number as other, i.currency, n.recorded_minor as have_minor,
              n.amount_minor as want_minor`,
    from: `from new_allocations n cross join lateral (select currency from invoices where company_id = $1 and id = n.invoice_id offset 0) i
          where n.recorded_minor is not null and n.recorded_minor <> n.amount_minor`,
  },
  'invoice-over-allocated': {
    columns: `a.row_number, a.invoice_number as subject, null::text as other, coalesce(i.currency, d.currency) as currency,
              coalesce(${FREE}) as have_minor, a.amount_minor as want_minor`,
    from: `from (select invoice_number, min(row_number) as row_number, sum(amount_minor)::bigint as amount_minor, max(invoice_id) as invoice_id
                   from new_allocations where recorded_minor is null group by invoice_number) a
           left join staged_documents d on d.kind = 'INVOICE' and d.number = a.invoice_number
           left join lateral (select * from invoices where company_id = $1 and id = a.invoice_id offset 0) i on true
          where a.amount_minor > coalesce(${FREE})`,
  },
  'credit-over-applied': {
    columns: `a.row_number, a.source_number as subject, null::text as other, coalesce(i.currency, d.currency) as currency,
              coalesce(i.open_minor, d.total_minor) as have_minor, a.amount_minor as want_minor`,
    from: `from (select source_number, min(row_number) as row_number, sum(amount_minor)::bigint as amount_minor, max(credit_id) as credit_id
                   from new_allocations where source = 'CREDIT_NOTE' and recorded_minor is null group by source_number) a
           left join staged_documents d on d.kind <> 'INVOICE' and d.number = a.source_number
           left join lateral (select * from invoices where company_id = $1 and id = a.credit_id offset 0) i on true
          where a.amount_minor > coalesce(i.open_minor, d.total_minor)`,
  },
  'payment-over-allocated': {
    columns: `a.row_number, a.source_number as subject, null::text as other, p.currency, p.unallocated_minor as have_minor,
              a.amount_minor as want_minor`,
    from: `from (select source_number, min(row_number) as row_number, sum(amount_minor)::bigint as amount_minor, payment_id
                   from new_allocations where payment_id is not null and recorded_minor is null group by source_number, payment_id) a
          cross join lateral (select currency, unallocated_minor from payments where company_id = $1 and id = a.payment_id offset 0) p
          where a.amount_minor > p.unallocated_minor`,
  },
};
