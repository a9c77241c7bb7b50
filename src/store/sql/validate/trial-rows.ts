/**
 * One row per table that is right in itself: what a trial of a rule begins with. The keys in it lead nowhere, so that
 * no real row stands beside it: the server asks a row's own rules before it looks for what the row names. Values are SQL; columns left out have a default or may be empty.
 */

export interface TrialRow {
  readonly columns: string;
  readonly values: string;
}

/** Of a hash or a digest. */
const HASH = `repeat('a', 64)`;

export const TRIAL_ROWS: Readonly<Record<string, TrialRow>> = {
  account_plans: {
    columns: `id, facts_version, company_facts_version, policy_version_id, planned_on, overdue_items, outcome, reason_hash`,
    values: `1, 1, 1, -1, '2026-11-23'::date, 2, 'REMINDER', ${HASH}`,
  },
  allocations: {
    columns: `kind, invoice_id, payment_id, amount_minor, effective_on`,
    values: `'PAYMENT', -1, -1, 100, '2026-11-23'::date`,
  },
  audit_heads: {
    columns: `last_id, last_hash`,
    values: `-1, ${HASH}`,
  },
  audit_logs: {
    columns: `id, recorded_at, business_at, actor_kind, actor_user_id, verb, object_kind, program_version, previous_hash, hash`,
    values: `1, now(), now(), 'USER', -1, 'block', 'customer', '0.1.0', ${HASH}, ${HASH}`,
  },
  bank_accounts: {
    columns: `bank_name, account_name, iban, currency, requested_by`,
    values: `'First Bank', 'Trading LLC', 'AE070331234567890123456', 'AED', -1`,
  },
  blocks: {
    columns: `customer_id, invoice_id, kind, reason, started_on`,
    values: `-1, -1, 'DISPUTE', 'Wrong price', '2026-11-23'::date`,
  },
  company_ramadans: {
    columns: `key, starts_on, ends_on, created_by`,
    values: `'ramadan-1448', '2027-02-08'::date, '2027-03-09'::date, -1`,
  },
  consolidated_reminder_items: {
    columns: `reminder_id, position, kind, invoice_id, number, branch_id, branch_code, branch_name, issued_on, due_on,
      days_past_due, currency, total_minor, balance_minor, asked_minor, live`,
    values: `-1, 1, 'INVOICE', -1, 'INV-104', -1, 'C-17', 'Al Noor Building Materials LLC', '2026-10-03'::date, '2026-11-02'::date,
      10, 'AED', 320000, 320000, 320000, true`,
  },
  contact_log: {
    columns: `customer_id, kind, happened_on, recorded_by`,
    values: `-1, 'CALL', '2026-11-23'::date, -1`,
  },
  contacts: {
    columns: `customer_id, name, address, is_primary, source`,
    values: `-1, 'Ahmed', 'accounts@alnoor.example', true, 'import'`,
  },
  customer_consolidated_reminders: {
    columns: `customer_id, reminder_type, escalation_level, origin, contact_id, recipient_name, recipient_address, language, totals,
      total_amount_minor, item_count, oldest_days_past_due, priority_score, at_risk_minor, value_minor, risk_ppm,
      priority_factors, why, as_on, scheduled_for, contact_interval, next_eligible_contact_on, template_id, layout_version,
      policy_version_id, digest, delivery_status, status_changed_at, approval_needs, message_id`,
    values: `-1, 'CONSOLIDATED', 'POLITE', 'PLANNED', -1, 'Ahmed', 'accounts@alnoor.example', 'EN', '[{"minor": "820000", "currency":
      "AED"}]'::jsonb, 820000, 2, 21, 52, 300000, 820000, 365000, '[]'::jsonb, '[]'::jsonb, '2026-11-23'::date, now(), 7,
      '2026-11-30'::date, -1, 1, -1, ${HASH}, 'PROPOSED', now(), '{auto-approval-off}'::text[], '<reminder-1@wafa.example>'`,
  },
  customers: {
    columns: `code, name, language`,
    values: `'C-17', 'Al Noor Building Materials LLC', 'EN'`,
  },
  daily_balances: {
    columns: `snapshot_on, currency, billed_minor, current_minor, days_1_30_minor, days_31_60_minor, days_61_90_minor, days_91_120_minor, days_121_180_minor, days_181_365_minor, over_365_minor, open_items, overdue_items, overdue_accounts`,
    values: `'2026-11-23'::date, 'AED', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0`,
  },
  daily_mails: {
    columns: `snapshot_on, escalation_level, language, segment, attempts, accepted, temporary, refused, uncertain, not_sent, items, promptly, returned, complained, replied, accept_ms`,
    values: `'2026-11-23'::date, 'POLITE', 'EN', 'company', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0`,
  },
  daily_snapshots: {
    columns: `snapshot_on, measures`,
    values: `'2026-11-23'::date, '{}'::jsonb`,
  },
  days_off: {
    columns: `key, scope, off_on, status, source, created_by`,
    values: `'flood', 'AE', '2026-11-23'::date, 'announced', 'office', -1`,
  },
  email_events: {
    columns: `email_log_id, consolidated_reminder_id, kind, occurred_at, source_key`,
    values: `-1, -1, 'ACCEPTED', now(), 'attempt-1'`,
  },
  email_logs: {
    columns: `consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport, relay,
      fence, sender, started_at, business_at, phase, digest, render_hash, invoice_count, consolidation_savings`,
    values: `-1, -1, 'REMINDER', 1, '<reminder-1@wafa.example>', 'accounts@alnoor.example', 'outbox', 'outbox', 1,
      '00000000-0000-4000-8000-000000000001'::uuid, now(), now(), 'CONNECTING', ${HASH}, ${HASH}, 2, 50`,
  },
  email_templates: {
    columns: `template_type, escalation_level, number, texts, supports_consolidation, max_invoice_count, is_active, created_by,
      activated_at`,
    values: `'CONSOLIDATED_REMINDER', 'POLITE', 1, '{"EN": {"body": "Please pay.", "subject": "Overdue"}}'::jsonb, true, 20, true,
      -1, now()`,
  },
  exchange_rates: {
    columns: `currency, rate_ppm, quoted_on, source`,
    values: `'USD', 3672500, '2026-11-23'::date, 'peg'`,
  },
  import_batches: {
    columns: `kind, file_name, sha256, mapping, row_count, summary, imported_by, applied_at`,
    values: `'invoices', 'open.csv', ${HASH}, 'wafa', 2, '{}'::jsonb, -1, now()`,
  },
  invoices: {
    columns: `customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, source`,
    values: `-1, 'INVOICE', 'INV-104', '2026-10-03'::date, '2026-11-02'::date, 'AED', 320000, 320000, 'import'`,
  },
  job_slots: {
    columns: `job, slot_at, claimed_by, started_at`,
    values: `'plan', now(), '00000000-0000-4000-8000-000000000001'::uuid, now()`,
  },
  mail_replies: {
    columns: `email_event_id, customer_id, first_lines, received_at`,
    values: `-1, -1, 'Paid.', now()`,
  },
  mailboxes: {
    columns: `label, watched_since_at`,
    values: `'accounts@imap.example:993/INBOX', now()`,
  },
  payments: {
    columns: `customer_id, reference, received_on, currency, amount_minor, unallocated_minor, method, source, recorded_by`,
    values: `-1, 'TT-1', '2026-11-23'::date, 'AED', 100, 0, 'TRANSFER', 'import', -1`,
  },
  plan_runs: {
    columns: `as_on, business_at, policy_version_id, started_by, accounts_examined, overdue_items, overdue_customers, reminders,
      items_covered, by_type, skips, totals, reminders_hash, started_at, finished_at`,
    values: `'2026-11-23'::date, now(), -1, 'SCHEDULE', 1, 2, 1, 1, 2, '{}'::jsonb, '{}'::jsonb, '[]'::jsonb, ${HASH}, now(), now()`,
  },
  plan_skips: {
    columns: `run_id, customer_id, as_on, reason_code, reason`,
    values: `-1, -1, '2026-11-23'::date, 'inactive', '{"code": "inactive"}'::jsonb`,
  },
  policy_versions: {
    columns: `number, document, created_by`,
    values: `1, '{}'::jsonb, -1`,
  },
  rate_tokens: {
    columns: `bucket, window_at, taken`,
    values: `'relay', now(), 1`,
  },
  releases: {
    columns: `started_at, first_batch`,
    values: `now(), 10`,
  },
  requested_mail_documents: {
    columns: `requested_mail_id, invoice_id`,
    values: `-1, -1`,
  },
  requested_mails: {
    columns: `kind, customer_id, contact_id, recipient_name, recipient_address, language, as_on, document_count, answers_request,
      is_repeat, ordered_by, ordered_at, ordered_on, render_hash, message_id, status, status_changed_at, claimable_at`,
    values: `'STATEMENT', -1, -1, 'Accounts Payable', 'accounts@alnoor.example', 'EN_AR', '2026-11-23'::date, 2, true, false, -1,
      now(), '2026-11-23'::date, ${HASH}, '<rem.0123456789abcdef@wafa.example>', 'QUEUED', now(), now()`,
  },
  saved_views: {
    columns: `user_id, screen, name, definition`,
    values: `-1, 'queue', 'Mine', '{}'::jsonb`,
  },
  suppressions: {
    columns: `address, reason, created_by`,
    values: `'gone@alnoor.example', 'HARD_BOUNCE', -1`,
  },
  user_tokens: {
    columns: `user_id, token_hash, label, expires_at`,
    values: `-1, ${HASH}, 'laptop', now()`,
  },
  users: {
    columns: `login, display_name, roles`,
    values: `'mariam', 'Mariam', '{OPERATOR,APPROVER}'::text[]`,
  },
};
