/** Promises that a ledger states for its invoices, told from those that are known. */
import type { Day } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface KnownPromise {
  readonly number: string;
  readonly promisedOn: Day | null;
  readonly isStanding: boolean;
}

/** Every promise recorded for one of the invoices, whoever recorded it and however it ended. */
export const promisesOfInvoices = (tx: CompanyTx, numbers: readonly string[]): Promise<readonly KnownPromise[]> =>
  tx.query<KnownPromise>(
    `select i.number, b.promised_on, b.ended_at is null as is_standing
       from blocks b join invoices i on i.company_id = $1 and i.id = b.invoice_id
      where b.company_id = $1 and b.kind = 'PROMISE' and i.kind = 'INVOICE' and i.number = any($2::text[])`,
    [tx.companyId, numbers],
  );
