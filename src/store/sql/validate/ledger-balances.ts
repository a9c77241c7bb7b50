/** Do cached balances agree with the allocations they are the sum of. */
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRows } from './found-rows.ts';

/** What is open of a document is its total less what was set against it: of a credit, less what was taken from it. */
export const documentsWithWrongBalance = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `with allocated as (
       select document_id, sum(amount_minor) as amount_minor
         from (select invoice_id as document_id, amount_minor from allocations where company_id = $1
               union all
               select credit_note_id, amount_minor from allocations where company_id = $1 and credit_note_id is not null) a
        group by document_id
     )
     select 'invoice' as object_kind, i.id as object_id,
            format('%s %s: %s of %s %s is open, its allocations leave %s', lower(i.kind), i.number, i.open_minor, i.total_minor, i.currency,
                   i.total_minor - coalesce(a.amount_minor, 0)) as found
       from invoices i left join allocated a on a.document_id = i.id
      where i.company_id = $1 and i.open_minor <> i.total_minor - coalesce(a.amount_minor, 0)`,
  );

/** What is not yet allocated of a receipt is its amount less its allocations; of one taken back it does not matter. */
export const receiptsWithWrongRest = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `with allocated as (
       select payment_id, sum(amount_minor) as amount_minor from allocations where company_id = $1 and payment_id is not null group by payment_id
     )
     select 'payment' as object_kind, p.id as object_id,
            format('receipt %s: %s of %s %s is unallocated, its allocations leave %s', p.reference, p.unallocated_minor, p.amount_minor,
                   p.currency, p.amount_minor - coalesce(a.amount_minor, 0)) as found
       from payments p left join allocated a on a.payment_id = p.id
      where p.company_id = $1 and p.reversed_at is null and p.unallocated_minor <> p.amount_minor - coalesce(a.amount_minor, 0)`,
  );

/** Currencies are never mixed: a receipt or a credit settles documents of its own. */
export const allocationsAcrossCurrencies = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'invoice' as object_kind, i.id as object_id,
            format('allocation %s sets %s against %s %s', a.id, coalesce(p.currency, n.currency), i.currency, i.number) as found
       from allocations a
       join invoices i on i.company_id = $1 and i.id = a.invoice_id
       left join payments p on p.company_id = $1 and p.id = a.payment_id
       left join invoices n on n.company_id = $1 and n.id = a.credit_note_id
      where a.company_id = $1 and coalesce(p.currency, n.currency) <> i.currency`,
  );

/** A bill-to customer is billed itself: an account is one step away from each of its branches. */
export const branchesOfBranches = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'customer' as object_kind, c.id as object_id, format('%s is billed to %s, which is billed to another', c.code, b.code) as found
       from customers c join customers b on b.company_id = $1 and b.id = c.bill_to_id
      where c.company_id = $1 and b.bill_to_id is not null`,
  );
