/**
 * Buyers of documents that the ledger knows under another code. Works on the temporary tables of `import-staging.ts` before they are
 * joined with what is recorded.
 */
import type { CompanyTx } from '../connection/with-company.ts';

/**
 * Gives a staged customer whose code nobody has recorded the code of the one customer recorded with its TRN; a TRN of several (branches of
 * a tax group) decides nothing. What is recorded of that customer stays as it is: a document is no place to change it from.
 */
export async function matchBuyersByTrn(tx: CompanyTx): Promise<void> {
  await tx.query(
    `create temporary table matched_buyers on commit drop as
     select s.code as from_code, k.code as to_code
       from staged_customers s
      cross join lateral (select min(code) as code, count(*) as customers from customers where company_id = $1 and trn = s.trn offset 0) k
      where s.trn is not null and k.customers = 1 and k.code <> s.code
        and not exists (select from customers c where c.company_id = $1 and c.code = s.code)`,
    [tx.companyId],
  );
  for (const statement of RENAMED) await tx.query(statement);
}

const RENAMED = [
  'delete from staged_customers s using matched_buyers m where s.code = m.from_code',
  'delete from staged_contacts s using matched_buyers m where s.code = m.from_code',
  'update staged_documents s set customer_code = m.to_code from matched_buyers m where s.customer_code = m.from_code',
  'update staged_payments s set customer_code = m.to_code from matched_buyers m where s.customer_code = m.from_code',
  'update staged_allocations s set customer_code = m.to_code from matched_buyers m where s.customer_code = m.from_code',
] as const;

export interface BuyerByTrn {
  readonly rowNumber: number;
  readonly code: string;
  readonly trn: string | null;
  /** Customers recorded with that TRN: none, or several; of exactly one there is nothing to report. */
  readonly sharing: number;
}

/** New customers of the file, first rows first, of which the TRN did not show a recorded one. */
export const unmatchedBuyers = (tx: CompanyTx, most: number): Promise<readonly BuyerByTrn[]> =>
  tx.query<BuyerByTrn>(
    `select s.row_number, s.code, s.trn, (select count(*) from customers where company_id = $1 and trn = s.trn)::int as sharing
       from staged_customers s join staged_codes k on k.code = s.code
      where k.customer_id is null
      order by s.row_number limit ${most}`,
    [tx.companyId],
  );
