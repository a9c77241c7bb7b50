/** Looking for customers by what a caller says. Exact things come from indexes; a part of a name from one scan of an index of names alone. */
import type { CustomerId } from '../../domain/ids.ts';
import type { CollectionStatus } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface FoundCustomer {
  readonly id: CustomerId;
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  /** The bill-to's, for a branch. */
  readonly accountCode: string;
  readonly collectionStatus: CollectionStatus;
  readonly isActive: boolean;
  readonly matched: 'code' | 'invoice' | 'order' | 'payment' | 'address' | 'phone' | 'name';
  /** What it was found by, as recorded. */
  readonly matchedText: string;
}

const COLUMNS = `c.id, c.code, c.name, c.name_ar, a.code as account_code, c.collection_status, c.is_active`;
const JOINS = `join customers c on c.company_id = $1 and c.id = h.customer_id join customers a on a.company_id = $1 and a.id = c.account_id`;

/** Customers with exactly that code, document, order, receipt or address, in any of the spellings; best first, one row each way of matching. */
export const customersByExactText = (tx: CompanyTx, spellings: readonly string[], limit: number): Promise<readonly FoundCustomer[]> =>
  tx.query<FoundCustomer>(
    `with h as (
       select 1 as rank, 'code' as matched, id as customer_id, code as matched_text from customers where company_id = $1 and code = any($2::text[])
       union all
       (select 2, 'invoice', customer_id, number from invoices
         where company_id = $1 and kind = any('{INVOICE,CREDIT_NOTE,ADVANCE}'::text[]) and number = any($2::text[]) limit $3)
       union all
       (select 3, 'order', customer_id, customer_reference from invoices where company_id = $1 and customer_reference = any($2::text[])
         group by customer_id, customer_reference limit $3)
       union all
       (select 4, 'payment', customer_id, reference from payments where company_id = $1 and reference = any($2::text[]) limit $3)
       union all
       (select 5, 'address', customer_id, address from contacts where company_id = $1 and address = any($2::text[]) and is_active limit $3)
     )
     select ${COLUMNS}, h.matched, h.matched_text from h ${JOINS} order by h.rank, c.code limit $3`,
    [tx.companyId, spellings, limit],
  );

/** Customers, or their contacts, whose telephone ends in these seven digits; whether it is the very number is for the caller to see. */
export const customersByPhoneKey = (tx: CompanyTx, key: string, limit: number): Promise<readonly FoundCustomer[]> =>
  tx.query<FoundCustomer>(
    `with h as (
       (select id as customer_id, phone as matched_text from customers where company_id = $1 and phone_key = $2 limit $3)
       union all
       (select customer_id, phone from contacts where company_id = $1 and phone_key = $2 and is_active limit $3)
     )
     select ${COLUMNS}, 'phone' as matched, h.matched_text from h ${JOINS} order by c.code limit $3`,
    [tx.companyId, key, limit],
  );

/**
 * Customers whose code or name holds the search key; those in whom it begins a name come first. The index is read in its order and no
 * further than {@link MANY} hits: a part of nearly every name would otherwise be compared and sorted for all of them. Only when there are so
 * many is it read again for names that begin with it, which then are soon enough.
 */
export const customersByNamePart = (tx: CompanyTx, key: string, limit: number): Promise<readonly FoundCustomer[]> =>
  tx.query<FoundCustomer>(
    `with holds as materialized (
       select id, search_text from customers where company_id = $1 and strpos(search_text, $2) > 0 order by search_text, id limit $5
     ), begins as (
       select id, search_text from customers
        where company_id = $1 and strpos(search_text, $3) > 0 and (select count(*) from holds) = $5
        order by search_text, id limit $4
     ), h as materialized (
       select id as customer_id, strpos(search_text, $3) = 0 as is_inside, search_text
         from (select * from holds union select * from begins) found
        order by is_inside, search_text, id limit $4
     )
     select ${COLUMNS}, 'name' as matched, c.name as matched_text from h ${JOINS} order by h.is_inside, h.search_text, c.id`,
    [tx.companyId, key, `¦${key}`, limit, Math.max(MANY, limit)],
  );

/** More than a person reads; few enough to be sorted in a millisecond. */
const MANY = 2_000;
