import type { Instant } from '../../../domain/days.ts';
import type { AttemptId, CustomerId, ReminderId } from '../../../domain/ids.ts';
import type { AttemptOutcome } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { bulkInsert } from '../bulk-insert.ts';

export interface NewAttempt {
  readonly reminderId: ReminderId;
  readonly customerId: CustomerId;
  readonly attemptNumber: number;
  readonly messageId: string;
  readonly recipientAddress: string;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  readonly fence: number;
  readonly sender: string;
  readonly startedAt: Instant;
  readonly businessAt: Instant;
  readonly digest: string;
  readonly renderHash: string;
  readonly invoiceCount: number;
  /** Whole per cent of single emails this one replaced: 100 (n - 1) / n. */
  readonly consolidationSavings: number;
  readonly metadata: Readonly<Record<string, string | number>>;
}

/** Writes the attempts before a byte leaves; the phase says CONNECTING until the outcome is known. */
export async function insertAttempts(tx: CompanyTx, attempts: readonly NewAttempt[]): Promise<ReadonlyMap<ReminderId, AttemptId>> {
  const rows = await bulkInsert<{ readonly id: AttemptId; readonly reminderId: ReminderId }>(tx, {
    table: 'email_logs',
    columns: [
      'consolidated_reminder_id',
      'customer_id',
      'mail_kind',
      'attempt_number',
      'message_id',
      'recipient_address',
      'transport',
      'relay',
      'fence',
      'sender',
      'started_at',
      'business_at',
      'phase',
      'digest',
      'render_hash',
      'invoice_count',
      'consolidation_savings',
      'consolidation_metadata',
    ],
    rows: attempts.map((attempt) => [
      attempt.reminderId,
      attempt.customerId,
      'REMINDER',
      attempt.attemptNumber,
      attempt.messageId,
      attempt.recipientAddress,
      attempt.transport,
      attempt.relay,
      attempt.fence,
      attempt.sender,
      attempt.startedAt,
      attempt.businessAt,
      'CONNECTING',
      attempt.digest,
      attempt.renderHash,
      attempt.invoiceCount,
      attempt.consolidationSavings,
      JSON.stringify(attempt.metadata),
    ]),
    suffix: 'returning id, consolidated_reminder_id as reminder_id',
  });
  return new Map(rows.map((row) => [row.reminderId, row.id]));
}

export interface AttemptResult {
  readonly id: AttemptId;
  readonly outcome: AttemptOutcome;
  readonly isBodyHandedOver: boolean;
  readonly replyCode: number | null;
  readonly replyText: string | null;
  readonly relayMessageId: string | null;
}

/** Closes attempts, each once; late evidence about one left uncertain replaces that outcome. */
export async function finishAttempts(tx: CompanyTx, results: readonly AttemptResult[], finishedAt: Instant): Promise<void> {
  await tx.query(
    `update email_logs e
        set outcome = v.outcome, phase = v.phase, reply_code = v.reply_code, reply_text = left(v.reply_text, 500), finished_at = $2,
            relay_message_id = v.relay_message_id
       from unnest($3::bigint[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[])
              as v (id, outcome, phase, reply_code, reply_text, relay_message_id)
      where e.company_id = $1 and e.id = v.id and (e.outcome is null or e.outcome = 'UNCERTAIN')`,
    [
      tx.companyId,
      finishedAt,
      results.map(({ id }) => id),
      results.map(({ outcome }) => outcome),
      results.map(phaseOf),
      results.map(({ replyCode }) => replyCode),
      results.map(({ replyText }) => replyText),
      results.map(({ relayMessageId }) => relayMessageId),
    ],
  );
}

/** What is uncertain may have been handed over; only an attempt nobody closed is still connecting. */
const phaseOf = ({ outcome, replyCode, isBodyHandedOver }: AttemptResult): string => {
  if (replyCode !== null) return 'ANSWERED';
  return isBodyHandedOver || outcome === 'UNCERTAIN' ? 'BODY_HANDED_OVER' : 'CONNECTING';
};

/** An attempt that ended before its first byte: to whom, and when its gate took the room for it. */
export interface UnsentAttempt {
  readonly recipientAddress: string;
  readonly startedAt: Instant;
}

/** Closes the open attempts of reminders of which no byte has left. */
export const closeUnsentAttempts = (
  tx: CompanyTx,
  reminderIds: readonly ReminderId[],
  finishedAt: Instant,
): Promise<readonly UnsentAttempt[]> =>
  tx.query<UnsentAttempt>(
    `update email_logs set outcome = 'NOT_SENT', finished_at = $3
      where company_id = $1 and consolidated_reminder_id = any($2::bigint[]) and outcome is null
      returning recipient_address, started_at`,
    [tx.companyId, reminderIds, finishedAt],
  );

/** Marks the open attempts of reminders whose sender vanished. */
export async function abandonAttempts(tx: CompanyTx, reminderIds: readonly ReminderId[], finishedAt: Instant): Promise<void> {
  await tx.query(
    `update email_logs set outcome = 'UNCERTAIN', finished_at = $3, reply_text = 'the sender stopped before it recorded an answer'
      where company_id = $1 and consolidated_reminder_id = any($2::bigint[]) and outcome is null`,
    [tx.companyId, reminderIds, finishedAt],
  );
}

export interface AttemptRow {
  readonly id: AttemptId;
  readonly attemptNumber: number;
  readonly messageId: string;
  readonly recipientAddress: string;
  readonly transport: 'smtp' | 'outbox';
  readonly relay: string;
  readonly businessAt: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly phase: string;
  readonly outcome: AttemptOutcome | null;
  readonly replyCode: number | null;
  readonly replyText: string | null;
}

/** Attempts to send one reminder, oldest first. */
export const attemptsOf = (tx: CompanyTx, reminderId: ReminderId): Promise<readonly AttemptRow[]> =>
  tx.query<AttemptRow>(
    `select id, attempt_number, message_id, recipient_address, transport, relay, business_at, started_at, finished_at, phase, outcome,
            reply_code, reply_text
       from email_logs where company_id = $1 and consolidated_reminder_id = $2 order by attempt_number`,
    [tx.companyId, reminderId],
  );

export interface AttemptHistory {
  readonly reminderId: ReminderId;
  /** Business time of the first try: temporary failures are retried for three days from then. */
  readonly firstAt: Instant;
  readonly temporaryFailures: number;
}

/** How often and since when reminders were tried, for the schedule of the next try. */
export const attemptHistories = (tx: CompanyTx, reminderIds: readonly ReminderId[]): Promise<readonly AttemptHistory[]> =>
  tx.query<AttemptHistory>(
    `select consolidated_reminder_id as reminder_id, min(business_at) as first_at,
            count(*) filter (where outcome = 'TEMPORARY') as temporary_failures
       from email_logs where company_id = $1 and consolidated_reminder_id = any($2::bigint[])
      group by consolidated_reminder_id`,
    [tx.companyId, reminderIds],
  );

/** An attempt as its gate wrote it down, for those who learn of its outcome later. */
export interface StoredAttempt {
  readonly attemptId: AttemptId;
  readonly attemptNumber: number;
  readonly reminderId: ReminderId;
  readonly customerId: CustomerId;
  readonly recipientAddress: string;
  readonly fence: number;
  /** Business time of its gate. */
  readonly sentAt: Instant;
}

const STORED_ATTEMPT = `e.id as attempt_id, e.attempt_number, e.consolidated_reminder_id as reminder_id, e.customer_id, e.recipient_address,
  e.fence, e.business_at as sent_at`;

/** Attempts to send reminders, by id. */
export const attemptsById = (tx: CompanyTx, ids: readonly AttemptId[]): Promise<readonly StoredAttempt[]> =>
  tx.query<StoredAttempt>(
    `select ${STORED_ATTEMPT} from email_logs e
      where e.company_id = $1 and e.id = any($2::bigint[]) and e.consolidated_reminder_id is not null order by e.id`,
    [tx.companyId, ids],
  );

/** Attempts of one sender of which nobody knows how they ended. */
export const openAttemptsOf = (tx: CompanyTx, sender: string): Promise<readonly StoredAttempt[]> =>
  tx.query<StoredAttempt>(
    `select ${STORED_ATTEMPT} from email_logs e
      where e.company_id = $1 and e.sender = $2 and (e.outcome is null or e.outcome = 'UNCERTAIN')
        and e.phase = 'CONNECTING' and e.consolidated_reminder_id is not null
      order by e.id`,
    [tx.companyId, sender],
  );
