import { createTestDatabase } from '../support/database.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';
import { companyWith, testInstallation } from './installation.ts';
import { importLedger } from '../../src/app/import-ledger.ts';
import { Transaction } from '../../src/store/connection/transaction.ts';
process.env['WAFA_TEST_HOME'] = '/tmp/wafa-ledger/home';
const database = await createTestDatabase();
const slow: [number, string][] = [];
for (const name of ['query', 'execute', 'copyIn'] as const) {
  const original = Transaction.prototype[name] as (...a: unknown[]) => Promise<unknown>;
  (Transaction.prototype as unknown as Record<string, unknown>)[name] = async function (this: unknown, ...a: unknown[]) {
    const t = performance.now();
    try { return await original.apply(this, a); } finally { slow.push([performance.now() - t, String(a[0]).replace(/\s+/g, ' ').slice(0, 110)]); }
  };
}
try {
  const session = await companyWith(testInstallation(database, { at: '2026-11-23T10:00:00+04:00' }), { code: 'X' });
  slow.length = 0;
  for (const spec of process.argv.slice(2)) {
    const [path, mapping, kind] = spec.split(':');
    const t = performance.now();
    const outcome = await importLedger(session, { path: path!, mapping, kind: kind as never }).catch((e) => { console.log(e.message, e.faults?.slice(0, 3)); throw e; });
    const ms = performance.now() - t;
    console.log(spec, Math.round(ms), 'ms', Math.round(outcome.file.rows / ms * 1000), 'rows/s', outcome.kind, outcome.counts, 'rss', Math.round(process.memoryUsage().rss / 1e6), 'max', Math.round(process.resourceUsage().maxRSS / 1e3));
    const by = new Map<string, [number, number]>();
    for (const [m, text] of slow) { const e = by.get(text) ?? [0, 0]; e[0] += m; e[1]++; by.set(text, e); }
    console.log([...by].sort((a, b) => b[1][0] - a[1][0]).slice(0, 14).map(([x, [m, n]]) => `${Math.round(m)} ms ×${n} ${x}`).join('\n'));
    slow.length = 0;
  }
} finally { await database.drop(); await stopServer('/tmp/wafa-ledger/home'); }
