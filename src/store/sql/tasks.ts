/** What waits for a person: answers, returned cheques, claims of payment and cheques that ran out without the money. */
import type { Day, Instant } from '../../domain/days.ts';
import type { BlockId, CustomerId, UserId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { BlockKind } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface TaskRow {
  readonly id: BlockId;
  /** What of: a REPLY, a RETURNED_CHEQUE, a PAID_CLAIM nobody found, a CHEQUE nobody heard of. */
  readonly kind: BlockKind;
  readonly accountId: CustomerId;
  readonly customerCode: string;
  readonly customerName: string;
  readonly invoice: string | null;
  readonly reason: string;
  readonly reference: string | null;
  readonly sinceOn: Day;
}

const COLUMNS = `b.id, b.kind, c.account_id, a.code as customer_code, a.name as customer_name, i.number as invoice, b.reason, b.reference,
            case when b.ended_at is null then b.started_on else b.until_on end as since_on`;
const FROM = `
       from blocks b
       join customers c on c.company_id = $1 and c.id = b.customer_id
       join customers a on a.company_id = $1 and a.id = c.account_id
       left join invoices i on i.company_id = $1 and i.id = b.invoice_id`;
/** The predicates of `blocks_standing` and `blocks_unattended`. */
const WAITING = `b.company_id = $1 and (
        (b.ended_at is null and b.kind in ('REPLY', 'RETURNED_CHEQUE'))
        or (b.outcome = 'EXPIRED' and b.attended_at is null and b.kind in ('PAID_CLAIM', 'CHEQUE') and (i.id is null or i.open_minor > 0)))`;

/** Oldest first. */
export const waitingTasks = (tx: CompanyTx, limit: number): Promise<readonly TaskRow[]> =>
  tx.query<TaskRow>(`select ${COLUMNS} ${FROM} where ${WAITING} order by since_on, b.id limit $2`, [tx.companyId, limit]);

export interface CountedTasks {
  readonly kind: BlockKind;
  readonly tasks: number;
  readonly oldestOn: Day;
}

/** Customers that somebody looks after; all of them when nobody is named by `$2`. */
const OF_OWNER = `($2::bigint is null or b.customer_id in (select o.id from customers o where o.company_id = $1 and o.owner_user_id = $2))`;

/** What the accounts that wait have overdue, by kind of task and currency. */
export const overdueOfTasks = (
  tx: CompanyTx,
  { today, owner }: { readonly today: Day; readonly owner: UserId | null },
): Promise<readonly { readonly kind: BlockKind; readonly currency: Currency; readonly minor: bigint }[]> =>
  tx.query(
    `with waiting as (
       select distinct b.kind, c.account_id ${FROM} where ${WAITING} and ${OF_OWNER}
     )
     select w.kind, i.currency, sum(i.open_minor)::bigint as minor
       from waiting w
       join customers c on c.company_id = $1 and c.account_id = w.account_id
       join invoices i on i.company_id = $1 and i.customer_id = c.id and i.open_minor > 0 and i.kind = 'INVOICE' and i.due_on < $3
      group by w.kind, i.currency`,
    [tx.companyId, owner, today],
  );

/** How many of each kind wait; one cheque or claim counts once however many invoices it covers. */
export const countTasks = (tx: CompanyTx, owner: UserId | null = null): Promise<readonly CountedTasks[]> =>
  tx.query<CountedTasks>(
    `select b.kind, count(distinct coalesce(b.group_id, b.id)) as tasks,
            min(case when b.ended_at is null then b.started_on else b.until_on end) as oldest_on
       from blocks b
       left join invoices i on i.company_id = $1 and i.id = b.invoice_id
      where ${WAITING} and ${OF_OWNER}
      group by b.kind`,
    [tx.companyId, owner],
  );

/** Those of one account, under its lock. */
export const tasksOfAccount = (tx: CompanyTx, accountId: CustomerId): Promise<readonly TaskRow[]> =>
  tx.query<TaskRow>(`select ${COLUMNS} ${FROM} where ${WAITING} and c.account_id = $2 order by b.id`, [tx.companyId, accountId]);

/** A person dealt with them: what stood is lifted, what had run out is marked as looked after. */
export async function attendTasks(
  tx: CompanyTx,
  ids: readonly BlockId[],
  { at, by }: { readonly at: Instant; readonly by: UserId | null },
): Promise<void> {
  await tx.query(
    `update blocks set attended_at = $3, attended_by = $4::bigint, version = version + 1,
            ended_at = coalesce(ended_at, $3), outcome = coalesce(outcome, 'LIFTED'), ended_by = case when outcome is null then $4::bigint else ended_by end
      where company_id = $1 and id = any($2::bigint[])`,
    [tx.companyId, ids, at, by],
  );
}
