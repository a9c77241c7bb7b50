/** Work that nobody is at any more: it stands in a state that should have passed. */
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRows } from './found-rows.ts';

/**
 * Leases end within 90 seconds and are swept within 20 more; a doubt is settled by the next day, and what the facts took back is looked at
 * within a week. Business time, but for leases.
 */
export const stuckReminders = (tx: CompanyTx, businessNow: Instant): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, id as object_id, format('has been %s since %s', delivery_status, to_char(status_changed_at, 'YYYY-MM-DD')) as found
       from customer_consolidated_reminders
      where company_id = $1
        and (delivery_status in ('LEASED', 'TRANSMITTING') and lease_until < now() - interval '5 minutes'
             or delivery_status = 'UNCERTAIN' and status_changed_at < $2::timestamptz - interval '1 day'
             or delivery_status = 'NEEDS_REVIEW' and status_changed_at < $2::timestamptz - interval '7 days')`,
    [businessNow],
  );

/** A job that began hours ago and never ended: its daemon died, and none came after it. */
export const stuckJobs = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'job' as object_kind, id as object_id, format('the job "%s" began at %s and has not ended', job, to_char(started_at, 'YYYY-MM-DD HH24:MI')) as found
       from job_slots where company_id = $1 and finished_at is null and started_at < now() - interval '3 hours'`,
  );
