import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface CustomerPlace {
  readonly id: CustomerId;
  readonly accountId: CustomerId;
  readonly code: string;
  readonly name: string;
}

/** The customer with that code and the account it is billed through. */
export const accountOfCustomer = (tx: CompanyTx, code: string): Promise<CustomerPlace | undefined> =>
  tx.maybeOne<CustomerPlace>('select id, account_id, code, name from customers where company_id = $1 and code = $2', [tx.companyId, code]);
