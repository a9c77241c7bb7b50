import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface CustomerRow {
  readonly id: CustomerId;
  readonly code: string;
  readonly name: string;
  /** The customer who is written to: the bill-to, or itself. */
  readonly accountId: CustomerId;
  readonly accountCode: string;
}

/** A customer by its own code, exactly as written. */
export const customerByCode = (tx: CompanyTx, code: string): Promise<CustomerRow | undefined> =>
  tx.maybeOne<CustomerRow>(
    `select c.id, c.code, c.name, c.account_id, a.code as account_code
       from customers c join customers a on a.company_id = $1 and a.id = c.account_id
      where c.company_id = $1 and c.code = $2`,
    [tx.companyId, code],
  );

/** Ids of customers by code; codes nobody has are left out. */
export const customerIdsByCode = (
  tx: CompanyTx,
  codes: readonly string[],
): Promise<readonly { readonly code: string; readonly id: CustomerId; readonly accountId: CustomerId }[]> =>
  tx.query('select code, id, account_id from customers where company_id = $1 and code = any($2::text[])', [tx.companyId, codes]);

export async function customerCodeById(tx: CompanyTx, id: CustomerId): Promise<string> {
  const { code } = await tx.one<{ code: string }>('select code from customers where company_id = $1 and id = $2', [tx.companyId, id]);
  return code;
}
