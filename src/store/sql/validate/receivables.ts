import type { Day } from '../../../domain/days.ts';
import type { Currency } from '../../../domain/money.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ReceivableOfDay {
  readonly currency: Currency;
  readonly kind: 'INVOICE' | 'CREDIT';
  /** Null for what is not due on a day: credits and cash. */
  readonly dueOn: Day | null;
  /** Credits and cash on account are negative. */
  readonly balanceMinor: bigint;
}

/**
 * Everything customers owe or have in hand as of the end of a day, by currency and due day. Balances count every allocation recorded; those
 * that take effect after the day are added back.
 */
export const receivablesAsOf = (tx: CompanyTx, asOn: Day): Promise<readonly ReceivableOfDay[]> =>
  tx.query<ReceivableOfDay>(
    `with later as (
       select document_id, sum(amount_minor) as amount_minor
         from (select invoice_id as document_id, amount_minor from allocations where company_id = $1 and effective_on > $2
               union all
               select credit_note_id, amount_minor from allocations where company_id = $1 and effective_on > $2 and credit_note_id is not null) a
        group by document_id
     ), later_cash as (
       select payment_id, sum(amount_minor) as amount_minor from allocations
        where company_id = $1 and effective_on > $2 and payment_id is not null group by payment_id
     ), documents as (
       select i.currency, case when i.kind = 'INVOICE' then 'INVOICE' else 'CREDIT' end as kind, case when i.kind = 'INVOICE' then i.due_on end as due_on,
              (i.open_minor + coalesce(l.amount_minor, 0)) * case when i.kind = 'INVOICE' then 1 else -1 end as balance_minor
         from invoices i left join later l on l.document_id = i.id
        where i.company_id = $1 and i.issued_on <= $2
       union all
       select p.currency, 'CREDIT', null, -(p.unallocated_minor + coalesce(l.amount_minor, 0))
         from payments p left join later_cash l on l.payment_id = p.id
        where p.company_id = $1 and p.received_on <= $2 and p.reversed_at is null
     )
     select currency, kind, due_on, sum(balance_minor)::bigint as balance_minor from documents
      group by currency, kind, due_on having sum(balance_minor) <> 0
      order by currency, kind desc, due_on`,
    [tx.companyId, asOn],
  );
