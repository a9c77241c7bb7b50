/**
 * Each check of `wafa validate`: silent on the sample ledger and after a day's work on it; finds its own defect, planted past Wafa as only a
 * superuser can, and nothing else finds it.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../../src/app/approve-reminders.ts';
import { openDemo } from '../../../src/app/open-demo.ts';
import { openCompanyTransport } from '../../../src/app/open-transport.ts';
import { sendDue } from '../../../src/app/send-due.ts';
import type { Session } from '../../../src/app/session.ts';
import { CHECKS } from '../../../src/app/validate/checks.ts';
import { validate } from '../../../src/app/validate/validate.ts';
import { testDatabase } from '../../support/database.ts';
import { testInstallation } from '../installation.ts';

const database = testDatabase();
let session: Session;

beforeAll(async () => {
  const opened = await openDemo(testInstallation(database()), { customers: 60, invoices: 400 });
  session = opened.session;
  await approveReminders(session, { filter: { type: 'CONSOLIDATED' } });
  const transport = await openCompanyTransport(session);
  await sendDue(session, { transport, endsUndoWindows: true });
  await transport.close();
  ids = await chosenRows();
}, 120_000);

/** Rows to spoil, by name: the same before and after. */
let ids: Readonly<Record<string, number>> = {};

const CHOSEN: Readonly<Record<string, string>> = {
  contact: 'contacts',
  invoice: 'invoices where open_minor > 5',
  payment: 'payments where unallocated_minor > 5',
  allocated: `allocations a where payment_id is not null and exists (select from payments p where p.id = a.payment_id and p.currency = 'AED')`,
  item: 'consolidated_reminder_items where asked_minor > 0',
  large: `customer_consolidated_reminders where reminder_type = 'CONSOLIDATED'`,
  proposed: `customer_consolidated_reminders where delivery_status = 'PROPOSED'`,
  sent: `customer_consolidated_reminders where delivery_status = 'SENT' and approved_by is not null`,
  attempt: `email_logs where outcome = 'ACCEPTED'`,
};

async function chosenRows(): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const [name, from] of Object.entries(CHOSEN)) {
    const { rows } = await database().admin.query<{ id: string | null }>(`select min(id) as id from ${from}`);
    expect(rows[0]?.id, name).not.toBeNull();
    found[name] = Number(rows[0]?.id);
  }
  return found;
}

const checksAtFault = async (): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for await (const { check, found } of validate(session)) if (found.total > 0) wrong.push(check.id);
  return wrong;
};

/** `$1` is the company, `{sent}` the row chosen under that name. */
const withIds = (statement: string): string =>
  statement.replaceAll('$1', String(session.companyId)).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));

/** Plants statements as a superuser whom no key stops, looks, and takes them back. */
async function foundWith(statements: readonly string[], undo: readonly string[]): Promise<readonly string[]> {
  const { admin } = database();
  const run = async (all: readonly string[]): Promise<void> => {
    await admin.query('set session_replication_role = replica');
    for (const statement of all) await admin.query(withIds(statement));
    await admin.query('reset session_replication_role');
  };
  await run(statements);
  try {
    return await checksAtFault();
  } finally {
    await run(undo);
  }
}

const REMINDERS = 'customer_consolidated_reminders';
const add = (table: string, change: string, id: string): readonly string[] => [
  `update ${table} set ${change} where company_id = $1 and id = {${id}}`,
];

/** What is planted, and how it is taken back. */
const DEFECTS: Readonly<Record<string, readonly [planted: readonly string[], undone: readonly string[]]>> = {
  migrations: [
    [`delete from schema_migrations where name = 'Migration20261123006300'`],
    [`insert into schema_migrations (name) values ('Migration20261123006300')`],
  ],
  roles: [['grant delete on audit_logs to wafa_app'], ['revoke delete on audit_logs from wafa_app']],
  policies: [['alter table invoices no force row level security'], ['alter table invoices force row level security']],
  'rules-present': [
    ['alter table invoices drop constraint open_is_part_of_total'],
    ['alter table invoices add constraint open_is_part_of_total check (open_minor between 0 and total_minor)'],
  ],
  'rules-hold': [
    [
      'alter table invoices drop constraint open_is_part_of_total',
      'alter table invoices add constraint open_is_part_of_total check (true)',
    ],
    [
      'alter table invoices drop constraint open_is_part_of_total',
      'alter table invoices add constraint open_is_part_of_total check (open_minor between 0 and total_minor)',
    ],
  ],
  'indexes-present': [
    ['drop index reminders_run'],
    [`create index reminders_run on ${REMINDERS} (company_id, run_id) where run_id is not null`],
  ],
  orphans: [
    add('contacts', `customer_id = customer_id + 1000000`, 'contact'),
    add('contacts', `customer_id = customer_id - 1000000`, 'contact'),
  ],
  balances: [add('invoices', `open_minor = open_minor - 1`, 'invoice'), add('invoices', `open_minor = open_minor + 1`, 'invoice')],
  receipts: [
    add('payments', `unallocated_minor = unallocated_minor - 1`, 'payment'),
    add('payments', `unallocated_minor = unallocated_minor + 1`, 'payment'),
  ],
  currencies: [
    ["update payments set currency = 'OMR' where company_id = $1 and id = (select payment_id from allocations where id = {allocated})"],
    ["update payments set currency = 'AED' where currency = 'OMR'"],
  ],
  'item-counts': [add(REMINDERS, `item_count = item_count + 90`, 'large'), add(REMINDERS, `item_count = item_count - 90`, 'large')],
  totals: [
    add('consolidated_reminder_items', `asked_minor = asked_minor + 1`, 'item'),
    add('consolidated_reminder_items', `asked_minor = asked_minor - 1`, 'item'),
  ],
  'live-items': [
    ['update consolidated_reminder_items set live = not live where reminder_id = {sent}'],
    ['update consolidated_reminder_items set live = not live where reminder_id = {sent}'],
  ],
  'states-in-chain': [add(REMINDERS, `delivery_status = 'DELIVERED'`, 'sent'), add(REMINDERS, `delivery_status = 'SENT'`, 'sent')],
  'approvals-in-chain': [
    [
      `insert into users (company_id, login, display_name, roles) values ($1, 'planted', 'planted', array['APPROVER'])`,
      `update ${REMINDERS} set approved_by = (select id from users where company_id = $1 and login = 'planted')
        where id = {sent}`,
    ],
    [
      `update ${REMINDERS} set approved_by = (select min(id) from users where company_id = $1)
        where id = {sent}`,
      `delete from users where company_id = $1 and login = 'planted'`,
    ],
  ],
  schedules: [
    add(REMINDERS, `scheduled_for = scheduled_for + interval '12 hours'`, 'proposed'),
    add(REMINDERS, `scheduled_for = scheduled_for - interval '12 hours'`, 'proposed'),
  ],
  'next-contact': [
    add(REMINDERS, `next_eligible_contact_on = next_eligible_contact_on - 3`, 'sent'),
    add(REMINDERS, `next_eligible_contact_on = next_eligible_contact_on + 3`, 'sent'),
  ],
  'sent-once': [
    [
      `insert into email_logs (company_id, consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport,
         relay, fence, sender, started_at, business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings)
       select company_id, consolidated_reminder_id, customer_id, mail_kind, 99, message_id, recipient_address, transport, relay, fence, sender, started_at,
              business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings
         from email_logs where company_id = $1 and id = {attempt}`,
    ],
    ['delete from email_logs where attempt_number = 99'],
  ],
  'sent-has-attempt': [add('email_logs', `outcome = 'REFUSED'`, 'attempt'), add('email_logs', `outcome = 'ACCEPTED'`, 'attempt')],
  'ledger-age': [
    [`update companies set ledger_invoices_as_on = ledger_invoices_as_on - 30 where company_id = $1`],
    [`update companies set ledger_invoices_as_on = ledger_invoices_as_on + 30 where company_id = $1`],
  ],
  'stuck-jobs': [
    [
      `insert into job_slots (company_id, job, slot_at, claimed_by, started_at) values ($1, 'planted', now(), gen_random_uuid(), now() - interval '4 hours')`,
    ],
    [`delete from job_slots where job = 'planted'`],
  ],
  'audit-chain': [
    [`update audit_logs set reason = 'planted' where company_id = $1 and id = 2`],
    [`update audit_logs set reason = null where company_id = $1 and id = 2`],
  ],
};

describe('validate', () => {
  it('finds nothing in the sample ledger after a day of work', async () => {
    expect(await checksAtFault()).toEqual([]);
  }, 120_000);

  it.for(Object.entries(DEFECTS))('finds what breaks %s, and finds it once', { timeout: 120_000 }, async ([id, [planted, undone]]) => {
    expect(await foundWith(planted, undone)).toEqual([id]);
  });

  it('is whole again after all of them: what was planted was taken back', { timeout: 120_000 }, async () => {
    expect(await checksAtFault()).toEqual([]);
  });

  it('leaves no check without a defect', () => {
    const elsewhere = ['billing', 'calendar-coverage', 'indexes-used', 'stuck-reminders'];
    expect([...Object.keys(DEFECTS), ...elsewhere].filter((id, index, all) => all.indexOf(id) === index).toSorted()).toEqual(
      CHECKS.map(({ id }) => id).toSorted(),
    );
  });
});
