import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface StagedTotal {
  readonly currency: Currency;
  readonly count: number;
  readonly totalMinor: bigint;
}

/** What the staged rows come to, and with them all documents and payments of the company, whatever their currencies; as numbers of any size. */
export async function ledgerSizes(tx: CompanyTx): Promise<{ readonly stagedMinor: bigint; readonly recordedMinor: () => Promise<bigint> }> {
  const { size } = await tx.one<{ size: string }>(
    `select ((select coalesce(sum(total_minor), 0) from staged_documents) + (select coalesce(sum(amount_minor), 0) from staged_payments)
             + (select coalesce(sum(amount_minor), 0) from staged_allocations))::text as size`,
  );
  const recordedMinor = async (): Promise<bigint> => {
    const recorded = await tx.one<{ size: string }>(
      `select ((select coalesce(sum(total_minor), 0) from invoices where company_id = $1)
               + (select coalesce(sum(amount_minor), 0) from payments where company_id = $1))::text as size`,
      [tx.companyId],
    );
    return BigInt(recorded.size);
  };
  return { stagedMinor: BigInt(size), recordedMinor };
}

/**
 * What the staged file comes to, per currency: of documents what the ledger states as open, else their totals; of payments their amounts.
 * Credits lower the total, except in a file of credits alone (`countsCredits`).
 */
export const stagedTotals = (tx: CompanyTx, countsCredits: boolean): Promise<readonly StagedTotal[]> =>
  tx.query<StagedTotal>(
    `select currency, count(*) as count, sum(amount_minor)::bigint as total_minor
       from (select currency, case when kind = 'INVOICE' or $2 then 1 else -1 end * coalesce(stated_open_minor, total_minor) as amount_minor
               from staged_documents
             union all
             select currency, amount_minor from staged_payments) s
      where $1::bigint is not null
      group by currency`,
    [tx.companyId, countsCredits],
  );

/** Whether the file has invoices, and each of them says what is still open of it. Stops at the first that does not. */
export const statesEveryBalance = async (tx: CompanyTx): Promise<boolean> =>
  (
    await tx.one<{ found: boolean }>(
      `select exists (select from staged_documents where kind = 'INVOICE')
              and not exists (select from staged_documents where kind = 'INVOICE' and stated_open_minor is null) as found`,
    )
  ).found;
