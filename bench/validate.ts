/**
 * How long all checks take on a large ledger: `npm run bench -- validate [customers] [invoices]`, two hundred thousand and a million unless
 * told.
 *
 * Builds the ledger set-based into a built-in server of its own (no fsync: nothing of it needs to last), with allocations on a third of the
 * invoices and a reminder with its items and events for every other customer, and runs the checks in a process of its own. Beside it: one count over
 * the invoices, which is what no check can do without. Prints a table and one line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { companyWith, testInstallation } from '../test/app/installation.ts';
import type { Session } from '../src/app/session.ts';
import { validate } from '../src/app/validate/validate.ts';
import { stopServer } from '../src/store/embedded/embedded-server.ts';
import { TRIAL_ROWS } from '../src/store/sql/validate/trial-rows.ts';

const TARGET_SECONDS = 60;
const REMINDERS = 'customer_consolidated_reminders';

async function main(): Promise<void> {
  const customers = Number(process.argv[2] ?? 200_000);
  const invoices = Number(process.argv[3] ?? 1_000_000);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  process.env['WAFA_TEST_HOME'] = home;
  try {
    const database = await createTestDatabase();
    const session = await companyWith(testInstallation(database, { login: 'bench' }), { code: 'BENCH' });
    const began = performance.now();
    await buildLedger(database, session, customers, invoices);
    const buildSeconds = (performance.now() - began) / 1_000;
    const countSeconds = await seconds(() => database.admin.query('select count(*), sum(open_minor) from invoices'));
    await report({ customers, invoices, buildSeconds, countSeconds }, session);
    await database.drop();
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** As a superuser without triggers: foreign keys and generated audit events are not what is measured. */
async function buildLedger({ admin }: TestDatabase, { companyId }: Session, customers: number, invoices: number): Promise<void> {
  const each = Math.max(1, Math.round(invoices / customers));
  const run = (text: string): Promise<unknown> => admin.query(text.replaceAll('$company', String(companyId)));
  await run('set session_replication_role = replica');
  await run(
    `insert into customers (company_id, code, name) select $company, 'C-' || n, 'Customer ' || n from generate_series(1, ${customers}) n`,
  );
  await run(`insert into contacts (company_id, customer_id, name, address, is_primary, source)
             select company_id, id, 'Accounts', 'accounts@c' || id || '.example', true, 'bench' from customers`);
  await run(`insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, settled_on, source)
             select c.company_id, c.id, 'INVOICE', 'INV-' || c.id || '-' || n, date '2026-06-01' + (n * 20 + c.id % 20)::int,
                    date '2026-07-01' + (n * 20 + c.id % 20)::int, 'AED', 100000, case when n % 3 = 0 then 0 else 100000 end,
                    case when n % 3 = 0 then date '2026-09-01' end, 'bench'
               from customers c, generate_series(1, ${each}) n`);
  await run(`insert into payments (company_id, customer_id, reference, received_on, currency, amount_minor, unallocated_minor, method, source)
             select company_id, customer_id, 'TT-' || id, settled_on, currency, total_minor, 0, 'TRANSFER', 'bench' from invoices where open_minor = 0`);
  await run(`insert into allocations (company_id, kind, invoice_id, payment_id, amount_minor, effective_on)
             select i.company_id, 'PAYMENT', i.id, p.id, i.total_minor, i.settled_on
               from invoices i join payments p on p.company_id = i.company_id and p.reference = 'TT-' || i.id where i.open_minor = 0`);
  await buildReminders(run);
  await run('set session_replication_role = origin');
  await run('analyze');
}

async function buildReminders(run: (text: string) => Promise<unknown>): Promise<void> {
  const { columns, values } = TRIAL_ROWS[REMINDERS] ?? { columns: '', values: '' };
  const own: Readonly<Record<string, string>> = {
    customer_id: 'c.id',
    contact_id: 'c.id',
    template_id: '(select min(id) from email_templates)',
    policy_version_id: '(select min(id) from policy_versions)',
    message_id: `'<rem.' || c.id || '@wafa.example>'`,
    total_amount_minor: '200000',
    totals: `'[{"currency":"AED","minor":"200000"}]'::jsonb`,
    scheduled_for: `timestamptz '2026-11-23T05:00Z'`,
    as_on: `date '2026-11-23'`,
    next_eligible_contact_on: `date '2026-11-30'`,
  };
  const given = columns.split(/,\s*/).map((name) => name.trim());
  await run(`insert into ${REMINDERS} (company_id, ${given.join(', ')})
             select c.company_id, ${given.map((name) => own[name] ?? `t.${name}`).join(', ')}
               from customers c cross join (select ${values}) t(${columns}) where c.id % 2 = 0`);
  await run(`insert into consolidated_reminder_items (company_id, reminder_id, position, kind, invoice_id, number, branch_id, branch_code, branch_name,
               issued_on, due_on, days_past_due, currency, total_minor, balance_minor, asked_minor, live)
             select r.company_id, r.id, row_number() over (partition by r.id order by i.id), 'INVOICE', i.id, i.number, i.customer_id, 'C', 'C',
                    i.issued_on, i.due_on, 30, 'AED', i.total_minor, i.open_minor, 100000, true
               from ${REMINDERS} r
               cross join lateral (select * from invoices i where i.company_id = r.company_id and i.customer_id = r.customer_id and i.open_minor > 0
                                    order by i.id limit 2) i`);
}

interface Built {
  readonly customers: number;
  readonly invoices: number;
  readonly buildSeconds: number;
  readonly countSeconds: number;
}

async function report(built: Built, session: Session): Promise<void> {
  const rows: { check: string; seconds: number; found: number }[] = [];
  const began = performance.now();
  for await (const { check, found, tookMs } of validate(session)) {
    rows.push({ check: check.id, seconds: tookMs / 1_000, found: found.total });
    for (const row of found.rows.slice(0, 3)) console.log(`${check.id}: ${row.found}`);
  }
  const total = (performance.now() - began) / 1_000;
  console.table([
    ...rows.toSorted((a, b) => b.seconds - a.seconds).slice(0, 12),
    { check: 'all', seconds: Number(total.toFixed(2)), found: 0 },
  ]);
  console.table([{ limit: 'count and sum over the invoices', seconds: Number(built.countSeconds.toFixed(2)) }]);
  const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
  const found = rows.filter((row) => row.found > 0);
  console.log(
    JSON.stringify({ bench: 'validate', ...built, target: TARGET_SECONDS, isMet: total <= TARGET_SECONDS, total, found, machine }),
  );
}

await main();
