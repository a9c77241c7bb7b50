/**
 * Every CHECK and every unique key of the database is broken once on purpose, on a row that is otherwise right. The lists are compared
 * with the catalogue: a constraint without a case here is a failure.
 */
import { beforeAll, describe, expect, test } from 'vitest';

import { testDatabase } from '../../support/database.ts';
import type { SmallCompany } from '../../support/fixtures.ts';
import { catalogue } from './catalogue.ts';
import { createCompanyInEveryTable } from './whole-schema.ts';

const database = testDatabase();
let company: SmallCompany;

beforeAll(async () => {
  company = await createCompanyInEveryTable(database().app, 'ALPHA');
});

const REMINDERS = 'customer_consolidated_reminders';
const ITEMS = 'consolidated_reminder_items';
const LONG = (length: number): string => `repeat('x', ${length})`;

const AGES = ['current', 'days_1_30', 'days_31_60', 'days_61_90', 'days_91_120', 'days_121_180', 'days_181_365', 'over_365'];
const OUTCOMES = ['attempts', 'accepted', 'temporary', 'refused', 'uncertain', 'not_sent', 'returned', 'complained', 'replied'];
const MAIL_COUNTS = [...OUTCOMES, 'items', 'promptly', 'accept_ms'];

/** Table, constraint, and changes that break it, as the SET clause of an UPDATE over the company's rows. */
const CHECKS: readonly (readonly [table: string, constraint: string, ...changes: string[]])[] = [
  // The seed's own: two items or more, scores of 0 to 100, positive amounts and intervals.
  [REMINDERS, 'minimum_two_items', 'item_count = 1', `item_count = 1, reminder_type = 'MANUAL_CONSOLIDATED'`],
  [REMINDERS, `${REMINDERS}_item_count_check`, `item_count = 0, reminder_type = 'INDIVIDUAL'`],
  [REMINDERS, `${REMINDERS}_priority_score_check`, 'priority_score = -1', 'priority_score = 101'],
  [REMINDERS, `${REMINDERS}_total_amount_minor_check`, 'total_amount_minor = 0', 'total_amount_minor = -1'],
  [REMINDERS, `${REMINDERS}_contact_interval_check`, 'contact_interval = 0'],
  [REMINDERS, `${REMINDERS}_at_risk_minor_check`, 'at_risk_minor = -1'],
  [REMINDERS, `${REMINDERS}_value_minor_check`, 'value_minor = -1'],
  [REMINDERS, `${REMINDERS}_risk_ppm_check`, 'risk_ppm = -1', 'risk_ppm = 1000001'],
  [REMINDERS, `${REMINDERS}_oldest_days_past_due_check`, 'oldest_days_past_due = 0'],
  [REMINDERS, `${REMINDERS}_attempt_count_check`, 'attempt_count = -1'],
  [REMINDERS, `${REMINDERS}_digest_check`, `digest = 'abc'`, `digest = upper(digest)`],
  [
    REMINDERS,
    `${REMINDERS}_recipient_address_check`,
    `recipient_address = 'nobody'`,
    `recipient_address = 'a@b.ae, c@d.ae'`,
    `recipient_address = 'a@b.ae c@d.ae'`,
    `recipient_address = 'Ahmed <a@b.ae>'`,
    `recipient_address = E'a@b.ae\\nBcc: c@d.ae'`,
    `recipient_address = 'a@b@c.ae'`,
  ],
  [
    REMINDERS,
    'queued_is_approved',
    `delivery_status = 'QUEUED'`,
    `delivery_status = 'QUEUED', claimable_at = now()`,
    `delivery_status = 'QUEUED', approval_kind = 'RULE', approved_digest = digest`,
    `delivery_status = 'LEASED', lease_until = now(), lease_holder = gen_random_uuid(), claimable_at = now()`,
    `delivery_status = 'TRANSMITTING', claimable_at = now()`,
  ],
  [
    REMINDERS,
    'approval_binds_to_what_is_stored',
    `delivery_status = 'QUEUED', claimable_at = now(), approval_kind = 'RULE', approved_digest = repeat('b', 64)`,
  ],
  [REMINDERS, 'approval_binds_to_digest', `approval_kind = 'RULE'`, 'approved_digest = digest'],
  [
    REMINDERS,
    'a_person_approves_by_name',
    `approval_kind = 'PERSON', approved_digest = digest`,
    `approval_kind = 'PERSON', approved_digest = digest, approved_render_hash = digest`,
  ],
  [
    REMINDERS,
    'leased_has_holder',
    `delivery_status = 'LEASED', approval_kind = 'RULE', approved_digest = digest, claimable_at = now()`,
    `delivery_status = 'LEASED', approval_kind = 'RULE', approved_digest = digest, claimable_at = now(), lease_until = now()`,
  ],
  ['contacts', 'one_plain_address', `address = 'a@b.ae, c@d.ae'`, `address = 'nobody'`, `address = E'a@b.ae\\nBcc: c@d.ae'`],
  [REMINDERS, 'sent_has_instant', `delivery_status = 'SENT'`, `delivery_status = 'DELIVERED'`],
  [REMINDERS, 'final_names_a_date', `escalation_level = 'FINAL'`, `final_deadline_on = '2026-12-01'`],
  [REMINDERS, 'resend_names_its_original', `origin = 'RESEND'`, 'resend_of = id'],

  [ITEMS, 'item_has_one_source', 'invoice_id = null', `kind = 'ON_ACCOUNT', payment_id = 1, asked_minor = -5`],
  [ITEMS, 'credits_are_negative', 'asked_minor = -5', `kind = 'CREDIT_NOTE'`, `kind = 'ADVANCE'`],
  [ITEMS, 'cash_is_a_payment', `kind = 'ON_ACCOUNT', asked_minor = -5`],
  [ITEMS, `${ITEMS}_asked_minor_check`, 'asked_minor = 0'],
  [ITEMS, `${ITEMS}_days_past_due_check`, 'days_past_due = -1'],
  [ITEMS, `${ITEMS}_position_check`, 'position = -position'],
  [ITEMS, `${ITEMS}_currency_check`, `currency = 'aed'`],

  ['email_logs', 'finished_has_outcome', `outcome = 'ACCEPTED'`, 'finished_at = now()'],
  ['email_logs', 'email_logs_attempt_number_check', 'attempt_number = 0'],
  ['email_logs', 'email_logs_consolidation_savings_check', 'consolidation_savings = -1', 'consolidation_savings = 101'],
  ['email_logs', 'email_logs_invoice_count_check', 'invoice_count = 0'],
  ['email_logs', 'email_logs_reply_text_check', `reply_text = ${LONG(501)}`],

  ['blocks', 'ended_has_outcome', 'ended_at = now()', `outcome = 'LIFTED'`],
  ['blocks', 'amount_needs_an_item', 'amount_minor = 5, invoice_id = null'],
  ['blocks', 'until_is_not_before_start', 'until_on = started_on - 1'],
  ['blocks', 'promise_names_a_day', `kind = 'PROMISE'`],
  ['blocks', 'cheque_has_number_and_date', `kind = 'CHEQUE', cheque_number = '1'`, `kind = 'CHEQUE', promised_on = started_on`],
  ['blocks', 'cheque_amount_has_a_currency', 'cheque_amount_minor = 5', `cheque_currency = 'AED'`],
  ['blocks', 'blocks_cheque_amount_minor_check', `cheque_amount_minor = 0, cheque_currency = 'AED'`],
  ['blocks', 'blocks_cheque_currency_check', `cheque_amount_minor = 5, cheque_currency = 'aed'`],
  ['blocks', 'attended_after_its_end', 'attended_at = now()'],
  ['blocks', 'blocks_amount_minor_check', 'amount_minor = 0'],
  ['blocks', 'blocks_reason_check', `reason = ''`, `reason = ${LONG(1001)}`],

  ['invoices', 'invoice_has_a_due_day', 'due_on = null'],
  ['invoices', 'open_is_part_of_total', 'open_minor = total_minor + 1', 'open_minor = -1, settled_on = due_on'],
  ['invoices', 'settled_when_nothing_is_open', 'open_minor = 0', 'settled_on = due_on'],
  ['invoices', 'invoices_total_minor_check', 'total_minor = -1'],
  ['invoices', 'invoices_currency_check', `currency = 'Dh'`],
  ['invoices', 'invoices_number_check', `number = ''`],
  ['invoices', 'invoices_due_on_check', `due_on = '1989-12-31'`, `due_on = '2200-01-02'`],
  ['invoices', 'invoices_issued_on_check', `issued_on = '1989-12-31'`, `issued_on = '2200-01-02'`],

  ['payments', 'payments_amount_minor_check', 'amount_minor = 0'],
  ['payments', 'unallocated_is_part_of_amount', 'unallocated_minor = amount_minor + 1', 'unallocated_minor = -1'],
  ['payments', 'payments_currency_check', `currency = ''`],
  ['payments', 'payments_reference_check', `reference = ''`],
  ['allocations', 'allocations_amount_minor_check', 'amount_minor = 0'],
  ['allocations', 'only_a_reversal_is_negative', 'amount_minor = -5', 'reverses_id = id'],
  ['allocations', 'payment_allocation_names_it', 'payment_id = null', `kind = 'WRITE_OFF', reason = 'small'`],
  ['allocations', 'credit_allocation_names_it', 'credit_note_id = invoice_id', `kind = 'CREDIT_NOTE', payment_id = null`],
  ['allocations', 'adjustment_has_a_reason', `kind = 'ADJUSTMENT', payment_id = null`, `kind = 'WRITE_OFF', payment_id = null`],

  ['customers', 'bills_another_customer', 'bill_to_id = id'],
  ['customers', 'opening_level_has_a_day', `opening_level = 'FIRM'`],
  ['customers', 'customers_code_check', `code = ''`, `code = ${LONG(65)}`],
  ['customers', 'customers_name_check', `name = ''`],
  ['customers', 'customers_notes_check', `notes = ''`, `notes = ${LONG(4001)}`],
  ['customers', 'customers_trn_check', `trn = '200000000000003'`, `trn = '10000000000000'`],
  ['customers', 'customers_credit_limit_minor_check', 'credit_limit_minor = -1'],
  ['customers', 'customers_grace_days_check', 'grace_days = -1', 'grace_days = 91'],
  ['customers', 'customers_payment_terms_days_check', 'payment_terms_days = -1', 'payment_terms_days = 366'],
  ['customers', 'customers_max_consolidation_amount_minor_check', 'max_consolidation_amount_minor = 0'],
  ['customers', 'customers_preferred_contact_interval_check', 'preferred_contact_interval = 0'],
  ['contacts', 'contacts_address_check', `address = 'a@'`],
  ['contacts', 'contacts_levels_check', `levels = array['POLITE', 'RUDE']`],
  ['contacts', 'contacts_name_check', `name = ''`],
  ['suppressions', 'suppressions_address_check', `address = '@'`],

  ['companies', 'companies_code_check', `code = 'alpha'`, `code = '-A'`, `code = ''`],
  ['companies', 'companies_base_currency_check', `base_currency = 'DHS.'`],
  ['companies', 'companies_name_check', `name = ''`],
  ['companies', 'companies_trn_check', `trn = 'none'`],
  ['users', 'users_roles_check', `roles = '{}'`, `roles = array['OWNER']`, `roles = array['ADMIN', null]`],
  ['users', 'users_login_check', `login = ''`],
  ['users', 'users_display_name_check', `display_name = ''`],
  ['user_tokens', 'user_tokens_token_hash_check', `token_hash = 'secret'`],
  ['saved_views', 'saved_views_name_check', `name = ''`],
  ['policy_versions', 'policy_versions_number_check', 'number = 0'],
  ['bank_accounts', 'bank_accounts_iban_check', `iban = 'AE07 0331'`],
  ['bank_accounts', 'bank_accounts_swift_check', `swift = 'ABC'`],
  ['bank_accounts', 'bank_accounts_currency_check', `currency = 'aed'`],
  ['bank_accounts', 'effective_is_approved', 'effective_at = now()'],
  ['companies', 'companies_payment_link_check', `payment_link = 'http://pay.example.ae'`, `payment_link = 'https://pay.example.ae/ a'`],
  ['exchange_rates', 'exchange_rates_rate_ppm_check', 'rate_ppm = 0'],
  ['exchange_rates', 'exchange_rates_currency_check', `currency = 'usd'`],
  ['days_off', 'days_off_key_check', `key = ''`],
  ['company_ramadans', 'company_ramadans_key_check', `key = 'eid-1448'`],
  ['company_ramadans', 'ramadan_has_29_or_30_days', 'ends_on = starts_on', 'ends_on = starts_on + 30'],
  ['email_templates', 'one_item_without_consolidation', 'supports_consolidation = false'],
  ['email_templates', 'active_was_activated', 'activated_at = null'],
  ['email_templates', 'email_templates_max_invoice_count_check', 'max_invoice_count = 0'],
  ['email_templates', 'email_templates_number_check', 'number = 0'],
  ['audit_heads', 'audit_heads_last_id_check', 'last_id = -1'],
  ['audit_logs', 'audit_logs_id_check', 'id = 0'],
  ['audit_logs', 'audit_logs_hash_check', `hash = ''`],
  ['audit_logs', 'audit_logs_previous_hash_check', `previous_hash = ''`],
  ['import_batches', 'import_batches_row_count_check', 'row_count = -1'],
  ['import_batches', 'import_batches_sha256_check', `sha256 = ''`],
  ['account_plans', 'account_plans_overdue_items_check', 'overdue_items = -1'],
  ['account_plans', 'skip_has_a_reason', `outcome = 'SKIP'`, `reason_code = 'inactive'`],
  ['rate_tokens', 'rate_tokens_taken_check', 'taken = -1'],
  ['mailboxes', 'mailboxes_label_check', `label = ''`, `label = ${LONG(401)}`],
  ['mailboxes', 'mailboxes_last_uid_check', 'last_uid = -1'],
  ['mailboxes', 'mailboxes_failed_why_check', `failed_why = ${LONG(501)}`],
  ['mailboxes', 'mailboxes_failures_check', 'failures = -1'],
  ['mailboxes', 'mailboxes_mails_read_check', 'mails_read = -1'],
  ['mailboxes', 'mailboxes_mails_unrelated_check', 'mails_unrelated = -1'],
  ['mailboxes', 'mailboxes_mails_forged_check', 'mails_forged = -1'],
  ['mail_replies', 'mail_replies_from_address_check', `from_address = ${LONG(321)}`],
  ['mail_replies', 'mail_replies_first_lines_check', `first_lines = ${LONG(1601)}`],
  ['mail_replies', 'erased_is_empty', 'erased_at = now()'],
  ['releases', 'releases_first_batch_check', 'first_batch = 0'],
  ['releases', 'releases_passed_check', 'passed = -1'],
  ...['billed', ...AGES].map((age) => ['daily_balances', `daily_balances_${age}_minor_check`, `${age}_minor = -1`] as const),
  ...['open_items', 'overdue_items', 'overdue_accounts'].map(
    (count) => ['daily_balances', `daily_balances_${count}_check`, `${count} = -1`] as const,
  ),
  ['daily_balances', 'daily_balances_currency_check', `currency = 'aed'`],
  ...MAIL_COUNTS.map((count) => ['daily_mails', `daily_mails_${count}_check`, `${count} = -1`] as const),
  ['relays', 'relays_relay_check', `relay = ''`],
  ['relays', 'relays_failures_check', 'failures = -1'],
  ['relays', 'relays_doubts_check', 'doubts = -1'],
  ['relays', 'relays_probes_check', 'probes = -1'],
  ['relays', 'opened_is_probed', 'opened_at = now()'],
  ['relay_hours', 'relay_hours_taken_check', 'taken = -1'],
  ['companies', 'sandbox_address_of_a_sandbox', `sandbox_address = 'test@acme.example'`],
  ['email_logs', 'email_logs_relay_message_id_check', `relay_message_id = ''`],
  [
    'requested_mails',
    'requested_mails_recipient_address_check',
    `recipient_address = 'nobody'`,
    `recipient_address = 'a@b.ae, c@d.ae'`,
    `recipient_address = E'a@b.ae\\nBcc: c@d.ae'`,
  ],
  ['requested_mails', 'requested_mails_render_hash_check', `render_hash = 'abc'`],
  ['requested_mails', 'requested_mails_document_count_check', 'document_count = 0'],
  ['requested_mails', 'requested_mails_attempt_count_check', 'attempt_count = -1'],
  ['requested_mails', 'leased_has_holder', `status = 'LEASED'`, `status = 'TRANSMITTING', lease_until = now()`],
  ['requested_mails', 'sent_has_instant', `status = 'SENT'`],
  [
    'email_logs',
    'attempt_is_of_one_mail',
    `mail_kind = 'REMINDER', requested_mail_id = (select min(id) from requested_mails)`,
    `mail_kind = 'COPY', requested_mail_id = (select min(id) from requested_mails), consolidated_reminder_id = (select min(id) from ${REMINDERS})`,
  ],
  ['directory', 'directory_company_code_check', `company_code = 'alpha'`],
  ['directory', 'directory_backlog_check', 'backlog = -1'],
  ['directory_logins', 'directory_logins_login_check', `login = ''`],
  ['installation', 'installation_id_check', 'id = 2'],
];

/** What must stay possible, so that a constraint that refuses everything does not pass for a good one. */
const ALLOWED: readonly (readonly [table: string, change: string])[] = [
  [REMINDERS, `item_count = 1, reminder_type = 'INDIVIDUAL'`],
  [REMINDERS, 'priority_score = 0, at_risk_minor = 0, risk_ppm = 0'],
  [REMINDERS, 'priority_score = 100, risk_ppm = 1000000'],
  [REMINDERS, 'total_amount_minor = null'],
  [REMINDERS, `delivery_status = 'QUEUED', approval_kind = 'RULE', approved_digest = digest, claimable_at = now()`],
  [
    REMINDERS,
    `delivery_status = 'QUEUED', approval_kind = 'PERSON', approved_digest = digest, approved_render_hash = digest, claimable_at = now(),
     approved_by = (select u.id from users u where u.company_id = ${REMINDERS}.company_id)`,
  ],
  [REMINDERS, `delivery_status = 'SENT', sent_at = now()`],
  [REMINDERS, `escalation_level = 'FINAL', final_deadline_on = '2026-12-01'`],
  [REMINDERS, `recipient_address = 'حسابات@شركة.امارات'`],
  [ITEMS, `kind = 'CREDIT_NOTE', asked_minor = -1`],
  ['email_logs', `outcome = 'ACCEPTED', finished_at = now()`],
  ['email_logs', 'consolidation_savings = 0'],
  ['invoices', 'open_minor = 0, settled_on = due_on'],
  ['invoices', `kind = 'CREDIT_NOTE', due_on = null`],
  ['blocks', `ended_at = now(), outcome = 'LIFTED'`],
  ['blocks', 'until_on = started_on'],
  ['allocations', 'amount_minor = -5, reverses_id = id'],
  ['blocks', `kind = 'CHEQUE', promised_on = started_on, cheque_number = '000123'`],
  ['payments', 'unallocated_minor = amount_minor'],
  ['users', `roles = array['ADMIN', 'APPROVER']`],
  ['account_plans', `outcome = 'SKIP', reason_code = 'inactive'`],
];

interface Refusal {
  readonly code: string;
  readonly constraint: string | undefined;
}

/** Runs a statement and takes it back. @returns how it was refused; undefined when it was not. */
async function refusalOf(statement: string): Promise<Refusal | undefined> {
  const { admin } = database();
  await admin.query('begin');
  try {
    const { rowCount } = await admin.query(statement);
    expect(rowCount, 'the statement must reach a row').toBeGreaterThan(0);
    return undefined;
  } catch (error) {
    const { code, constraint } = error as Partial<Refusal>;
    if (code === undefined) throw error;
    return { code, constraint };
  } finally {
    await admin.query('rollback');
  }
}

const INSTALLATION = ['directory', 'directory_logins', 'installation', 'relays', 'relay_hours'];

const update = (table: string, change: string): string =>
  `update ${table} set ${change}${INSTALLATION.includes(table) ? '' : ` where company_id = ${company.companyId}`}`;

/** Lists of words, e.g. `CHECK ((kind = ANY (ARRAY['A'::text, …])))`: broken with a word that is in none of them. */
const isWordList = (definition: string): boolean => /^CHECK \(\(\w+ = ANY \(ARRAY\[[^\]]*\]\)\)\)$/.test(definition);

const checks = (): Promise<readonly { table: string; name: string; definition: string }[]> =>
  catalogue(
    database().admin,
    `select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where connamespace = 'public'::regnamespace and contype = 'c'`,
  );

describe('a CHECK refuses what it is named for', () => {
  beforeAll(async () => {
    await database().admin.query(`insert into directory_logins (login, company_id) values ('mariam', ${company.companyId})`);
    await database().admin.query(`insert into relays (relay) values ('relay:25')`);
    await database().admin.query(`insert into relay_hours (relay, hour_at, taken) values ('relay:25', now(), 1)`);
  });

  const cases = CHECKS.flatMap(([table, constraint, ...changes]) => changes.map((change) => ({ table, constraint, change })));

  test.for(cases)('$constraint: $table may not have $change', async ({ table, constraint, change }) => {
    expect(await refusalOf(update(table, change))).toEqual({ code: '23514', constraint });
  });

  test.for(ALLOWED)('%s may have %s', async ([table, change]) => {
    expect(await refusalOf(update(table, change))).toBeUndefined();
  });

  test('a list of words takes no other word', async () => {
    const lists = (await checks()).filter(({ definition }) => isWordList(definition));
    expect(lists.length).toBeGreaterThan(30);
    for (const { table, name, definition } of lists) {
      const column = /^CHECK \(\((\w+) =/.exec(definition)?.[1] ?? '';
      const refusal = await refusalOf(update(table, `${column} = 'NONSENSE'`));
      // A word of no list breaks rules about particular words as well; PostgreSQL names the first in the alphabet.
      expect(refusal, name).toMatchObject({ code: '23514' });
    }
  });

  test('no CHECK of the database is without a case', async () => {
    const wanted = (await checks()).filter(({ definition }) => !isWordList(definition)).map(({ table, name }) => `${table} ${name}`);
    expect(CHECKS.map(([table, constraint]) => `${table} ${constraint}`).toSorted()).toEqual(wanted.toSorted());
  });
});

const NEXT_POSITION = `(select max(i.position) + 1 from ${ITEMS} i)`;

/** Key, table, and what a second row has different so that only this key stands in its way. */
const UNIQUE: Readonly<Record<string, readonly [table: string, different?: Readonly<Record<string, string>>]>> = {
  reminder_items_live_invoice: [ITEMS, { position: NEXT_POSITION }],
  reminder_items_live_payment: [
    ITEMS,
    { position: NEXT_POSITION, kind: `'ON_ACCOUNT'`, invoice_id: 'null', payment_id: '(select min(id) from payments)', asked_minor: '-5' },
  ],
  consolidated_reminder_items_company_id_reminder_id_position_key: [ITEMS, { live: 'false' }],
  customer_consolidated_reminders_company_id_message_id_key: [REMINDERS],
  email_logs_company_id_consolidated_reminder_id_attempt_numb_key: ['email_logs'],
  email_logs_company_id_requested_mail_id_attempt_number_key: [
    'email_logs',
    {
      consolidated_reminder_id: 'null',
      mail_kind: `'COPY'`,
      requested_mail_id: '(select min(id) from requested_mails)',
      attempt_number: '9',
    },
  ],
  requested_mails_company_id_message_id_key: ['requested_mails', { is_repeat: 'true' }],
  requested_statement_once: ['requested_mails', { message_id: `'<rem.fedcba9876543210@wafa.example>'` }],
  requested_mail_documents_company_id_requested_mail_id_invoi_key: ['requested_mail_documents'],
  email_events_company_id_source_key_key: ['email_events'],
  email_templates_active: ['email_templates', { number: 'number + 1' }],
  email_templates_company_id_template_type_escalation_level_n_key: ['email_templates', { is_active: 'false', escalation_level: 'null' }],
  contacts_primary: ['contacts', { address: `'other@alnoor.example'` }],
  contacts_company_id_customer_id_address_key: ['contacts', { is_primary: 'false' }],
  suppressions_standing: ['suppressions'],
  allocations_reverses: ['allocations', { amount_minor: '-5', reverses_id: '(select min(id) from allocations)' }],
  contact_log_reference: ['contact_log', { reference: `'T-1'` }],
  import_batches_once: ['import_batches'],
  saved_views_company_id_user_id_screen_name_key: ['saved_views', { user_id: 'null' }],
  customers_company_id_code_key: ['customers'],
  invoices_company_id_number_kind_key: ['invoices'],
  payments_company_id_customer_id_reference_key: ['payments'],
  users_company_id_login_key: ['users'],
  user_tokens_company_id_token_hash_key: ['user_tokens'],
  policy_versions_company_id_number_key: ['policy_versions'],
  exchange_rates_company_id_currency_quoted_on_key: ['exchange_rates'],
  job_slots_company_id_job_slot_at_key: ['job_slots'],
  rate_tokens_company_id_bucket_window_at_key: ['rate_tokens'],
  releases_open: ['releases'],
  mailboxes_company_id_label_key: ['mailboxes'],
  mail_replies_company_id_email_event_id_key: ['mail_replies'],
  daily_snapshots_company_id_snapshot_on_key: ['daily_snapshots'],
  daily_balances_company_id_snapshot_on_currency_key: ['daily_balances'],
  daily_mails_company_id_snapshot_on_escalation_level_languag_key: ['daily_mails'],
  directory_company_code_key: ['directory'],
};

/** Statement that copies the rows of a table under new keys, with what is different; run twice it makes a second copy. */
async function copyOf(table: string, different: Readonly<Record<string, string>>): Promise<string> {
  const columns = await catalogue<{ name: string }>(
    database().admin,
    `select quote_ident(attname) as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
        and attidentity = '' and attgenerated = ''`,
  );
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => different[name.replaceAll('"', '')] ?? name);
  return `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} order by 1 limit 1`;
}

describe('a unique key refuses a second row', () => {
  test.for(Object.entries(UNIQUE))('%s', async ([key, [table, different = {}]]) => {
    const { admin } = database();
    const copy = await copyOf(table, different);
    await admin.query('begin');
    try {
      // The first copy is already the second row, unless it differs in the very column that the key allows once.
      await expect(admin.query(copy).then(() => admin.query(copy))).rejects.toMatchObject({ code: '23505', constraint: key });
    } finally {
      await admin.query('rollback');
    }
  });

  test('no unique key of the database is without a case', async () => {
    const keys = await catalogue<{ name: string }>(
      database().admin,
      `select indexrelid::regclass::text as name from pg_index join pg_class c on c.oid = indrelid
        where c.relnamespace = 'public'::regnamespace and c.relname not like '%migrations%' and indisunique and not indisprimary`,
    );
    expect(Object.keys(UNIQUE).toSorted()).toEqual(keys.map(({ name }) => name).toSorted());
  });
});

describe('a document is in at most one live reminder', () => {
  /** A second reminder, and in it the item of the first invoice. */
  const inSecondReminder = async (): Promise<void> => {
    const { admin } = database();
    await admin.query(await copyOf(REMINDERS, { message_id: `'<reminder-2@wafa.example>'` }));
    await admin.query(await copyOf(ITEMS, { reminder_id: `(select max(id) from ${REMINDERS})`, position: '1', live: 'true' }));
  };

  test('an invoice in two live reminders is refused', async () => {
    const { admin } = database();
    await admin.query('begin');
    await expect(inSecondReminder()).rejects.toMatchObject({ code: '23505', constraint: 'reminder_items_live_invoice' });
    await admin.query('rollback');
  });

  test('once the first reminder is over, the invoice may be in the next', async () => {
    const { admin } = database();
    await admin.query('begin');
    await admin.query(`update ${ITEMS} set live = false`);
    await expect(inSecondReminder()).resolves.toBeUndefined();
    await admin.query('rollback');
  });

  test('it is the partial unique index that refuses: without it the second one gets in', async () => {
    const { admin } = database();
    await admin.query('begin');
    await admin.query('drop index reminder_items_live_invoice');
    await expect(inSecondReminder()).resolves.toBeUndefined();
    await admin.query('rollback');
  });
});
