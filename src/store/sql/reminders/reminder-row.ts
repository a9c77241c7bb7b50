import type { Priority, ReminderLine, ApprovalNeed } from '../../../domain/decision.ts';
import type { Day, Instant } from '../../../domain/days.ts';
import type { ContactId, CustomerId, PolicyVersionId, ReminderId, RunId, UserId } from '../../../domain/ids.ts';
import type { DeliveryStatus, EscalationLevel, Language, ReminderOrigin, ReminderType } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** One reminder as stored, without its rows. Totals are minor units as decimal text, because JSON numbers are floats. */
export interface ReminderRow {
  readonly id: ReminderId;
  readonly version: number;
  readonly customerId: CustomerId;
  readonly customerCode: string;
  readonly customerName: string;
  readonly customerNameAr: string | null;
  readonly customerTrn: string | null;
  readonly runId: RunId | null;
  readonly reminderType: ReminderType;
  readonly escalationLevel: EscalationLevel;
  readonly origin: ReminderOrigin;
  readonly resendOf: ReminderId | null;
  readonly contactId: ContactId;
  readonly recipientName: string;
  readonly recipientNameAr: string | null;
  readonly recipientTitle: string | null;
  readonly recipientAddress: string;
  readonly language: Language;
  readonly totals: readonly { readonly currency: string; readonly minor: string }[];
  readonly totalAmountMinor: bigint | null;
  readonly itemCount: number;
  readonly oldestDaysPastDue: number;
  readonly priorityScore: number;
  readonly atRiskMinor: bigint;
  readonly valueMinor: bigint;
  readonly riskPpm: number;
  readonly priorityFactors: Priority['factors'];
  readonly why: readonly string[];
  readonly asOn: Day;
  readonly finalDeadlineOn: Day | null;
  readonly scheduledFor: Instant;
  readonly contactInterval: number;
  readonly nextEligibleContactOn: Day;
  readonly templateId: number;
  readonly templateNumber: number;
  readonly layoutVersion: number;
  readonly attachesStatement: boolean;
  readonly policyVersionId: PolicyVersionId;
  readonly policyNumber: number;
  readonly digest: string;
  readonly deliveryStatus: DeliveryStatus;
  readonly statusChangedAt: Instant;
  readonly approvalNeeds: readonly ApprovalNeed[];
  readonly approvalKind: 'PERSON' | 'RULE' | null;
  readonly approvedBy: UserId | null;
  readonly approvedByLogin: string | null;
  readonly approvedAt: Instant | null;
  readonly approvalLapsesOn: Day | null;
  readonly approvedDigest: string | null;
  readonly approvedRenderHash: string | null;
  readonly undoUntil: Instant | null;
  readonly claimableAt: Instant | null;
  readonly heldUntilOn: Day | null;
  readonly statusReason: string | null;
  readonly reviewChanges: readonly string[];
  readonly fence: number;
  readonly attemptCount: number;
  readonly contactedAt: Instant | null;
  readonly messageId: string;
  readonly sentAt: Instant | null;
}

/** Every column of {@link ReminderRow}, from `r` joined with its customer `c`; `$1` is the company. */
export const REMINDER_COLUMNS = `
  r.id, r.version, r.customer_id, c.code as customer_code, c.name as customer_name, c.name_ar as customer_name_ar, c.trn as customer_trn,
  r.run_id, r.reminder_type, r.escalation_level, r.origin, r.resend_of, r.contact_id, r.recipient_name, r.recipient_name_ar, r.recipient_title,
  r.recipient_address, r.language, r.totals, r.total_amount_minor, r.item_count, r.oldest_days_past_due, r.priority_score, r.at_risk_minor,
  r.value_minor, r.risk_ppm, r.priority_factors, r.why, r.as_on, r.final_deadline_on, r.scheduled_for, r.contact_interval,
  r.next_eligible_contact_on, r.template_id, r.layout_version, r.attaches_statement, r.policy_version_id, r.digest, r.delivery_status, r.status_changed_at,
  r.approval_needs, r.approval_kind, r.approved_by, r.approved_at, r.approval_lapses_on, r.approved_digest, r.approved_render_hash, r.undo_until,
  (select u.login from users u where u.company_id = $1 and u.id = r.approved_by) as approved_by_login,
  (select t.number from email_templates t where t.company_id = $1 and t.id = r.template_id) as template_number,
  (select p.number from policy_versions p where p.company_id = $1 and p.id = r.policy_version_id) as policy_number,
  r.claimable_at, r.held_until_on, r.status_reason, r.review_changes, r.fence, r.attempt_count, r.contacted_at, r.message_id, r.sent_at`;

/** Reminders by id, in the order of the ids; those of other companies are not found. */
export const remindersById = (tx: CompanyTx, ids: readonly ReminderId[]): Promise<readonly ReminderRow[]> =>
  tx.query<ReminderRow>(
    `select ${REMINDER_COLUMNS}
       from customer_consolidated_reminders r
       join customers c on c.company_id = $1 and c.id = r.customer_id
      where r.company_id = $1 and r.id = any($2::bigint[])
      order by array_position($2::bigint[], r.id)`,
    [tx.companyId, ids],
  );

/** The same, locked against every other writer; locks are taken in id order, so that two writers never wait for each other. */
export const lockReminders = (tx: CompanyTx, ids: readonly ReminderId[]): Promise<readonly ReminderRow[]> =>
  tx.query<ReminderRow>(
    `select ${REMINDER_COLUMNS}
       from customer_consolidated_reminders r
       join customers c on c.company_id = $1 and c.id = r.customer_id
      where r.company_id = $1 and r.id = any($2::bigint[])
      order by r.id
        for update of r`,
    [tx.companyId, ids],
  );

export type ReminderLineRow = ReminderLine & { readonly reminderId: ReminderId };

/** Rows of the reminders, by reminder and position. */
export const reminderLines = (tx: CompanyTx, ids: readonly ReminderId[]): Promise<readonly ReminderLineRow[]> =>
  tx.query<ReminderLineRow>(
    `select reminder_id, kind, invoice_id, payment_id, number, customer_reference, branch_id, branch_code, branch_name, issued_on, due_on,
            days_past_due, currency, total_minor, balance_minor, asked_minor
       from consolidated_reminder_items
      where company_id = $1 and reminder_id = any($2::bigint[])
      order by reminder_id, position`,
    [tx.companyId, ids],
  );
