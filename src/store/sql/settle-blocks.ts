import type { Day, Instant } from '../../domain/days.ts';
import type { BlockId, CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { BlockKind, BlockOutcome } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface SettledBlock {
  readonly id: BlockId;
  readonly kind: BlockKind;
  readonly outcome: BlockOutcome;
  readonly accountId: CustomerId;
}

/**
 * Standing blocks that have come to their end as of a day ($2), each with how. A promise, a cheque or a claim of payment is kept or cleared
 * as soon as its item is settled, or as much of it as was promised; a promise whose last day has passed is broken. Whatever else has passed its last day
 * expired: a cheque among them, because whether the bank returned it is for a person to say.
 */
const ENDING = `
  paid as (
    select b.id,
           coalesce(i.settled_on <= $2, false) or coalesce(b.amount_minor <= (
             select coalesce(sum(a.amount_minor), 0) from allocations a
              where a.company_id = $1 and a.invoice_id = b.invoice_id and a.effective_on between b.started_on and $2), false) as is_paid
      from blocks b
      left join invoices i on i.company_id = $1 and i.id = b.invoice_id
     where b.company_id = $1 and b.ended_at is null and (b.kind in ('PROMISE', 'CHEQUE', 'PAID_CLAIM') or b.until_on < $2)
  ), ending as (
    select b.id, c.account_id,
           case when p.is_paid and b.kind in ('PROMISE', 'PAID_CLAIM') then 'KEPT'
                when p.is_paid and b.kind = 'CHEQUE' then 'CLEARED'
                when b.until_on < $2 and b.kind = 'PROMISE' then 'BROKEN'
                when b.until_on < $2 then 'EXPIRED' end as outcome
      from blocks b
      join paid p on p.id = b.id
      join customers c on c.company_id = $1 and c.id = b.customer_id
     where b.company_id = $1
  )`;

/** Accounts with a block to end: their locks are taken before any block is, as by everyone who records a fact. */
export async function accountsOfEndingBlocks(tx: CompanyTx, asOn: Day): Promise<readonly CustomerId[]> {
  const rows = await tx.query<{ readonly accountId: CustomerId }>(
    `with ${ENDING} select distinct account_id from ending where outcome is not null order by account_id`,
    [tx.companyId, asOn],
  );
  return rows.map((row) => row.accountId);
}

/**
 * Lets promises and cheques stand again that ended by themselves because their invoice was settled, when that was taken back and their
 * last day has not passed.
 */
export const reopenBlocks = (
  tx: CompanyTx,
  invoiceIds: readonly InvoiceId[],
  today: Day,
): Promise<readonly { readonly id: BlockId; readonly kind: BlockKind }[]> =>
  tx.query(
    `update blocks b set ended_at = null, outcome = null, ended_by = null, version = b.version + 1
      where b.company_id = $1 and b.invoice_id = any($2::bigint[]) and b.ended_by is null and b.until_on >= $3
        and b.kind in ('PROMISE', 'PAID_CLAIM') and b.outcome = 'KEPT'
         or b.company_id = $1 and b.invoice_id = any($2::bigint[]) and b.until_on >= $3 and b.kind = 'CHEQUE' and b.outcome = 'CLEARED'
      returning b.id, b.kind`,
    [tx.companyId, invoiceIds, today],
  );

/** Ends those of the accounts' blocks that have come to their end. */
export const settleBlocks = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day, at: Instant): Promise<readonly SettledBlock[]> =>
  tx.query<SettledBlock>(
    `with ${ENDING}
     update blocks b set ended_at = $3, outcome = e.outcome, version = b.version + 1
       from ending e
      where b.company_id = $1 and b.id = e.id and e.outcome is not null and b.ended_at is null and e.account_id = any($4::bigint[])
      returning b.id, b.kind, b.outcome, e.account_id`,
    [tx.companyId, asOn, at, accountIds],
  );
