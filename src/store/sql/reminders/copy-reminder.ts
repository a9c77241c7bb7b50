import type { Instant } from '../../../domain/days.ts';
import type { ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** What a resend takes over from its original: the whole composition, nothing of its approval or its attempts. */
const COPIED = `customer_id, run_id, reminder_type, escalation_level, contact_id, recipient_name, recipient_name_ar, recipient_title, recipient_address,
  language, totals, total_amount_minor, item_count, oldest_days_past_due, priority_score, at_risk_minor, value_minor, risk_ppm, priority_factors, why, as_on,
  final_deadline_on, scheduled_for, contact_interval, next_eligible_contact_on, template_id, layout_version, policy_version_id, digest, approval_needs,
  attaches_statement`;

const COPIED_ITEM = `position, kind, invoice_id, payment_id, number, customer_reference, branch_id, branch_code, branch_name, issued_on, due_on, days_past_due,
  currency, total_minor, balance_minor, asked_minor`;

/** Proposes the same reminder once more, under a Message-ID of its own. The original must no longer be live. */
export async function copyReminder(tx: CompanyTx, originalId: ReminderId, messageId: string, at: Instant): Promise<ReminderId> {
  const { id } = await tx.one<{ readonly id: ReminderId }>(
    `insert into customer_consolidated_reminders (company_id, ${COPIED}, origin, resend_of, delivery_status, status_changed_at, message_id)
     select $1, ${COPIED}, 'RESEND', id, 'PROPOSED', $4, $3
       from customer_consolidated_reminders where company_id = $1 and id = $2
     returning id`,
    [tx.companyId, originalId, messageId, at],
  );
  await tx.query(
    `insert into consolidated_reminder_items (company_id, reminder_id, ${COPIED_ITEM}, live)
     select $1, $3, ${COPIED_ITEM}, true from consolidated_reminder_items where company_id = $1 and reminder_id = $2`,
    [tx.companyId, originalId, id],
  );
  return id;
}
