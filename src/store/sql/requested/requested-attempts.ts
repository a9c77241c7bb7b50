/** Attempts to send mail on request: rows of the same log as those of reminders, told apart by their kind. */
import type { Instant } from '../../../domain/days.ts';
import type { AttemptId, CustomerId, RequestedMailId } from '../../../domain/ids.ts';
import type { RequestedKind } from '../../../domain/requested-mail.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface NewRequestedAttempt {
  readonly mailId: RequestedMailId;
  readonly customerId: CustomerId;
  readonly kind: RequestedKind;
  readonly attemptNumber: number;
  readonly messageId: string;
  readonly recipientAddress: string;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  readonly fence: number;
  readonly sender: string;
  readonly startedAt: Instant;
  readonly businessAt: Instant;
  readonly renderHash: string;
  readonly documentCount: number;
}

/** Writes the attempt before a byte leaves. It saves nobody a mail, and what was ordered is what was rendered: one hash for both. */
export async function insertRequestedAttempt(tx: CompanyTx, attempt: NewRequestedAttempt): Promise<AttemptId> {
  const { id } = await tx.one<{ readonly id: AttemptId }>(
    `insert into email_logs (company_id, requested_mail_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport,
       relay, fence, sender, started_at, business_at, phase, digest, render_hash, invoice_count, consolidation_savings)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'CONNECTING', $14, $14, $15, 0)
     returning id`,
    [
      tx.companyId,
      attempt.mailId,
      attempt.customerId,
      attempt.kind,
      attempt.attemptNumber,
      attempt.messageId,
      attempt.recipientAddress,
      attempt.transport,
      attempt.relay,
      attempt.fence,
      attempt.sender,
      attempt.startedAt,
      attempt.businessAt,
      attempt.renderHash,
      attempt.documentCount,
    ],
  );
  return id;
}

/** Marks the open attempts of mails whose sender vanished. */
export async function abandonRequestedAttempts(tx: CompanyTx, mailIds: readonly RequestedMailId[], finishedAt: Instant): Promise<void> {
  await tx.query(
    `update email_logs set outcome = 'UNCERTAIN', finished_at = $3, reply_text = 'the sender stopped before it recorded an answer'
      where company_id = $1 and requested_mail_id = any($2::bigint[]) and outcome is null`,
    [tx.companyId, mailIds, finishedAt],
  );
}

/** The latest attempt, when one was written. */
export const lastRequestedAttempt = (tx: CompanyTx, mailId: RequestedMailId): Promise<{ readonly id: AttemptId } | undefined> =>
  tx.maybeOne('select id from email_logs where company_id = $1 and requested_mail_id = $2 order by attempt_number desc limit 1', [
    tx.companyId,
    mailId,
  ]);

/** How often and since when a mail was tried, for the schedule of the next try. */
export const requestedHistory = (
  tx: CompanyTx,
  mailId: RequestedMailId,
): Promise<{ readonly firstAt: Instant | null; readonly temporaryFailures: number }> =>
  tx.one(
    `select min(business_at) as first_at, count(*) filter (where outcome = 'TEMPORARY') as temporary_failures
       from email_logs where company_id = $1 and requested_mail_id = $2`,
    [tx.companyId, mailId],
  );

/** An attempt as its gate wrote it down, for those who learn of its outcome later. */
export interface RequestedAttempt {
  readonly attemptId: AttemptId;
  readonly attemptNumber: number;
  readonly mailId: RequestedMailId;
  readonly customerId: CustomerId;
  readonly recipientAddress: string;
  readonly fence: number;
  /** Business time of its gate: the date the mail carries. */
  readonly sentAt: Instant;
}

const REQUESTED_ATTEMPT = `e.id as attempt_id, e.attempt_number, e.requested_mail_id as mail_id, e.customer_id, e.recipient_address, e.fence,
  e.business_at as sent_at`;

/** Attempts to send mail on request, by id. */
export const requestedAttemptsById = (tx: CompanyTx, ids: readonly AttemptId[]): Promise<readonly RequestedAttempt[]> =>
  tx.query<RequestedAttempt>(
    `select ${REQUESTED_ATTEMPT} from email_logs e
      where e.company_id = $1 and e.id = any($2::bigint[]) and e.requested_mail_id is not null order by e.id`,
    [tx.companyId, ids],
  );

/** Attempts of one sender of which nobody knows how they ended. */
export const openRequestedAttemptsOf = (tx: CompanyTx, sender: string): Promise<readonly RequestedAttempt[]> =>
  tx.query<RequestedAttempt>(
    `select ${REQUESTED_ATTEMPT} from email_logs e
      where e.company_id = $1 and e.sender = $2 and (e.outcome is null or e.outcome = 'UNCERTAIN')
        and e.phase = 'CONNECTING' and e.requested_mail_id is not null
      order by e.id`,
    [tx.companyId, sender],
  );

/** Message-IDs of the reminders these addresses received in their account's present episode, oldest first. */
export const episodeMails = (
  tx: CompanyTx,
  mailIds: readonly RequestedMailId[],
): Promise<readonly { readonly mailId: RequestedMailId; readonly messageIds: readonly string[] }[]> =>
  tx.query(
    `select m.id as mail_id, array_agg(r.message_id order by r.sent_at, r.id) as message_ids
       from requested_mails m
       join customers c on c.company_id = $1 and c.id = m.customer_id
       join customer_consolidated_reminders r
         on r.company_id = $1 and r.customer_id = m.customer_id and r.recipient_address = m.recipient_address
        and r.delivery_status in ('SENT', 'DELIVERED') and r.as_on >= c.episode_started_on
      where m.company_id = $1 and m.id = any($2::bigint[])
      group by m.id`,
    [tx.companyId, mailIds],
  );
