import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importLedger } from '../../../src/app/import-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const path = fileURLToPath(new URL('../../../../shared/data/ibm/accounts-receivable.csv', import.meta.url));

describe.skipIf(!existsSync(path))('the public IBM ledger (needs shared/data/ibm/accounts-receivable.csv)', () => {
  const database = testDatabase();

  it('comes in through its mapping: 100 customers, 2,466 invoices and the payment of each', async () => {
    const session = await companyWith(testInstallation(database(), { at: '2013-05-01T10:00:00+04:00' }), { code: 'IBM' });
    const outcome = await importLedger(session, { path, mapping: 'ibm-ar', kind: 'invoices' });
    expect(outcome).toMatchObject({
      kind: 'imported',
      counts: { customersAdded: 100, contactsWritten: 100, documentsAdded: 2466, paymentsAdded: 2466, allocationsAdded: 2466 },
    });
    expect(await importLedger(session, { path, mapping: 'ibm-ar', kind: 'invoices' })).toMatchObject({ kind: 'nothing-new' });
    const { rows } = await database().admin.query(
      `select count(*)::int as open from invoices where settled_on > '2013-05-01' and issued_on <= '2013-05-01' and due_on < '2013-05-01'`,
    );
    expect(rows).toEqual([{ open: 15 }]);
  });
});
