/** What waits for a person today, counted. One statement per table, each over a partial index of live rows. */
import type { Day, Instant } from '../../domain/days.ts';
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
  readonly scheduled: number;
  readonly scheduledMinor: bigint;
  /** Scheduled ones that may leave before the day ends. */
  readonly leavingToday: number;
}

export const todayReminders = (tx: CompanyTx, when: { readonly tomorrow: Day; readonly endsAt: Instant }): Promise<TodayReminders> =>
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
            count(*) filter (where delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING')) as scheduled,
            coalesce(sum(value_minor) filter (where delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING')), 0)::bigint as scheduled_minor,
            count(*) filter (where delivery_status = 'QUEUED' and claimable_at < $3) as leaving_today
       from customer_consolidated_reminders
      where company_id = $1
        and delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')`,
    [tx.companyId, when.tomorrow, when.endsAt],
  );

export interface TodayBlocks {
  readonly promisesDue: number;
  readonly promisesBroken: number;
  readonly chequesDue: number;
}

/** Promises and cheques count once however many invoices they cover. */
export const todayBlocks = (tx: CompanyTx, when: { readonly until: Day; readonly brokenSince: Instant }): Promise<TodayBlocks> =>
  tx.one<TodayBlocks>(
    `select count(distinct coalesce(group_id, id)) filter (where ended_at is null and kind = 'PROMISE' and promised_on <= $2) as promises_due,
            count(distinct coalesce(group_id, id)) filter (where outcome = 'BROKEN' and ended_at >= $3) as promises_broken,
            count(distinct coalesce(group_id, id)) filter (where ended_at is null and kind = 'CHEQUE' and promised_on <= $2) as cheques_due
       from blocks where company_id = $1 and (ended_at is null or outcome = 'BROKEN')`,
    [tx.companyId, when.until, when.brokenSince],
  );

/** Mails of the last days that came back or were refused. */
export async function returnedSince(tx: CompanyTx, since: Instant): Promise<number> {
  const { returned } = await tx.one<{ returned: number }>(
    `select count(*) as returned from customer_consolidated_reminders
      where company_id = $1 and delivery_status in ('BOUNCED', 'REJECTED', 'COMPLAINED', 'FAILED') and created_at >= $2`,
    [tx.companyId, since],
  );
  return returned;
}
