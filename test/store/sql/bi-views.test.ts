/** The views for other tools, read by a login made as docs/operations.md says. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { packagePath } from '../../../src/package-root.ts';
import { testDatabase } from '../../support/database.ts';
import { createCompanyInEveryTable } from '../schema/whole-schema.ts';

const database = testDatabase();
const VIEWS = ['bi_open_invoices', 'bi_daily_balances', 'bi_daily_mails', 'bi_reminders', 'bi_attempts'];
const role = `bi_${process.pid}`;
let company: number;

beforeAll(async () => {
  const { admin, app } = database();
  ({ companyId: company } = await createCompanyInEveryTable(app, 'ALPHA'));
  await createCompanyInEveryTable(app, 'BETA');
  const page = readFileSync(packagePath('docs', 'operations.md'), 'utf8');
  const statements = /create role bi [^`]*/.exec(page)?.[0] ?? '';
  await admin.query(
    statements
      .replace(/\bbi\b(?!_)/g, role)
      .replace(`= '1'`, `= '${company}'`)
      .replace(`password '…'`, ''),
  );
});
afterAll(async () => {
  await database().admin.query(`drop owned by ${role}; drop role ${role}`);
});

/** As that login, whose settings hold from when it logs in. */
async function asReader(text: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const { admin } = database();
  await admin.query('begin');
  try {
    await admin.query(`set local role ${role}; set local wafa.company_id = '${company}'`);
    return (await admin.query<Record<string, string>>(text)).rows;
  } finally {
    await admin.query('rollback');
  }
}

test.for(VIEWS)('%s has the rows of its company alone', async (view) => {
  const rows = await asReader(`select company_id from ${view}`);
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => Number(row['company_id'])))).toEqual(new Set([company]));
});

test('amounts have the decimals of their currency', async () => {
  await database().admin.query(`update invoices set currency = 'KWD' where company_id = $1 and number = 'INV-117'`, [company]);
  const rows = await asReader('select number, currency, total_amount, open_amount from bi_open_invoices order by number');
  expect(rows).toContainEqual({
    number: 'INV-104',
    currency: 'AED',
    total_amount: '5000.00',
    open_amount: expect.stringMatching(/^\d+\.\d\d$/) as unknown,
  });
  expect(rows).toContainEqual({ number: 'INV-117', currency: 'KWD', total_amount: '320.000', open_amount: '320.000' });
  expect(await asReader('select days_1_30_amount from bi_daily_balances')).toEqual([{ days_1_30_amount: '8200.00' }]);
});

test('no view shows an address or the text of a mail', async () => {
  const columns = await asReader(
    `select column_name as name from information_schema.columns where table_name like 'bi_%' and column_name ~ 'address|recipient|reply_text|note|phone'`,
  );
  expect(columns).toEqual([]);
});
