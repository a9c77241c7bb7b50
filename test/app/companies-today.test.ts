/** Somebody who works for several companies sees what waits in each of theirs, and a session that only looks can change nothing in any. */
import { expect, it } from 'vitest';

import { plan } from './sending-day.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { readCompaniesToday } from '../../src/app/read-companies-today.ts';
import { readToday } from '../../src/app/read-today.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

it('sees each of their companies with its own counts, and none of anybody else’s', async () => {
  const installation = testInstallation(database(), { login: 'noura' });
  const first = await companyWith(installation, { code: 'FIRST' });
  await companyWith(installation, { code: 'SECOND' });
  await companyWith(testInstallation(database(), { login: 'stranger' }), { code: 'THIRD' });
  await importSmallLedger(first, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '900.00', '2026-10-01')] });
  await plan(first);
  const seen = await readCompaniesToday(first);
  expect(seen.map(({ code, isHere, today }) => [code, isHere, today.rows.find(({ key }) => key === 'to-approve')?.count])).toEqual([
    ['FIRST', true, 1],
    ['SECOND', false, 0],
  ]);
});

it('is refused every change by a session that only looks, whatever the role, and reads as before', async () => {
  const session = await companyWith(testInstallation(database(), { login: 'layla' }), { code: 'LOOK' });
  const looking = { ...session, isReadOnly: true };
  await expect(plan(looking)).rejects.toThrow(/read-only/);
  expect((await readToday(looking)).rows).toEqual((await readToday(session)).rows);
});
