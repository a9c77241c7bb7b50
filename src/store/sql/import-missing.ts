/** Open documents that a complete list of open items no longer has: they were settled in the ledger, without a word how. */
import type { Day } from '../../domain/days.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { inChunks } from './cursor.ts';
import type { StatedDocument } from './import-documents.ts';

/** What a complete list is complete for. */
export interface ListScope {
  /** Head office or branch whose documents, with those of its branches, the list has; `null`: the whole company's. */
  readonly customerId: CustomerId | null;
  /** Later documents cannot be in it. */
  readonly ledgerOn: Day;
}

/** Only kinds of documents that the list has at all: one without credit notes says nothing about them. */
const IN_SCOPE = (customer: string, ledgerOn: string): string =>
  `i.company_id = $1 and i.open_minor > 0 and i.issued_on <= ${ledgerOn}
   and i.kind in (select kind from staged_documents)
   and (${customer} = 0 or i.customer_id in (select id from customers where company_id = $1 and (id = ${customer} or bill_to_id = ${customer})))`;

const MISSING = `not exists (select from staged_documents s where s.kind = i.kind and s.number = i.number)`;

export interface MissingCount {
  readonly open: number;
  readonly missing: number;
}

export const countMissing = (tx: CompanyTx, { customerId, ledgerOn }: ListScope): Promise<MissingCount> =>
  tx.one<MissingCount>(
    `select count(*) as open, count(*) filter (where ${MISSING}) as missing from invoices i where ${IN_SCOPE('$2::bigint', '$3::date')}`,
    [tx.companyId, customerId ?? 0, ledgerOn],
  );

/** Puts the customers of missing documents among those of the file, so that their accounts are locked with the others. */
export async function noteCustomersOfMissing(tx: CompanyTx, { customerId, ledgerOn }: ListScope): Promise<void> {
  await tx.query(
    `insert into staged_codes
     select c.code, c.id, c.account_id, h.code, h.id, c.payment_terms_days, false
       from (select distinct i.customer_id from invoices i where ${IN_SCOPE('$2::bigint', '$3::date')} and ${MISSING}) m
      cross join lateral (select * from customers where company_id = $1 and id = m.customer_id offset 0) c
      cross join lateral (select id, code from customers where company_id = $1 and id = c.account_id offset 0) h
      where not exists (select from staged_codes k where k.code = c.code)`,
    [tx.companyId, customerId ?? 0, ledgerOn],
  );
}

/** The missing documents as if the ledger stated nothing open of them. */
export const missingDocuments = (tx: CompanyTx, { customerId, ledgerOn }: ListScope): AsyncGenerator<readonly StatedDocument[]> =>
  inChunks<StatedDocument>(
    tx,
    `select i.id, k.account_id, i.total_minor, 0::bigint as stated_open_minor,
            coalesce(r.allocated_minor, 0) as allocated_minor, coalesce(r.allocated_by_then_minor, 0) as allocated_by_then_minor
       from invoices i
       join staged_codes k on k.customer_id = i.customer_id
       left join lateral (
         select sum(a.amount_minor)::bigint as allocated_minor,
                sum(a.amount_minor) filter (where a.effective_on <= $3)::bigint as allocated_by_then_minor
           from (select amount_minor, effective_on from allocations where company_id = $1 and invoice_id = i.id
                 union all
                 select amount_minor, effective_on from allocations where company_id = $1 and credit_note_id = i.id) a) r on true
      where ${IN_SCOPE('$2', '$3')} and ${MISSING}
      order by i.id`,
    [tx.companyId, customerId ?? 0, ledgerOn],
  );
