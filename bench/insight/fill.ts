/** A large company made by a few statements: what matters is how many rows there are and how they are spread over days, not what they say. */
import type pg from 'pg';

export interface Filled {
  readonly companyId: number;
  /** ISO. */
  readonly today: string;
  readonly invoices: number;
  readonly accounts: number;
  readonly attempts: number;
}

/** Days over which the attempts are spread. */
const ATTEMPT_DAYS = 92;
const STORED_DAYS = 590;

export async function fillInsight(admin: pg.Client, { companyId, today, invoices, accounts, attempts }: Filled): Promise<void> {
  const reminders = Math.floor(attempts / 2);
  // Rows that are right by how they are made need no key looked up.
  await admin.query('set session_replication_role = replica');
  await admin.query(
    `insert into customers (company_id, code, name, business_type)
     select ${companyId}, 'C-' || n, 'Customer ' || n, (array['LLC', 'GOV_LOCAL', 'FZE', 'FREELANCE', null])[1 + n % 5] from generate_series(1, ${accounts}) n`,
  );
  await admin.query(
    `insert into contacts (company_id, customer_id, name, address, is_primary, source)
     select company_id, id, 'Accounts', 'c' || id || '@bench.example', true, 'bench' from customers`,
  );
  await admin.query(
    `with c as (select min(id) as first_id from customers)
     insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, source)
     select ${companyId}, c.first_id + (n * 7919::bigint) % ${accounts}, 'INVOICE', 'INV-' || n, date '${today}' - 30 - n % 400 + 20, date '${today}' - n % 400 + 20,
            case when n % 20 = 0 then 'USD' else 'AED' end, 10000 + n % 90000, 5000 + n % 5000, 'bench' from c, generate_series(1, ${invoices}) n
      order by n`,
  );
  await admin.query(
    `with k as (select min(id) as contact_id, min(customer_id) as first_id from contacts)
     insert into customer_consolidated_reminders
       (company_id, customer_id, contact_id, template_id, policy_version_id, reminder_type, escalation_level, origin, recipient_name, recipient_address, language, totals,
        item_count, oldest_days_past_due, priority_score, at_risk_minor, value_minor, risk_ppm, priority_factors, why, as_on, scheduled_for, contact_interval,
        next_eligible_contact_on, layout_version, digest, delivery_status, status_changed_at, approval_needs, message_id, sent_at)
     select ${companyId}, k.first_id + n % ${accounts}, k.contact_id + n % ${accounts}, (select min(id) from email_templates), (select min(id) from policy_versions),
            'CONSOLIDATED', (array['POLITE', 'FIRM', 'URGENT'])[1 + n % 3], 'PLANNED', 'Accounts', 'c@bench.example', (array['EN', 'AR', 'EN_AR', 'AR_EN'])[1 + n % 4], '[]',
            3, 20, 50, 100, 200, 500000, '[]', '[]', date '${today}', at, 7, date '${today}', 1, repeat('d', 64), case when n % 50 = 0 then 'BOUNCED' else 'SENT' end, at, '{}',
            '<' || n || '@bench.example>', at
       from k, generate_series(1, ${reminders}) n,
            lateral (select timestamptz '${today} 06:00:00+00' - (n % ${ATTEMPT_DAYS}) * interval '1 day' + (n % 25000) * interval '1 second' as at) spread`,
  );
  await admin.query(
    `with r as (select min(id) as first_id from customer_consolidated_reminders), i as (select min(id) as first_id from invoices)
     insert into consolidated_reminder_items
       (company_id, reminder_id, position, kind, invoice_id, number, branch_id, branch_code, branch_name, issued_on, due_on, days_past_due, currency, total_minor,
        balance_minor, asked_minor, live)
     select ${companyId}, r.first_id + n - 1, 1, 'INVOICE', i.first_id + n % ${invoices}, 'INV', 1, 'C', 'C', date '${today}', date '${today}', 1, 'AED', 1, 1, 1, false
       from r, i, generate_series(1, ${reminders}) n`,
  );
  await admin.query(
    `insert into email_logs (company_id, consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport, relay, fence, sender,
       started_at, business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings)
     select company_id, id, customer_id, 'REMINDER', attempt, message_id, recipient_address, 'smtp', 'relay:25', 1, '00000000-0000-4000-8000-000000000001',
            sent_at, sent_at - (2 - attempt) * interval '20 minutes', 'ANSWERED', case attempt when 1 then 'TEMPORARY' else 'ACCEPTED' end, sent_at + interval '400 milliseconds',
            digest, digest, 3, 66
       from customer_consolidated_reminders, generate_series(1, 2) attempt`,
  );
  await admin.query(
    `insert into email_events (company_id, consolidated_reminder_id, kind, occurred_at, source_key)
     select company_id, id, case when id % 2 = 0 then 'BOUNCED' else 'REPLIED' end, sent_at + interval '1 hour', 'bench-' || id
       from customer_consolidated_reminders where id % 25 = 0`,
  );
  await fillStoredDays(admin, companyId, today);
  await admin.query('set session_replication_role = origin');
  await admin.query('vacuum analyze');
}

/** Evenings before the last, as if a daemon had taken them: read in whole by the dashboard. */
async function fillStoredDays(admin: pg.Client, companyId: number, today: string): Promise<void> {
  await admin.query(
    `insert into daily_snapshots (company_id, snapshot_on, measures)
     select ${companyId}, date '${today}' - n, '{"volume": {"contacts": 5400, "mails": 5400, "items": 16000, "oneByOne": 16000}}' from generate_series(1, ${STORED_DAYS}) n`,
  );
  await admin.query(
    `insert into daily_balances (company_id, snapshot_on, currency, billed_minor, current_minor, days_1_30_minor, days_31_60_minor, days_61_90_minor, days_91_120_minor,
       days_121_180_minor, days_181_365_minor, over_365_minor, open_items, overdue_items, overdue_accounts)
     select ${companyId}, date '${today}' - n, currency, 50000000, 900000000, 100000000, 90000000, 80000000, 70000000, 60000000, 50000000, 40000000, 900000, 500000, 100000
       from generate_series(1, ${STORED_DAYS}) n, unnest(array['AED', 'USD']) currency`,
  );
  await admin.query(
    `insert into daily_mails (company_id, snapshot_on, escalation_level, language, segment, attempts, accepted, temporary, refused, uncertain, not_sent, items, promptly,
       returned, complained, replied, accept_ms)
     select ${companyId}, date '${today}' - n, level, language, segment, 180, 90, 90, 0, 0, 0, 270, 90, 2, 0, 2, 36000
       from generate_series(1, ${STORED_DAYS}) n, unnest(array['POLITE', 'FIRM', 'URGENT']) level, unnest(array['EN', 'AR', 'EN_AR', 'AR_EN']) language,
            unnest(array['company', 'government', 'person', 'unknown']) segment`,
  );
}

/** Which indexes ageing and the day's mail are read by. */
export async function queryPlans(admin: pg.Client, companyId: number, today: string): Promise<readonly string[]> {
  const statements = [
    `select currency, due_on, sum(open_minor) from invoices where company_id = ${companyId} and kind = 'INVOICE' and open_minor > 0 and issued_on <= date '${today}' group by due_on, currency`,
    `select count(*) from email_logs where company_id = ${companyId} and business_at >= timestamptz '${today} 00:00:00+04' and business_at < timestamptz '${today} 00:00:00+04' + interval '1 day'`,
  ];
  const plans: string[] = [];
  for (const statement of statements) {
    const { rows } = await admin.query<{ 'QUERY PLAN': string }>(`explain ${statement}`);
    plans.push(...rows.map((row) => row['QUERY PLAN'].trim()).filter((line) => /Scan/.test(line)));
  }
  return plans;
}
