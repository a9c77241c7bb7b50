import type { Instant } from '../../../domain/days.ts';
import type { AttemptId, ReminderId } from '../../../domain/ids.ts';
import type { AttemptOutcome, DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { EmailEventKind } from '../inbox/email-events.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface DeliveryRow {
  /** Of the attempt. */
  readonly id: AttemptId;
  readonly reminderId: ReminderId;
  readonly reminderVersion: number;
  readonly customerCode: string;
  readonly customerName: string;
  readonly recipientAddress: string;
  readonly deliveryStatus: DeliveryStatus;
  readonly attemptNumber: number;
  readonly businessAt: Instant;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  /** Null while it is under way, or when whoever sent it died. */
  readonly outcome: AttemptOutcome | null;
  readonly replyCode: number | null;
  readonly replyText: string | null;
  readonly messageId: string;
  /** Kinds of what came back about this attempt, the newest first. */
  readonly cameBack: readonly EmailEventKind[];
}

/** The newest attempts, those nobody knows the end of before all others. */
export const deliveriesPage = (tx: CompanyTx, limit: number): Promise<readonly DeliveryRow[]> =>
  tx.query<DeliveryRow>(
    `with uncertain as (
       select id from customer_consolidated_reminders where company_id = $1 and delivery_status = 'UNCERTAIN'
        order by at_risk_minor desc, oldest_days_past_due desc, id limit $2),
     last_of_uncertain as (
       select distinct on (l.consolidated_reminder_id) l.id from email_logs l join uncertain u on u.id = l.consolidated_reminder_id
        where l.company_id = $1 order by l.consolidated_reminder_id, l.attempt_number desc),
     newest as (select id from email_logs where company_id = $1 order by business_at desc limit $2)
     select l.id, r.id as reminder_id, r.version as reminder_version, c.code as customer_code, c.name as customer_name, l.recipient_address,
            r.delivery_status, l.attempt_number, l.business_at, l.transport, l.relay, l.outcome, l.reply_code, l.reply_text, l.message_id,
            array(select e.kind from email_events e
                   where e.company_id = $1 and e.consolidated_reminder_id = r.id and e.email_log_id = l.id
                   group by e.kind order by max(e.id) desc) as came_back
       from email_logs l
       join customer_consolidated_reminders r on r.company_id = $1 and r.id = l.consolidated_reminder_id
       join customers c on c.company_id = $1 and c.id = l.customer_id
      where l.company_id = $1 and l.id in (select id from last_of_uncertain union select id from newest)
      order by (r.delivery_status = 'UNCERTAIN') desc, l.business_at desc, l.id desc
      limit $2`,
    [tx.companyId, limit],
  );
