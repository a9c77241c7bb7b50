import type { OpenItem } from '../../../domain/account-facts.ts';
import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export type OpenItemRow = OpenItem & { readonly accountId: CustomerId };

/**
 * Documents of the accounts and their branches with a balance as of a day, signed (credits negative), oldest due first.
 * The cached `open_minor` counts every allocation recorded; those that take effect after the day are added back. What is open and what was
 * settled since are asked for apart: joined to an account by an `or`, PostgreSQL finds no index for either and reads every invoice there is.
 */
export const openDocuments = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly OpenItemRow[]> =>
  tx.query<OpenItemRow>(
    `with branch as (
       select id, account_id, code, name from customers where company_id = $1 and account_id = any($2::bigint[])
     ), document as (
       select i.*, b.account_id, b.code as branch_code, b.name as branch_name
         from branch b join invoices i on i.company_id = $1 and i.customer_id = b.id
        where i.issued_on <= $3 and i.open_minor > 0
       union all
       select i.*, b.account_id, b.code, b.name
         from branch b join invoices i on i.company_id = $1 and i.customer_id = b.id
        where i.issued_on <= $3 and i.settled_on > $3
     ), later as (
       select document_id, sum(amount_minor)::bigint as amount_minor
         from (select invoice_id as document_id, amount_minor from allocations where company_id = $1 and effective_on > $3
               union all
               select credit_note_id, amount_minor from allocations
                where company_id = $1 and effective_on > $3 and credit_note_id is not null) a
        group by document_id
     )
     select d.account_id, d.kind, d.id as invoice_id, null::bigint as payment_id, d.number, d.customer_reference,
            d.customer_id as branch_id, d.branch_code, d.branch_name, d.issued_on,
            case when d.kind = 'INVOICE' then d.due_on end as due_on, d.is_due_computed, d.currency, d.total_minor,
            (d.open_minor + coalesce(l.amount_minor, 0)) * case when d.kind = 'INVOICE' then 1 else -1 end as balance_minor,
            d.linked_invoice_id
       from document d
       left join later l on l.document_id = d.id
      where d.open_minor + coalesce(l.amount_minor, 0) > 0
      order by d.account_id, d.due_on nulls last, d.id`,
    [tx.companyId, accountIds, asOn],
  );

/** Receipts of the accounts with something unallocated as of a day, as negative balances. */
export const cashOnAccount = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly OpenItemRow[]> =>
  tx.query<OpenItemRow>(
    `with branch as (
       select id, account_id, code, name from customers where company_id = $1 and account_id = any($2::bigint[])
     ), later as (
       select payment_id, sum(amount_minor)::bigint as amount_minor
         from allocations where company_id = $1 and effective_on > $3 and payment_id is not null
        group by payment_id
     )
     select b.account_id, 'ON_ACCOUNT' as kind, null::bigint as invoice_id, p.id as payment_id, p.reference as number,
            null::text as customer_reference, b.id as branch_id, b.code as branch_code, b.name as branch_name,
            p.received_on as issued_on, null::date as due_on, false as is_due_computed, p.currency,
            p.amount_minor as total_minor, -(p.unallocated_minor + coalesce(l.amount_minor, 0)) as balance_minor,
            null::bigint as linked_invoice_id
       from branch b
       join payments p on p.company_id = $1 and p.customer_id = b.id
       left join later l on l.payment_id = p.id
      where p.received_on <= $3 and p.reversed_at is null and p.unallocated_minor + coalesce(l.amount_minor, 0) > 0
      order by b.account_id, p.received_on, p.id`,
    [tx.companyId, accountIds, asOn],
  );
