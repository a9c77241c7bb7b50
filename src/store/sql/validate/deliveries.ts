/** Does what is said of mail that left rest on attempts, and did nothing leave twice. */
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRows } from './found-rows.ts';

/** Sent means accepted, or uncertain until somebody knew better; either has an attempt that says so. */
export const sentWithoutAttempt = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, r.id as object_id, format('is %s without an attempt that a mail server took', r.delivery_status) as found
       from customer_consolidated_reminders r
      where r.company_id = $1 and r.delivery_status in ('SENT', 'DELIVERED', 'BOUNCED', 'COMPLAINED')
        and not exists (select from email_logs l where l.company_id = $1 and l.consolidated_reminder_id = r.id
                           and l.outcome in ('ACCEPTED', 'UNCERTAIN'))`,
  );

/** The promise above all others: one reminder is accepted once. */
export const acceptedTwice = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, consolidated_reminder_id as object_id, format('was accepted %s times', count(*)) as found
       from email_logs
      where company_id = $1 and consolidated_reminder_id is not null and outcome = 'ACCEPTED'
      group by consolidated_reminder_id having count(*) > 1`,
  );
