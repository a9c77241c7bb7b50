import type { ProposedReminder } from '../../../domain/decision.ts';
import type { CustomerId, InvoiceId, PaymentId, PolicyVersionId, ReminderId, RunId } from '../../../domain/ids.ts';
import type { Day, Instant } from '../../../domain/days.ts';
import type { ReminderOrigin } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { bulkInsert } from '../bulk-insert.ts';

/** A composed reminder with what binds it to its run, its words and its policy. */
export interface NewReminder {
  readonly customerId: CustomerId;
  readonly runId: RunId | null;
  readonly origin: ReminderOrigin;
  readonly resendOf: ReminderId | null;
  readonly asOn: Day;
  readonly proposedAt: Instant;
  readonly templateId: number;
  readonly layoutVersion: number;
  readonly attachesStatement: boolean;
  readonly policyVersionId: PolicyVersionId;
  readonly digest: string;
  readonly messageId: string;
  readonly reminder: ProposedReminder;
}

const COMPOSITION_COLUMNS = [
  'reminder_type',
  'escalation_level',
  'contact_id',
  'recipient_name',
  'recipient_name_ar',
  'recipient_title',
  'recipient_address',
  'language',
  'totals',
  'total_amount_minor',
  'item_count',
  'oldest_days_past_due',
  'priority_score',
  'at_risk_minor',
  'value_minor',
  'risk_ppm',
  'priority_factors',
  'why',
  'as_on',
  'final_deadline_on',
  'scheduled_for',
  'contact_interval',
  'next_eligible_contact_on',
  'template_id',
  'layout_version',
  'attaches_statement',
  'policy_version_id',
  'digest',
  'approval_needs',
] as const;

const IDENTITY_COLUMNS = ['customer_id', 'run_id', 'origin', 'resend_of', 'delivery_status', 'status_changed_at', 'message_id'] as const;

/** Inserts the reminders as PROPOSED with their rows; gives back their ids in the same order. */
export async function insertReminders(tx: CompanyTx, reminders: readonly NewReminder[]): Promise<readonly ReminderId[]> {
  const inserted = await bulkInsert<{ readonly id: ReminderId; readonly messageId: string }>(tx, {
    table: 'customer_consolidated_reminders',
    columns: [...IDENTITY_COLUMNS, ...COMPOSITION_COLUMNS],
    rows: reminders.map((row) => [...identityValues(row), ...compositionValues(row)]),
    suffix: 'returning id, message_id',
  });
  const idOf = new Map(inserted.map((row) => [row.messageId, row.id]));
  const ids = reminders.map((row) => idOf.get(row.messageId) as ReminderId);
  await insertReminderLines(
    tx,
    reminders.map((row, index) => ({ id: ids[index] as ReminderId, reminder: row.reminder })),
  );
  return ids;
}

export interface Recomposition {
  readonly id: ReminderId;
  readonly version: number;
  readonly row: NewReminder;
}

/**
 * Puts fresh compositions into PROPOSED reminders: new rows, new digest, version + 1. Set-based, because a new day recomposes every
 * proposal. All old rows go before any new ones come, so that an item may move from one reminder of an account to another.
 * Gives back the ids that were still as seen; the others were moved by somebody meanwhile and keep what they had.
 */
export async function replaceCompositions(tx: CompanyTx, recompositions: readonly Recomposition[]): Promise<ReadonlySet<ReminderId>> {
  if (recompositions.length === 0) return new Set();
  const columns = [...COMPOSITION_COLUMNS, 'run_id'];
  const rows = recompositions.map(({ row }) => [...compositionValues(row), row.runId]);
  const arrays = columns.map((column, index) =>
    rows.map((row) => (column === 'approval_needs' ? (row[index] as readonly string[]).join(',') : row[index])),
  );
  const source = columns.map((column, index) => `$${index + 4}::${columnType(column)}[]`).join(', ');
  const set = columns.map((column) => `${column} = ${REPLACED_BY[column] ?? `fresh.${column}`}`).join(', ');
  const updated = await tx.query<{ readonly id: ReminderId }>(
    `update customer_consolidated_reminders r set ${set}, version = r.version + 1
       from unnest($2::bigint[], $3::int[], ${source}) as fresh (id, version, ${columns.join(', ')})
      where r.company_id = $1 and r.id = fresh.id and r.version = fresh.version and r.delivery_status = 'PROPOSED'
      returning r.id`,
    [tx.companyId, recompositions.map(({ id }) => id), recompositions.map(({ version }) => version), ...arrays],
  );
  const ids = new Set(updated.map(({ id }) => id));
  await tx.query('delete from consolidated_reminder_items where company_id = $1 and reminder_id = any($2::bigint[])', [
    tx.companyId,
    [...ids],
  ]);
  const replaced = recompositions.filter(({ id }) => ids.has(id));
  await insertReminderLines(
    tx,
    replaced.map(({ id, row }) => ({ id, reminder: row.reminder })),
  );
  return ids;
}

/**
 * Columns that are not simply taken over; what is composed anew between two runs stays a reminder of its run, and what a
 * person put off stays put off.
 */
const REPLACED_BY: Readonly<Record<string, string>> = {
  approval_needs: "string_to_array(fresh.approval_needs, ',')",
  scheduled_for: 'greatest(fresh.scheduled_for, r.not_before_at)',
  run_id: 'coalesce(fresh.run_id, r.run_id)',
};

const TYPE_OF: Readonly<Record<string, string>> = {
  contact_id: 'bigint',
  totals: 'jsonb',
  total_amount_minor: 'bigint',
  item_count: 'int',
  oldest_days_past_due: 'int',
  priority_score: 'int',
  at_risk_minor: 'bigint',
  value_minor: 'bigint',
  risk_ppm: 'int',
  priority_factors: 'jsonb',
  why: 'jsonb',
  as_on: 'date',
  final_deadline_on: 'date',
  scheduled_for: 'timestamptz',
  contact_interval: 'int',
  next_eligible_contact_on: 'date',
  template_id: 'bigint',
  layout_version: 'int',
  attaches_statement: 'boolean',
  policy_version_id: 'bigint',
  run_id: 'bigint',
};

const columnType = (column: string): string => TYPE_OF[column] ?? 'text';

const identityValues = (row: NewReminder): readonly unknown[] => [
  row.customerId,
  row.runId,
  row.origin,
  row.resendOf,
  'PROPOSED',
  row.proposedAt,
  row.messageId,
];

const compositionValues = (row: NewReminder): readonly unknown[] => {
  const { reminder } = row;
  const { recipient, priority } = reminder;
  return [
    reminder.type,
    reminder.level,
    recipient.contactId,
    recipient.name,
    recipient.nameAr,
    recipient.title,
    recipient.address,
    reminder.language,
    JSON.stringify(reminder.totals.map(({ minor, currency }) => ({ currency, minor: String(minor) }))),
    reminder.baseTotalMinor,
    reminder.itemCount,
    reminder.oldestDaysPastDue,
    priority.score,
    priority.atRiskMinor,
    priority.valueMinor,
    priority.riskPpm,
    JSON.stringify(priority.factors),
    JSON.stringify(reminder.why),
    row.asOn,
    reminder.finalDeadlineOn,
    reminder.scheduledFor,
    reminder.contactIntervalDays,
    reminder.nextEligibleContactOn,
    row.templateId,
    row.layoutVersion,
    row.attachesStatement,
    row.policyVersionId,
    row.digest,
    reminder.approvalNeeds,
  ];
};

const LINE_COLUMNS = [
  'reminder_id',
  'position',
  'kind',
  'invoice_id',
  'payment_id',
  'number',
  'customer_reference',
  'branch_id',
  'branch_code',
  'branch_name',
  'issued_on',
  'due_on',
  'days_past_due',
  'currency',
  'total_minor',
  'balance_minor',
  'asked_minor',
  'live',
];

/** The rows of reminders, in order of position, all live. */
async function insertReminderLines(
  tx: CompanyTx,
  reminders: readonly { readonly id: ReminderId; readonly reminder: ProposedReminder }[],
): Promise<void> {
  const rows: (readonly (string | number | bigint | boolean | Day | InvoiceId | PaymentId | null)[])[] = [];
  for (const { id, reminder } of reminders) {
    for (const [index, line] of reminder.lines.entries()) {
      rows.push([
        id,
        index + 1,
        line.kind,
        line.invoiceId,
        line.paymentId,
        line.number,
        line.customerReference,
        line.branchId,
        line.branchCode,
        line.branchName,
        line.issuedOn,
        line.dueOn,
        line.daysPastDue,
        line.currency,
        line.totalMinor,
        line.balanceMinor,
        line.askedMinor,
        true,
      ]);
    }
  }
  await bulkInsert(tx, { table: 'consolidated_reminder_items', columns: LINE_COLUMNS, rows });
}
