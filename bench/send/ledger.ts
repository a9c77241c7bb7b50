/** A company of its own with so many approved reminders of five invoices each, every customer at a domain of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createCompany } from '../../src/app/create-company.ts';
import { importLedger } from '../../src/app/import-ledger.ts';
import type { Installation } from '../../src/app/installation.ts';
import { planReminders } from '../../src/app/plan-run.ts';
import { openSession, type Session } from '../../src/app/session.ts';
import { withCompany } from '../../src/store/connection/with-company.ts';

/** A Monday in the forenoon: the window is open. */
export const MONDAY = '2026-11-23T10:00:00+04:00';

const INVOICES_EACH = 5;

/** Limits wide open and no pause after the first ten: what is measured is how fast everything else goes. */
const POLICY = {
  'approval.undoMinutes': '0',
  'release.cautionAbove': '100000',
  'sending.perDay': '100000',
  'sending.perDomainPerHour': '10000',
};

export async function companyOf(installation: Installation, code: string, customers: number): Promise<Session> {
  await createCompany(installation, { code, name: `${code} LLC`, phone: '+971 4 000 0000', contactPerson: 'Mariam', policy: POLICY });
  const session = await openSession(installation, code);
  await withCompany(session.database, session.companyId, (tx) =>
    tx.query('update companies set went_live_at = now() where company_id = $1', [tx.companyId]),
  );
  const folder = installation.home;
  const each = Array.from({ length: customers }, (_, at) => at + 1);
  const customersFile = join(folder, `${code}-customers.csv`);
  writeFileSync(
    customersFile,
    `customer_code,name,email,payment_terms_days\n${each.map((at) => `C-${at},Trading house ${at} LLC,accounts@customer${at}.example.ae,30\n`).join('')}`,
  );
  const invoicesFile = join(folder, `${code}-invoices.csv`);
  writeFileSync(
    invoicesFile,
    `invoice_number,customer_code,issue_date,due_date,currency,total\n${each.flatMap((at) => Array.from({ length: INVOICES_EACH }, (_, n) => `INV-${at}-${n},C-${at},2026-10-0${n + 1},2026-11-0${n + 1},AED,${900 + n}.50\n`)).join('')}`,
  );
  await importLedger(session, { path: customersFile, mapping: 'wafa', kind: 'customers' });
  await importLedger(session, { path: invoicesFile, mapping: 'wafa', kind: 'invoices' });
  await planReminders(session, { startedBy: 'OPERATOR' });
  return session;
}
