/**
 * A company with so many live reminders, within a minute: one customer's two invoices are imported and planned as anybody's, and what the program wrote of
 * them is multiplied inside the database. The rows are as wide and as many as after planning them all, which would take most of the time.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createCompany } from '../../src/app/create-company.ts';
import { importLedger } from '../../src/app/import-ledger.ts';
import { openInstallation } from '../../src/app/installation.ts';
import { planReminders } from '../../src/app/plan-run.ts';
import { prepared } from '../../src/app/prepare-database.ts';
import { openSession } from '../../src/app/session.ts';
import { openSession as openLogin } from '../../src/store/connection/session.ts';
import { embeddedAdministrator } from '../../src/store/embedded/embedded-server.ts';

/** Each copy's ids are so far from those of the one before; the first customer has fewer records than this. */
const STEP = 10;

/** What of a row is another's in its copy number `n`; everything else is copied. Risk falls with the number, so the n-th row of the queue is the n-th copy. */
const COPIES: readonly (readonly [table: string, changed: Readonly<Record<string, string>>])[] = [
  [
    'customers',
    {
      id: `t.id + n * ${STEP}`,
      code: `'C-' || lpad(n::text, 6, '0')`,
      name: `'Trading house ' || n || ' LLC'`,
      name_ar: `'بيت التجارة ' || n || ' ذ.م.م'`,
    },
  ],
  [
    'contacts',
    { id: `t.id + n * ${STEP}`, customer_id: `t.customer_id + n * ${STEP}`, address: `'accounts@customer' || n || '.example.ae'` },
  ],
  ['invoices', { id: `t.id + n * ${STEP}`, customer_id: `t.customer_id + n * ${STEP}`, number: `t.number || '-' || n` }],
  [
    'customer_consolidated_reminders',
    {
      id: `t.id + n * ${STEP}`,
      customer_id: `t.customer_id + n * ${STEP}`,
      contact_id: `t.contact_id + n * ${STEP}`,
      recipient_address: `'accounts@customer' || n || '.example.ae'`,
      at_risk_minor: 't.at_risk_minor - n * 10',
      priority_score: 'greatest(1, 100 - n / 2500)',
      message_id: `n || '.' || t.message_id`,
    },
  ],
  [
    'consolidated_reminder_items',
    {
      id: `t.id + n * ${STEP}`,
      reminder_id: `t.reminder_id + n * ${STEP}`,
      invoice_id: `t.invoice_id + n * ${STEP}`,
      number: `t.number || '-' || n`,
    },
  ],
];

/** @param env of the built-in server's own home. */
export async function fillLedger(env: Readonly<Record<string, string>> & { readonly WAFA_HOME: string }, reminders: number): Promise<void> {
  const files = { customers: join(env.WAFA_HOME, '..', 'customers.csv'), invoices: join(env.WAFA_HOME, '..', 'invoices.csv') };
  writeFileSync(files.customers, 'customer_code,name,name_ar,email\nC-000000,Trading house LLC,بيت التجارة,accounts@customer.example.ae\n');
  writeFileSync(
    files.invoices,
    'invoice_number,customer_code,issue_date,due_date,currency,total\nI,C-000000,2026-05-01,2026-06-01,AED,90000.50\nJ,C-000000,2026-06-01,2026-07-01,AED,900.00\n',
  );
  const installation = prepared(openInstallation({ env, operatingSystemLogin: env['USER'] ?? 'bench' }));
  await createCompany(installation, { code: 'BENCH', name: 'Bench LLC' });
  const session = await openSession(installation, 'BENCH');
  for (const path of [files.customers, files.invoices]) await importLedger(session, { path, mapping: 'wafa' });
  await planReminders(session, { startedBy: 'OPERATOR' });
  await installation.close();
  const admin = await openLogin({ ...embeddedAdministrator(env.WAFA_HOME), database: 'wafa' }, { applicationName: 'wafa bench' });
  try {
    // Copies refer to copies as the first rows refer to each other; asking for every key again would take most of the time.
    await admin.query('set session_replication_role = replica');
    for (const [table, changed] of COPIES) await multiply(admin, table, changed, reminders - 1);
    // As the server does by itself a minute later.
    await admin.query(`vacuum analyze ${COPIES.map(([table]) => table).join(', ')}`);
  } finally {
    await admin.end();
  }
}

async function multiply(
  admin: Awaited<ReturnType<typeof openLogin>>,
  table: string,
  changed: Readonly<Record<string, string>>,
  times: number,
): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_name = '${table}' and table_schema = current_schema() and is_generated = 'NEVER' order by ordinal_position`,
  );
  const names = rows.map(({ name }) => name);
  await admin.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => changed[name] ?? `t.${name}`).join(', ')} from ${table} t, generate_series(1, ${times}) n`,
  );
  await admin.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
}
