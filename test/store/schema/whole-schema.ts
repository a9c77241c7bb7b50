/** A company with at least one row in every tenant table, for tests that ask the same of all of them. */
import type { CompanyId } from '../../../src/domain/ids.ts';
import { json } from '../../../src/store/connection/parameters.ts';
import type { Database } from '../../../src/store/connection/pool.ts';
import { type CompanyTx, withCompany } from '../../../src/store/connection/with-company.ts';
import { type Columns, createSmallCompany, hash, insertRow, type SmallCompany } from '../../support/fixtures.ts';

const SENDER = '00000000-0000-4000-8000-000000000001';
const AT = '2026-11-23T05:00:00Z';
const ON = '2026-11-23';

/** Fills every tenant table that {@link createSmallCompany} leaves empty. */
export async function createCompanyInEveryTable(database: Database, code: string): Promise<SmallCompany> {
  const small = await createSmallCompany(database, code);
  await withCompany(database, small.companyId, async (tx) => {
    await insertSettings(tx, small);
    await insertLedger(tx, small);
    await insertRunAndMail(tx, small);
    await insertRequestedMail(tx, small);
    await insertHousekeeping(tx);
  });
  return small;
}

async function insertSettings(tx: CompanyTx, { userId }: SmallCompany): Promise<void> {
  await insertRow(tx, 'user_tokens', { user_id: userId, token_hash: hash('1'), label: 'laptop', expires_at: AT });
  await insertRow(tx, 'saved_views', { user_id: userId, screen: 'queue', name: 'Mine', definition: {} });
  await insertRow(tx, 'bank_accounts', {
    bank_name: 'First Bank',
    account_name: 'Trading LLC',
    iban: 'AE070331234567890123456',
    currency: 'AED',
    requested_by: userId,
  });
  await insertRow(tx, 'exchange_rates', { currency: 'USD', rate_ppm: 3_672_500, quoted_on: ON, source: 'peg' });
  await insertRow(tx, 'company_ramadans', { key: 'ramadan-1448', starts_on: '2027-02-08', ends_on: '2027-03-09', created_by: userId });
  await insertRow(tx, 'days_off', { key: 'flood', scope: 'AE', off_on: ON, status: 'announced', source: 'office', created_by: userId });
  await insertRow(tx, 'audit_heads', { last_id: 1, last_hash: hash('2') });
  await insertRow(tx, 'audit_logs', {
    id: 1,
    recorded_at: AT,
    business_at: AT,
    actor_kind: 'USER',
    actor_user_id: userId,
    verb: 'block',
    object_kind: 'customer',
    program_version: '0.1.0',
    previous_hash: hash('0'),
    hash: hash('2'),
  });
}

async function insertLedger(tx: CompanyTx, { userId, customerId, invoiceIds }: SmallCompany): Promise<void> {
  const batch: Columns = {
    kind: 'invoices',
    file_name: 'open.csv',
    sha256: hash('3'),
    mapping: 'wafa',
    row_count: 2,
    summary: {},
    applied_at: AT,
  };
  await insertRow(tx, 'import_batches', { ...batch, imported_by: userId });
  const paymentId = await insertRow(tx, 'payments', {
    customer_id: customerId,
    reference: 'TT-1',
    received_on: ON,
    currency: 'AED',
    amount_minor: 100n,
    unallocated_minor: 0n,
    method: 'TRANSFER',
    source: 'import',
    recorded_by: userId,
  });
  await insertRow(tx, 'allocations', {
    kind: 'PAYMENT',
    invoice_id: invoiceIds[0],
    payment_id: paymentId,
    amount_minor: 100n,
    effective_on: ON,
  });
  await insertRow(tx, 'blocks', {
    customer_id: customerId,
    invoice_id: invoiceIds[1],
    kind: 'DISPUTE',
    reason: 'Wrong price',
    started_on: ON,
  });
  await insertRow(tx, 'contact_log', { customer_id: customerId, kind: 'CALL', happened_on: ON, recorded_by: userId });
  await insertRow(tx, 'suppressions', { address: 'gone@alnoor.example', reason: 'HARD_BOUNCE', created_by: userId });
}

async function insertRunAndMail(tx: CompanyTx, { customerId, policyVersionId, reminderId }: SmallCompany): Promise<void> {
  const runId = await insertRow(tx, 'plan_runs', {
    as_on: ON,
    business_at: AT,
    policy_version_id: policyVersionId,
    started_by: 'SCHEDULE',
    accounts_examined: 1,
    overdue_items: 2,
    overdue_customers: 1,
    reminders: 1,
    items_covered: 2,
    by_type: {},
    skips: {},
    totals: json([]),
    reminders_hash: hash('4'),
    started_at: AT,
    finished_at: AT,
  });
  await insertRow(tx, 'plan_skips', {
    run_id: runId,
    customer_id: customerId,
    as_on: ON,
    reason_code: 'inactive',
    reason: { code: 'inactive' },
  });
  await insertRow(tx, 'account_plans', {
    id: customerId,
    facts_version: 1,
    company_facts_version: 1,
    policy_version_id: policyVersionId,
    planned_on: ON,
    overdue_items: 2,
    outcome: 'REMINDER',
    reason_hash: hash('5'),
  });
  const attemptId = await insertRow(tx, 'email_logs', {
    consolidated_reminder_id: reminderId,
    customer_id: customerId,
    mail_kind: 'REMINDER',
    attempt_number: 1,
    message_id: '<reminder-1@wafa.example>',
    recipient_address: 'accounts@alnoor.example',
    transport: 'outbox',
    relay: 'outbox',
    fence: 1,
    sender: SENDER,
    started_at: AT,
    business_at: AT,
    phase: 'CONNECTING',
    digest: hash('d'),
    render_hash: hash('6'),
    invoice_count: 2,
    consolidation_savings: 50,
  });
  const event: Columns = { email_log_id: attemptId, consolidated_reminder_id: reminderId, kind: 'ACCEPTED', occurred_at: AT };
  const eventId = await insertRow(tx, 'email_events', { ...event, source_key: 'attempt-1' });
  await insertRow(tx, 'mail_replies', { email_event_id: eventId, customer_id: customerId, first_lines: 'Paid.', received_at: AT });
}

async function insertRequestedMail(tx: CompanyTx, { customerId, contactId, userId, invoiceIds }: SmallCompany): Promise<void> {
  const mailId = await insertRow(tx, 'requested_mails', {
    kind: 'STATEMENT',
    customer_id: customerId,
    contact_id: contactId,
    recipient_name: 'Accounts Payable',
    recipient_address: 'accounts@alnoor.example',
    language: 'EN_AR',
    as_on: ON,
    document_count: 2,
    answers_request: true,
    is_repeat: false,
    ordered_by: userId,
    ordered_at: AT,
    ordered_on: ON,
    render_hash: hash('7'),
    message_id: '<rem.0123456789abcdef@wafa.example>',
    status: 'QUEUED',
    status_changed_at: AT,
    claimable_at: AT,
  });
  await insertRow(tx, 'requested_mail_documents', { requested_mail_id: mailId, invoice_id: invoiceIds[0] });
}

async function insertHousekeeping(tx: CompanyTx): Promise<void> {
  await insertRow(tx, 'job_slots', { job: 'plan', slot_at: AT, claimed_by: SENDER, started_at: AT });
  await insertRow(tx, 'rate_tokens', { bucket: 'relay', window_at: AT, taken: 1 });
  await insertRow(tx, 'mailboxes', { label: 'accounts@imap.example:993/INBOX', watched_since_at: AT });
  await insertRow(tx, 'releases', { started_at: AT, first_batch: 10 });
  await insertRow(tx, 'daily_snapshots', { snapshot_on: ON, measures: {} });
  await insertRow(tx, 'daily_balances', {
    snapshot_on: ON,
    currency: 'AED',
    billed_minor: 0n,
    current_minor: 0n,
    days_1_30_minor: 820000n,
    days_31_60_minor: 0n,
    days_61_90_minor: 0n,
    days_91_120_minor: 0n,
    days_121_180_minor: 0n,
    days_181_365_minor: 0n,
    over_365_minor: 0n,
    open_items: 2,
    overdue_items: 2,
    overdue_accounts: 1,
  });
  await insertRow(tx, 'daily_mails', {
    snapshot_on: ON,
    escalation_level: 'POLITE',
    language: 'EN',
    segment: 'unknown',
    attempts: 1,
    accepted: 1,
    temporary: 0,
    refused: 0,
    uncertain: 0,
    not_sent: 0,
    items: 2,
    promptly: 1,
    returned: 0,
    complained: 0,
    replied: 0,
    accept_ms: 120,
  });
}

/** How many rows of a company a connection is shown, by table. */
export async function rowsByTable(tables: readonly string[], tx: CompanyTx, of: CompanyId): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    counts[table] = (await tx.one<{ rows: number }>(`select count(*)::int as rows from ${table} where company_id = $1`, [of])).rows;
  }
  return counts;
}
