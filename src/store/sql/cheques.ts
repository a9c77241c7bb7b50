/** Cheques in hand: found by their number, and what became of them. */
import type { Day, Instant } from '../../domain/days.ts';
import type { BlockId, CustomerId, InvoiceId, UserId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { BlockOutcome } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface ChequeItem {
  readonly id: BlockId;
  readonly groupId: BlockId;
  readonly accountId: CustomerId;
  readonly accountCode: string;
  readonly invoiceId: InvoiceId | null;
  readonly chequeNumber: string;
  readonly chequeBank: string | null;
  /** Of the first block of the cheque alone; `null` when nobody said. */
  readonly chequeAmountMinor: bigint | null;
  readonly chequeCurrency: Currency | null;
  readonly datedOn: Day;
}

/** Cheques with a number that wait for news: in hand, or past the day they should have cleared by. Of one account, or of any. */
export const waitingCheques = (tx: CompanyTx, number: string, accountId: CustomerId | null): Promise<readonly ChequeItem[]> =>
  tx.query<ChequeItem>(
    `select b.id, coalesce(b.group_id, b.id) as group_id, c.account_id, a.code as account_code, b.invoice_id, b.cheque_number, b.cheque_bank,
            b.cheque_amount_minor, b.cheque_currency, b.promised_on as dated_on
       from blocks b
       join customers c on c.company_id = $1 and c.id = b.customer_id
       join customers a on a.company_id = $1 and a.id = c.account_id
      where b.company_id = $1 and b.kind = 'CHEQUE' and b.cheque_number = $2 and ($3::bigint is null or c.account_id = $3)
        and (b.ended_at is null or (b.outcome = 'EXPIRED' and b.attended_at is null))
      order by b.id`,
    [tx.companyId, number, accountId],
  );

/** Under the account lock. */
export async function endCheque(
  tx: CompanyTx,
  ids: readonly BlockId[],
  { outcome, at, by }: { readonly outcome: BlockOutcome; readonly at: Instant; readonly by: UserId | null },
): Promise<void> {
  await tx.query(
    `update blocks set ended_at = $3, outcome = $4, ended_by = $5::bigint, attended_at = null, version = version + 1
      where company_id = $1 and id = any($2::bigint[])`,
    [tx.companyId, ids, at, outcome, by],
  );
}
