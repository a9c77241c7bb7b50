/** The public IBM ledger, looked at on the first of 23 months. Skipped where the file is absent; the project does not ship it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { importLedger } from '../../../src/app/import-ledger.ts';
import { readAgeing } from '../../../src/app/insight/read-ageing.ts';
import type { Session } from '../../../src/app/session.ts';
import { setPolicy } from '../../../src/app/set-policy.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { at, plan } from '../sending-day.ts';

const file = fileURLToPath(new URL('../../../../shared/data/ibm/accounts-receivable.csv', import.meta.url));
const FIRST = Temporal.PlainDate.from('2012-03-01');
const months = Array.from({ length: 23 }, (_, index) => FIRST.add({ months: index }));

describe.skipIf(!existsSync(file))('the public ledger month by month (needs shared/data/ibm/accounts-receivable.csv)', () => {
  const database = testDatabase();
  let session: Session;

  beforeAll(async () => {
    session = await companyWith(testInstallation(database(), { at: '2014-01-02T10:00:00+04:00' }), { code: 'IBM' });
    await importLedger(session, { path: file, mapping: 'ibm-ar', kind: 'invoices' });
    await setPolicy(session, { 'calendar.preset': 'continuous', 'trigger.workingDays': '1', 'minimum.amount': '0' });
  });

  it('has 266 overdue invoices of 226 customers over the months, in the ageing and in the runs alike', { timeout: 240_000 }, async () => {
    expect(months.at(-1)?.toString()).toBe('2014-01-01');
    const sums = { aged: [0, 0], planned: [0, 0] };
    for (const asOf of months) {
      const { currencies } = await readAgeing(session, { asOf, weeks: 0 });
      for (const { overdueItems, overdueAccounts } of currencies) add(sums.aged, overdueItems, overdueAccounts);
      const { overdueItems, overdueCustomers } = await plan(await at(session, `${asOf.toString()}T10:00:00+04:00`));
      add(sums.planned, overdueItems, overdueCustomers);
    }
    expect(sums).toEqual({ aged: [266, 226], planned: [266, 226] });
  });
});

function add(sum: number[], items: number, customers: number): void {
  sum[0] = (sum[0] ?? 0) + items;
  sum[1] = (sum[1] ?? 0) + customers;
}
