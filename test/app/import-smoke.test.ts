import { expect, it } from 'vitest';
import { importLedger } from '../../src/app/import-ledger.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, testInstallation } from './installation.ts';
const database = testDatabase();
it('smoke', async () => {
  const installation = testInstallation(database(), { at: '2013-05-01T10:00:00+04:00' });
  const session = await companyWith(installation, { code: 'IBM' });
  const t = performance.now();
  const outcome = await importLedger(session, { path: '/work/shared/data/ibm/accounts-receivable.csv', mapping: 'ibm-ar', kind: 'invoices' });
  console.log(performance.now() - t, outcome.kind, outcome.counts, outcome.batchId, outcome.warnings.length, outcome.file);
  const again = await importLedger(session, { path: '/work/shared/data/ibm/accounts-receivable.csv', mapping: 'ibm-ar', kind: 'invoices' });
  console.log(again.kind, again.counts, again.batchId);
  console.log((await database().admin.query('select count(*), count(*) filter (where open_minor = 0) settled, max(settled_on)::text from invoices')).rows, (await database().admin.query('select max(facts_version) from customers')).rows, (await database().admin.query('select id, verb, object_kind, detail from audit_logs')).rows);
  expect(outcome.counts.documentsAdded).toBe(2466);
});
