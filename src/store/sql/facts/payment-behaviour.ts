import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import { HISTORY_DAYS, MOST_DAYS_LATE, recencyWeight, VERY_LATE_DAYS } from '../../../domain/item-risk.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface SettlementHistoryRow {
  readonly accountId: CustomerId;
  readonly settledInvoices: number;
  /** Sum of what each counts by the days since it was due: {@link recencyWeight}. */
  readonly settledWeight: number;
  /** Sum of days from due to settlement, by weight; early is 0. */
  readonly daysLate: number;
  /** Weight of those settled very late. */
  readonly veryLate: number;
}

/** How the accounts paid the invoices that fell due in the two years before the day and were settled by it. */
export const settlementHistory = (tx: CompanyTx, accountIds: readonly CustomerId[], asOn: Day): Promise<readonly SettlementHistoryRow[]> =>
  tx.query<SettlementHistoryRow>(
    `select account_id, count(*) as settled_invoices, sum(weight)::bigint as settled_weight,
            sum(weight * least(greatest(days_late, 0), ${MOST_DAYS_LATE}))::bigint as days_late,
            coalesce(sum(weight) filter (where days_late > ${VERY_LATE_DAYS}), 0)::bigint as very_late
       from (select c.account_id, i.settled_on - i.due_on as days_late,
                    case when $3::date - i.due_on <= 90 then ${recencyWeight(90)} when $3::date - i.due_on <= 180 then ${recencyWeight(180)}
                         when $3::date - i.due_on <= 365 then ${recencyWeight(365)} else ${recencyWeight(366)} end as weight
               from customers c
               join invoices i on i.company_id = $1 and i.customer_id = c.id
              where c.company_id = $1 and c.account_id = any($2::bigint[]) and i.kind = 'INVOICE'
                and i.settled_on <= $3 and i.due_on < $3 and i.due_on > $3::date - ${HISTORY_DAYS}) settled
      group by account_id`,
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
