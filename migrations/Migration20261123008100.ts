import { Migration } from '@mikro-orm/migrations';

/** Views for tools that draw their own reports: names instead of keys, amounts as decimals of their currency, no addresses and no texts of mails. */
export class Migration20261123008100 extends Migration {
  override up(): void {
    for (const [name, { about, select }] of Object.entries(VIEWS)) {
      this.addSql(`
        create view ${name} with (security_invoker = true) as ${select};
        comment on view ${name} is '${about}';
        grant select on ${name} to wafa_app, wafa_backup;`);
    }
  }

  override down(): void {
    for (const name of Object.keys(VIEWS).toReversed()) this.addSql(`drop view ${name};`);
  }
}

/** Minor units as a decimal amount (ISO 4217: three decimals, none, else two). */
const decimal = (minor: string, currency: string): string => `case
    when ${currency} in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then (${minor}::numeric / 1000)::numeric(20, 3)
    when ${currency} in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF')
      then ${minor}::numeric(20, 0)
    else (${minor}::numeric / 100)::numeric(20, 2) end`;

const AGES = ['current', 'days_1_30', 'days_31_60', 'days_61_90', 'days_91_120', 'days_121_180', 'days_181_365', 'over_365'];

const VIEWS: Readonly<Record<string, { readonly about: string; readonly select: string }>> = {
  bi_open_invoices: {
    about: 'Invoices with something open now, with the account that is written to.',
    select: `
      select i.company_id, i.id as invoice_id, i.number, c.code as customer_code, c.name as customer_name, a.code as account_code,
             a.name as account_name, a.business_type, a.collection_status, i.issued_on, i.due_on, i.currency,
             ${decimal('i.total_minor', 'i.currency')} as total_amount, ${decimal('i.open_minor', 'i.currency')} as open_amount
        from invoices i
        join customers c on c.company_id = i.company_id and c.id = i.customer_id
        join customers a on a.company_id = i.company_id and a.id = c.account_id
       where i.kind = 'INVOICE' and i.open_minor > 0`,
  },
  bi_daily_balances: {
    about: 'What was open at the end of each day by age and currency, and what was billed on it.',
    select: `
      select company_id, snapshot_on, currency, ${decimal('billed_minor', 'currency')} as billed_amount,
             ${AGES.map((age) => `${decimal(`${age}_minor`, 'currency')} as ${age}_amount`).join(',\n             ')},
             open_items, overdue_items, overdue_accounts
        from daily_balances`,
  },
  bi_daily_mails: {
    about: 'Reminders sent on each day by level, language and kind of customer, what became of them, and what came back that day.',
    select: `
      select company_id, snapshot_on, escalation_level, language, segment, attempts, accepted, temporary, refused, uncertain, not_sent, items,
             promptly, returned, complained, replied, accept_ms
        from daily_mails`,
  },
  bi_reminders: {
    about: 'Every reminder as it stands, without its recipient.',
    select: `
      select r.company_id, r.id as reminder_id, a.code as account_code, a.name as account_name, r.reminder_type, r.escalation_level, r.language,
             r.delivery_status, r.as_on, r.scheduled_for, r.approved_at, r.sent_at, r.responded_at, r.response_kind, r.item_count,
             r.oldest_days_past_due, r.priority_score, o.base_currency as currency,
             ${decimal('r.total_amount_minor', 'o.base_currency')} as total_amount, ${decimal('r.at_risk_minor', 'o.base_currency')} as at_risk_amount
        from customer_consolidated_reminders r
        join companies o on o.company_id = r.company_id
        join customers a on a.company_id = r.company_id and a.id = r.customer_id`,
  },
  bi_attempts: {
    about: 'Every attempt to send a mail and how it ended, without its recipient.',
    select: `
      select company_id, id as attempt_id, consolidated_reminder_id as reminder_id, mail_kind, attempt_number, transport, relay, business_at,
             started_at, finished_at, outcome, reply_code, invoice_count, consolidation_savings
        from email_logs`,
  },
};
