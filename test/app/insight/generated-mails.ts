/** Reminders made up by chance about a ledger's invoices, written as sending and reading the mailbox leave them. */
import fc from 'fast-check';

import type { Session } from '../../../src/app/session.ts';
import { addDays, type Day } from '../../../src/domain/days.ts';
import {
  ATTEMPT_OUTCOMES,
  ESCALATION_LEVELS,
  LANGUAGES,
  type AttemptOutcome,
  type EscalationLevel,
  type Language,
} from '../../../src/domain/vocabulary.ts';
import type { TestDatabase } from '../../support/database.ts';

export interface MadeReminder {
  /** Account, C-1 to C-3; its business type follows from it. */
  readonly account: string;
  readonly on: Day;
  readonly level: EscalationLevel;
  readonly language: Language;
  /** Numbers of invoices in the ledger; those of other accounts are left out. */
  readonly items: readonly number[];
  readonly outcome: AttemptOutcome;
  /** Days after it. */
  readonly returnedAfter: number | null;
  readonly repliedAfter: number | null;
}

export const BUSINESS_TYPE_OF: Readonly<Record<string, string | null>> = { 'C-1': 'LLC', 'C-2': 'GOV_LOCAL', 'C-3': null };

export const reminders = (upTo: Day, minLength = 0): fc.Arbitrary<readonly MadeReminder[]> =>
  fc.array(
    fc.record({
      account: fc.constantFrom('C-1', 'C-2', 'C-3'),
      on: fc.integer({ min: 0, max: 70 }).map((ago) => addDays(upTo, -ago)),
      level: fc.constantFrom(...ESCALATION_LEVELS),
      language: fc.constantFrom(...LANGUAGES),
      items: fc.uniqueArray(fc.nat(24), { minLength: 1, maxLength: 9 }),
      outcome: fc.constantFrom('ACCEPTED' as const, 'ACCEPTED' as const, 'ACCEPTED' as const, ...ATTEMPT_OUTCOMES),
      returnedAfter: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3 }),
      repliedAfter: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3 }),
    }),
    { minLength, maxLength: 20 },
  );

/** After the ledger. Noon in Dubai, so that a day is a day everywhere. */
export async function writeReminders({ admin }: TestDatabase, { companyId }: Session, made: readonly MadeReminder[]): Promise<void> {
  for (const [account, type] of Object.entries(BUSINESS_TYPE_OF))
    await admin.query('update customers set business_type = $3 where company_id = $1 and code = $2', [companyId, account, type]);
  await admin.query(
    `insert into contacts (company_id, customer_id, name, address, is_primary, source)
     select company_id, id, 'Accounts', lower(code) || '@made.example', true, 'test' from customers where company_id = $1`,
    [companyId],
  );
  for (const [index, one] of made.entries()) await writeReminder(admin, companyId, { ...one, index });
}

async function writeReminder(
  admin: TestDatabase['admin'],
  companyId: number,
  made: MadeReminder & { readonly index: number },
): Promise<void> {
  const sentAt = `${made.on.toString()}T12:00:00+04:00`;
  const isSent = made.outcome === 'ACCEPTED';
  const { rows } = await admin.query<{ id: string }>(
    `insert into customer_consolidated_reminders
       (company_id, customer_id, contact_id, template_id, policy_version_id, reminder_type, escalation_level, origin, recipient_name, recipient_address, language,
        totals, item_count, oldest_days_past_due, priority_score, at_risk_minor, value_minor, risk_ppm, priority_factors, why, as_on, final_deadline_on, scheduled_for,
        contact_interval, next_eligible_contact_on, layout_version, digest, delivery_status, status_changed_at, approval_needs, message_id, sent_at, responded_at, response_kind)
     select $1, c.id, k.id, (select min(id) from email_templates where company_id = $1), (select min(id) from policy_versions where company_id = $1),
            'INDIVIDUAL', $3, 'PLANNED', 'Accounts', k.address, $4, '[]', $5, 1, 1, 100, 200, 500000, '[]', '[]', $6, case when $3 = 'FINAL' then $6::date + 10 end, $7,
            7, $6, 1, repeat('d', 64), $8, $7, '{}', $9, $10, $11, $12
       from customers c join contacts k on k.company_id = $1 and k.customer_id = c.id where c.company_id = $1 and c.code = $2
     returning id`,
    [
      companyId,
      made.account,
      made.level,
      made.language,
      made.items.length,
      made.on.toString(),
      sentAt,
      isSent ? 'SENT' : 'CANCELLED',
      `<made-${made.index}@wafa.example>`,
      isSent ? sentAt : null,
      ...(isSent && made.repliedAfter !== null
        ? [`${addDays(made.on, made.repliedAfter).toString()}T12:00:00+04:00`, 'REPLY']
        : [null, null]),
    ],
  );
  const id = rows[0]?.id;
  await admin.query(
    `insert into consolidated_reminder_items
       (company_id, reminder_id, position, kind, invoice_id, number, branch_id, branch_code, branch_name, issued_on, due_on, days_past_due, currency, total_minor,
        balance_minor, asked_minor, live)
     select $1, $2, row_number() over (order by i.id), 'INVOICE', i.id, i.number, c.id, c.code, c.name, i.issued_on, i.due_on, 0, i.currency, i.total_minor, 1, 1, false
       from invoices i join customers c on c.company_id = $1 and c.id = i.customer_id join customers a on a.company_id = $1 and a.id = c.account_id
      where i.company_id = $1 and a.code = $3 and i.number = any($4::text[])`,
    [companyId, id, made.account, made.items.map((number) => `INV-${number}`)],
  );
  await admin.query(
    `insert into email_logs
       (company_id, consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport, relay, fence, sender, started_at,
        business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings)
     select $1, id, customer_id, 'REMINDER', 1, message_id, recipient_address, 'smtp', 'relay:25', 1, gen_random_uuid(), $3, $3, 'ANSWERED', $4,
            $3::timestamptz + interval '250 milliseconds', digest, digest, $5, 0
       from customer_consolidated_reminders where company_id = $1 and id = $2`,
    [companyId, id, sentAt, made.outcome, made.items.length],
  );
  for (const [kind, after] of [['BOUNCED', made.returnedAfter] as const, ['REPLIED', made.repliedAfter] as const]) {
    if (!isSent || after === null) continue;
    await admin.query(
      `insert into email_events (company_id, consolidated_reminder_id, kind, occurred_at, source_key) values ($1, $2, $3, $4, $5)`,
      [companyId, id, kind, `${addDays(made.on, after).toString()}T12:00:00+04:00`, `${kind}-${made.index}`],
    );
  }
}
