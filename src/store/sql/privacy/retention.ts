/** Deletes what lay long enough. Never of an account on legal hold, and never what is about an invoice that is still open. */
import type { Instant } from '../../../domain/days.ts';
import type { ReminderId } from '../../../domain/ids.ts';
import { LIVE_STATUSES } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

const LIVE = LIVE_STATUSES.map((status) => `'${status}'`).join(', ');

/** SQL: the customer is free to be forgotten about. */
const notHeld = (customerId: string): string =>
  `not exists (select from customers h join customers a on a.company_id = $1 and a.account_id = h.account_id
                where h.company_id = $1 and h.id = ${customerId} and a.is_on_legal_hold)`;

/** SQL: the account owes nothing. */
const owesNothing = (customerId: string): string =>
  `not exists (select from customers h join customers a on a.company_id = $1 and a.account_id = h.account_id
                 join invoices i on i.company_id = $1 and i.customer_id = a.id and i.open_minor > 0
                where h.company_id = $1 and h.id = ${customerId})`;

/**
 * Finished reminders that may go, oldest first. One that was sent again, or is the second sending, stays while the other does: each explains the
 * other.
 */
export async function remindersToForget(tx: CompanyTx, before: Instant, limit: number): Promise<readonly ReminderId[]> {
  const rows = await tx.query<{ readonly id: ReminderId }>(
    `select r.id from customer_consolidated_reminders r
      where r.company_id = $1 and r.status_changed_at < $2 and r.delivery_status not in (${LIVE})
        and not exists (select from customer_consolidated_reminders s where s.company_id = $1 and s.resend_of = r.id)
        and not exists (select from consolidated_reminder_items i join invoices d on d.company_id = $1 and d.id = i.invoice_id
                         where i.company_id = $1 and i.reminder_id = r.id and d.open_minor > 0)
        and ${notHeld('r.customer_id')}
      order by r.id limit $3`,
    [tx.companyId, before, limit],
  );
  return rows.map(({ id }) => id);
}

/** With everything that hangs from them; the audit chain keeps what was decided. */
export async function forgetReminders(tx: CompanyTx, ids: readonly ReminderId[]): Promise<void> {
  const values = [tx.companyId, ids];
  await tx.query(
    `delete from mail_replies where company_id = $1
        and email_event_id in (select id from email_events where company_id = $1 and consolidated_reminder_id = any($2::bigint[]))`,
    values,
  );
  await tx.query('delete from email_events where company_id = $1 and consolidated_reminder_id = any($2::bigint[])', values);
  await tx.query('delete from email_logs where company_id = $1 and consolidated_reminder_id = any($2::bigint[])', values);
  await tx.query('delete from consolidated_reminder_items where company_id = $1 and reminder_id = any($2::bigint[])', values);
  await tx.query('delete from customer_consolidated_reminders where company_id = $1 and id = any($2::bigint[])', values);
}

/** Statements of one shape: what is counted without being done, and done, is the same. */
interface Kept {
  readonly table: string;
  readonly where: string;
  readonly change: string;
}

const WORDS: Readonly<Record<'replies' | 'reports' | 'notes' | 'skips', Kept>> = {
  replies: {
    table: 'mail_replies',
    where: `received_at < $2 and erased_at is null and ${notHeld('t.customer_id')} and ${owesNothing('t.customer_id')}`,
    change: 'update mail_replies t set first_lines = null, from_address = null, erased_at = now()',
  },
  reports: {
    table: 'email_logs',
    where: `business_at < $2 and reply_text is not null and ${notHeld('t.customer_id')} and ${owesNothing('t.customer_id')}`,
    change: 'update email_logs t set reply_text = null',
  },
  notes: {
    table: 'contact_log',
    where: `created_at < $2 and note is not null and ${notHeld('t.customer_id')} and ${owesNothing('t.customer_id')}`,
    change: 'update contact_log t set note = null',
  },
  skips: {
    table: 'plan_skips',
    where: `as_on < $2::timestamptz::date and ${notHeld('t.customer_id')}`,
    change: 'delete from plan_skips t',
  },
};

export type WordsKept = keyof typeof WORDS;

export async function countOld(tx: CompanyTx, kind: WordsKept, before: Instant): Promise<number> {
  const { table, where } = WORDS[kind];
  const { rows } = await tx.one<{ readonly rows: number }>(
    `select count(*)::int as rows from ${table} t where t.company_id = $1 and ${where}`,
    [tx.companyId, before],
  );
  return rows;
}

/** @returns how many rows. */
export const forgetOld = (tx: CompanyTx, kind: WordsKept, before: Instant): Promise<number> =>
  tx.execute(`${WORDS[kind].change} where t.company_id = $1 and ${WORDS[kind].where}`, [tx.companyId, before]);

/** @returns false when it is that already. */
export async function setLegalHold(tx: CompanyTx, customerId: number, isOn: boolean): Promise<boolean> {
  const changed = await tx.execute(
    `update customers set is_on_legal_hold = $3, version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 and is_on_legal_hold <> $3`,
    [tx.companyId, customerId, isOn],
  );
  return changed === 1;
}
