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
  readonly outcome: AttemptOutcome;
  readonly isBodyHandedOver: boolean;
  readonly replyCode: number | null;
  readonly replyText: string | null;
  readonly finishedAt: Instant;
}

/** Closes an attempt once; late evidence about one left uncertain replaces that outcome. */
export async function finishAttempt(tx: CompanyTx, id: AttemptId, result: AttemptResult): Promise<void> {
  await tx.query(
    `update email_logs
        set outcome = $3, phase = $4, reply_code = $5, reply_text = left($6, 500), finished_at = $7
      where company_id = $1 and id = $2 and (outcome is null or outcome = 'UNCERTAIN')`,
    [
      tx.companyId,
      id,
      result.outcome,
      result.replyCode !== null ? 'ANSWERED' : result.isBodyHandedOver ? 'BODY_HANDED_OVER' : 'CONNECTING',
      result.replyCode,
      result.replyText,
      result.finishedAt,
    ],
  );
}

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

/** When the reminder was first tried, in business time: temporary failures are retried for three days from then. */
export async function firstAttemptAt(tx: CompanyTx, reminderId: ReminderId): Promise<Instant | null> {
  const row = await tx.maybeOne<{ firstAt: Instant | null }>(
    'select min(business_at) as first_at from email_logs where company_id = $1 and consolidated_reminder_id = $2',
    [tx.companyId, reminderId],
  );
  return row?.firstAt ?? null;
}
