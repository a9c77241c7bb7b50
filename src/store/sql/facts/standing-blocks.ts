import type { Block } from '../../../domain/account-facts.ts';
import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export type BlockRow = Block & { readonly accountId: CustomerId };

/** Blocks begun by the day and not ended; whether one still holds on the day is the rules' judgement. */
export const standingBlocks = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly BlockRow[]> =>
  tx.query<BlockRow>(
    `select c.account_id, b.id, b.kind, b.invoice_id, b.amount_minor, b.reason, b.reference, b.started_on, b.until_on
       from customers c
       join blocks b on b.company_id = $1 and b.customer_id = c.id
      where c.company_id = $1 and c.account_id = any($2::bigint[]) and b.ended_at is null and b.started_on <= $3
      order by b.id`,
    [tx.companyId, accountIds, asOn],
  );
