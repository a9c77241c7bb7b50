import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface SettlementHistoryRow {
  readonly accountId: CustomerId;
  readonly settledInvoices: number;
  /** Sum of days from due to settlement. */
  readonly daysLate: number;
  /** Invoices settled more than 30 days late. */
  readonly veryLate: number;
}

/** How the accounts paid the invoices settled in the two years up to the day. */
export const settlementHistory = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly SettlementHistoryRow[]> =>
  tx.query<SettlementHistoryRow>(
    `select c.account_id, count(*) as settled_invoices, sum(i.settled_on - i.due_on) as days_late,
            count(*) filter (where i.settled_on - i.due_on > 30) as very_late
       from customers c
       join invoices i on i.company_id = $1 and i.customer_id = c.id
      where c.company_id = $1 and c.account_id = any($2::bigint[]) and i.kind = 'INVOICE'
        and i.settled_on <= $3 and i.settled_on > $3::date - 730
      group by c.account_id`,
    [tx.companyId, accountIds, asOn],
  );

export interface PromiseHistoryRow {
  readonly accountId: CustomerId;
  readonly kept: number;
  readonly broken: number;
}

/** Promises of the accounts that were kept or broken; one promise over several invoices counts once. */
export const promiseHistory = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly PromiseHistoryRow[]> =>
  tx.query<PromiseHistoryRow>(
    `select account_id, count(*) filter (where not is_broken) as kept, count(*) filter (where is_broken) as broken
       from (select c.account_id, coalesce(b.group_id, b.id) as promise_id, bool_or(b.outcome = 'BROKEN') as is_broken
               from customers c
               join blocks b on b.company_id = $1 and b.customer_id = c.id
              where c.company_id = $1 and c.account_id = any($2::bigint[]) and b.kind = 'PROMISE' and b.outcome in ('KEPT', 'BROKEN')
                and b.promised_on <= $3
              group by c.account_id, promise_id) promise
      group by account_id`,
    [tx.companyId, accountIds, asOn],
  );
