/** What waits for a person today, counted. One statement per table, each over a partial index of live rows. */
import type { Day, Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface TodayReminders {
  /** Live reminders by what they wait for, with what they ask for in base currency. */
  readonly toApprove: number;
  readonly toApproveMinor: bigint;
  readonly atRiskMinor: bigint;
  readonly needsReview: number;
  readonly needsReviewMinor: bigint;
  readonly uncertain: number;
  readonly uncertainMinor: bigint;
  readonly held: number;
  readonly heldMinor: bigint;
  /** Held ones that are proposed again by tomorrow. */
  readonly holdsEnding: number;
  readonly holdsEndingMinor: bigint;
  readonly scheduled: number;
  readonly scheduledMinor: bigint;
  /** Scheduled ones that may leave before the day ends. */
  readonly leavingToday: number;
  readonly leavingTodayMinor: bigint;
}

/** Whose accounts are looked at; null for everybody's. */
interface Whose {
  readonly owner: UserId | null;
}

/** Customers that somebody looks after; all of them when nobody is named. */
const ofOwner = (customerId: string, parameter: string): string =>
  `(${parameter}::bigint is null or ${customerId} in (select o.id from customers o where o.company_id = $1 and o.owner_user_id = ${parameter}))`;

export const todayReminders = (
  tx: CompanyTx,
  when: Whose & { readonly tomorrow: Day; readonly endsAt: Instant },
): Promise<TodayReminders> =>
  tx.one<TodayReminders>(
    `select count(*) filter (where delivery_status = 'PROPOSED') as to_approve,
            coalesce(sum(value_minor) filter (where delivery_status = 'PROPOSED'), 0)::bigint as to_approve_minor,
            coalesce(sum(at_risk_minor), 0)::bigint as at_risk_minor,
            count(*) filter (where delivery_status = 'NEEDS_REVIEW') as needs_review,
            coalesce(sum(value_minor) filter (where delivery_status = 'NEEDS_REVIEW'), 0)::bigint as needs_review_minor,
            count(*) filter (where delivery_status = 'UNCERTAIN') as uncertain,
            coalesce(sum(value_minor) filter (where delivery_status = 'UNCERTAIN'), 0)::bigint as uncertain_minor,
            count(*) filter (where delivery_status = 'HELD') as held,
            coalesce(sum(value_minor) filter (where delivery_status = 'HELD'), 0)::bigint as held_minor,
            count(*) filter (where delivery_status = 'HELD' and held_until_on <= $2) as holds_ending,
            coalesce(sum(value_minor) filter (where delivery_status = 'HELD' and held_until_on <= $2), 0)::bigint as holds_ending_minor,
            count(*) filter (where delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING')) as scheduled,
            coalesce(sum(value_minor) filter (where delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING')), 0)::bigint as scheduled_minor,
            count(*) filter (where delivery_status = 'QUEUED' and claimable_at < $3) as leaving_today,
            coalesce(sum(value_minor) filter (where delivery_status = 'QUEUED' and claimable_at < $3), 0)::bigint as leaving_today_minor
       from customer_consolidated_reminders
      where company_id = $1
        and delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
        and ${ofOwner('customer_id', '$4')}`,
    [tx.companyId, when.tomorrow, when.endsAt, when.owner],
  );

export interface TodayBlocks {
  readonly promisesDue: number;
  readonly promisesBroken: number;
  readonly chequesDue: number;
}

interface BlockDays extends Whose {
  readonly until: Day;
  readonly brokenSince: Instant;
}

const PROMISE_DUE = `(b.ended_at is null and b.kind = 'PROMISE' and b.promised_on <= $2)`;
const PROMISE_BROKEN = `(b.outcome = 'BROKEN' and b.ended_at >= $3)`;
const CHEQUE_DUE = `(b.ended_at is null and b.kind = 'CHEQUE' and b.promised_on <= $2)`;

/** Promises and cheques count once however many invoices they cover. */
export const todayBlocks = (tx: CompanyTx, { until, brokenSince, owner }: BlockDays): Promise<TodayBlocks> =>
  tx.one<TodayBlocks>(
    `select count(distinct coalesce(b.group_id, b.id)) filter (where ${PROMISE_DUE}) as promises_due,
            count(distinct coalesce(b.group_id, b.id)) filter (where ${PROMISE_BROKEN}) as promises_broken,
            count(distinct coalesce(b.group_id, b.id)) filter (where ${CHEQUE_DUE}) as cheques_due
       from blocks b where b.company_id = $1 and (b.ended_at is null or b.outcome = 'BROKEN') and ${ofOwner('b.customer_id', '$4')}`,
    [tx.companyId, until, brokenSince, owner],
  );

/** What is still open on the invoices they cover, per currency. */
export const todayBlockSums = (
  tx: CompanyTx,
  { until, brokenSince, owner }: BlockDays,
): Promise<readonly { readonly what: keyof TodayBlocks; readonly currency: Currency; readonly minor: bigint }[]> =>
  tx.query(
    `select case when ${PROMISE_BROKEN} then 'promisesBroken' when b.kind = 'PROMISE' then 'promisesDue' else 'chequesDue' end as what,
            i.currency, sum(least(coalesce(b.amount_minor, i.open_minor), i.open_minor))::bigint as minor
       from blocks b join invoices i on i.company_id = $1 and i.id = b.invoice_id
      where b.company_id = $1 and (${PROMISE_DUE} or ${PROMISE_BROKEN} or ${CHEQUE_DUE}) and ${ofOwner('b.customer_id', '$4')}
      group by 1, 2`,
    [tx.companyId, until, brokenSince, owner],
  );

/** Mails of the last days that came back or were refused, and what they asked for. */
export const returnedSince = (
  tx: CompanyTx,
  since: Instant,
  owner: UserId | null,
): Promise<{ readonly returned: number; readonly returnedMinor: bigint }> =>
  tx.one(
    `select count(*) as returned, coalesce(sum(value_minor), 0)::bigint as returned_minor from customer_consolidated_reminders
      where company_id = $1 and delivery_status in ('BOUNCED', 'REJECTED', 'COMPLAINED', 'FAILED') and created_at >= $2
        and ${ofOwner('customer_id', '$3')}`,
    [tx.companyId, since, owner],
  );
