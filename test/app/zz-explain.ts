import { createTestDatabase } from '../support/database.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';
import { companyWith, testInstallation } from './installation.ts';
import { importLedger } from '../../src/app/import-ledger.ts';
import { Transaction } from '../../src/store/connection/transaction.ts';
process.env['WAFA_TEST_HOME'] = '/tmp/wafa-ledger/home';
const database = await createTestDatabase();
const original = Transaction.prototype.query as (...a: unknown[]) => Promise<unknown>;
let explain = '';
(Transaction.prototype as unknown as Record<string, unknown>)['query'] = async function (this: Transaction, ...a: unknown[]) {
  const text = String(a[0]);
  if (explain !== '' && text.startsWith('declare') && text.includes(explain)) {
    const rows = await original.call(this, 'explain analyze ' + text.replace(/^declare \S+ no scroll cursor for/, ''), []) as Record<string, string>[];
    console.log(rows.map((r) => r['queryPlan'] ?? JSON.stringify(r)).map(s=>s.slice(0,170)).join('\n'));
    explain = '';
  }
  return await original.apply(this, a);
};
try {
  const session = await companyWith(testInstallation(database), { code: 'X' });
  const B = process.argv[2];
  for (const kind of ['customers', 'invoices', 'credit-notes', 'payments']) {
    if (kind === process.argv[3]) explain = process.argv[4]!;
    const t = performance.now();
    await importLedger(session, { path: `${B}/${kind}.csv`, mapping: 'wafa', kind: kind as never });
    console.log(kind, performance.now() - t);
  }
} finally { await database.drop(); await stopServer('/tmp/wafa-ledger/home'); }
