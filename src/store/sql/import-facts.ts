/** What is recorded already of the facts a file of its own brings: known ones are never recorded a second time, however they ended. */
import type { Day } from '../../domain/days.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface KnownCheque {
  readonly accountId: CustomerId;
  readonly number: string;
  readonly bank: string | null;
}

/** Every cheque ever recorded under one of the numbers: in hand, cleared, returned or withdrawn. */
export const knownCheques = (tx: CompanyTx, numbers: readonly string[]): Promise<readonly KnownCheque[]> =>
  tx.query<KnownCheque>(
    `select distinct c.account_id, b.cheque_number as number, b.cheque_bank as bank
       from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id
      where b.company_id = $1 and b.kind = 'CHEQUE' and b.cheque_number = any($2::text[])`,
    [tx.companyId, numbers],
  );

/** Why the addresses, in lower case, were ever suppressed. What somebody lifted since counts: a list knows nothing of that. */
export const pastSuppressions = (
  tx: CompanyTx,
  addresses: readonly string[],
): Promise<readonly { readonly address: string; readonly reason: string }[]> =>
  tx.query(
    'select distinct lower(address) as address, reason from suppressions where company_id = $1 and lower(address) = any($2::text[])',
    [tx.companyId, addresses.map((address) => address.toLowerCase())],
  );

export interface RecordedRate {
  readonly currency: Currency;
  readonly quotedOn: Day;
  readonly ratePpm: number;
}

/** The rates recorded for some currencies. */
export const recordedRates = (tx: CompanyTx, currencies: readonly Currency[]): Promise<readonly RecordedRate[]> =>
  tx.query<RecordedRate>('select currency, quoted_on, rate_ppm from exchange_rates where company_id = $1 and currency = any($2::text[])', [
    tx.companyId,
    currencies,
  ]);
