import type { LiveReminder } from '../../../domain/account-facts.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export type LiveReminderRow = LiveReminder & { readonly accountId: CustomerId };

/** Reminders of the accounts that may still reach the customer, with the invoices they ask for. */
export const liveReminders = (tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<readonly LiveReminderRow[]> =>
  tx.query<LiveReminderRow>(
    `select r.customer_id as account_id, r.id, r.delivery_status as status, r.reminder_type as type, r.escalation_level as level,
            r.origin, r.digest, r.as_on as proposed_on, r.approval_kind is not distinct from 'PERSON' as is_approved_by_person, r.is_shaped, r.version,
            array(select i.invoice_id from consolidated_reminder_items i
                   where i.company_id = $1 and i.reminder_id = r.id and i.kind = 'INVOICE' order by i.position) as invoice_ids
       from customer_consolidated_reminders r
      where r.company_id = $1 and r.customer_id = any($2::bigint[])
        and r.delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
      order by r.id`,
    [tx.companyId, accountIds],
  );
