/**
 * What the migrations make and entities cannot say. The schema test allows exactly these differences between the two, and looks each
 * of them up in the catalogue. An object MikroORM does not look at (comments on indexes, grants) is held by the catalogue tests alone.
 */

interface TableObject {
  readonly table: string;
  readonly name: string;
}

/**
 * Foreign keys of one column to `companies` (and of a login to the directory): the ORM would need a relation on a column that is
 * already half of the key, and then writes rows nobody changed. Tables that cannot be without a customer, an invoice, a reminder or a run
 * are led to their company by it and have no such key.
 */
const COMPANY_KEYS: readonly TableObject[] = [
  'audit_heads',
  'audit_logs',
  'bank_accounts',
  'contact_log',
  'customers',
  'daily_balances',
  'daily_mails',
  'daily_snapshots',
  'days_off',
  'company_ramadans',
  'directory_logins',
  'email_events',
  'email_logs',
  'email_templates',
  'exchange_rates',
  'import_batches',
  'job_slots',
  'mailboxes',
  'plan_runs',
  'policy_versions',
  'rate_tokens',
  'releases',
  'requested_mail_documents',
  'requested_mails',
  'saved_views',
  'suppressions',
  'users',
].map((table) => ({ table, name: `${table}_company_id_fkey` }));

export const DATABASE_ONLY = {
  foreignKeys: [
    ...COMPANY_KEYS,
    // The plan of an account has the account's own key: no column is left for a relation.
    { table: 'account_plans', name: 'account_plans_company_id_id_fkey' },
  ] satisfies readonly TableObject[],

  /** Reads as whoever asks (`security_invoker`), which an entity of a view cannot say. */
  views: ['reminder_invoice_ids', 'bi_open_invoices', 'bi_daily_balances', 'bi_daily_mails', 'bi_reminders', 'bi_attempts'],

  /** The ORM writes a relation's comment on both columns of its key. */
  columnComments: [{ table: 'blocks', name: 'group_id' }] satisfies readonly TableObject[],

  /** Keys in which two empty values are the same value; the ORM knows only the other kind. */
  nullsNotDistinct: [
    { table: 'email_templates', name: 'email_templates_active' },
    { table: 'email_templates', name: 'email_templates_company_id_template_type_escalation_level_n_key' },
    { table: 'saved_views', name: 'saved_views_company_id_user_id_screen_name_key' },
  ] satisfies readonly TableObject[],
} as const;
