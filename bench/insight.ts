/**
 * How long figures take on a large ledger: `npm run bench -- insight [invoices] [accounts] [attempts]`, a million open invoices of two hundred thousand
 * accounts and a million attempts over three months unless told.
 *
 * Fills a built-in server of its own by a few statements over `generate_series` (a reminder has two attempts), takes the last evening as a daemon does, makes up the
 * evenings before it, and asks through the application, permission and transaction included. Beside it: a count over the same invoices. Wall time and
 * what the database's process took of a processor are both given: on a busy machine only the second says something.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import type pg from 'pg';

import { createCompany } from '../src/app/create-company.ts';
import { readAgeing } from '../src/app/insight/read-ageing.ts';
import { readDashboard } from '../src/app/insight/read-dashboard.ts';
import { readEffect } from '../src/app/insight/read-effect.ts';
import { readEngagement } from '../src/app/insight/read-engagement.ts';
import { takeSnapshot } from '../src/app/insight/take-snapshots.ts';
import { openInstallation } from '../src/app/installation.ts';
import { prepared } from '../src/app/prepare-database.ts';
import { openSession } from '../src/app/session.ts';
import { withCompany } from '../src/store/connection/with-company.ts';
import { openByDueDay } from '../src/store/sql/insight/open-balances.ts';
import { openSession as openLogin } from '../src/store/connection/session.ts';
import { embeddedAdministrator, stopServer } from '../src/store/embedded/embedded-server.ts';
import { fillInsight, queryPlans } from './insight/fill.ts';
import { percentile } from './send/percentile.ts';

const TIMES = 20;

async function main(): Promise<void> {
  const [invoices = 1_000_000, accounts = 200_000, attempts = 1_000_000] = process.argv.slice(2).map(Number);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  // As root the server runs under another account, which must be able to pass.
  chmodSync(home, 0o711);
  try {
    const installation = prepared(openInstallation({ env: { WAFA_HOME: home }, operatingSystemLogin: 'bench' }));
    await createCompany(installation, { code: 'BENCH', name: 'Bench LLC' });
    const session = await openSession(installation, 'BENCH');
    const admin = await openLogin({ ...embeddedAdministrator(home), database: 'wafa' }, { applicationName: 'wafa bench' });
    const today = Temporal.Now.zonedDateTimeISO('Asia/Dubai').toPlainDate();
    await fillInsight(admin, { companyId: session.companyId, today: today.toString(), invoices, accounts, attempts });
    const yesterday = today.subtract({ days: 1 });
    const month = { month: today.subtract({ months: 1 }).toPlainYearMonth().toString() };
    const rows = [
      await timed(admin, { what: 'a day taken', times: 3, targetMs: 5_000 }, () => takeSnapshot(session, yesterday)),
      await timed(admin, { what: 'dashboard', times: TIMES, targetMs: 100 }, () => readDashboard(session)),
      await timed(admin, { what: 'a month of mail', times: TIMES, targetMs: 60 }, () => readEngagement(session, month)),
      await timed(admin, { what: 'ageing of every open invoice', times: TIMES, targetMs: 300 }, () => readAgeing(session, { weeks: 0 })),
      await timed(admin, { what: 'of it, the amounts by age', times: TIMES, targetMs: 300 }, () =>
        withCompany(session.database, session.companyId, (tx) => openByDueDay(tx, today), { isReadOnly: true }),
      ),
      await timed(admin, { what: 'what followed reminders', times: 3, targetMs: null }, () => readEffect(session, {})),
      await timed(admin, { what: 'limit: the same invoices counted', times: TIMES, targetMs: null }, () =>
        admin.query(
          `select count(*), sum(open_minor) from invoices where company_id = ${session.companyId} and kind = 'INVOICE' and open_minor > 0`,
        ),
      ),
    ];
    const plans = await queryPlans(admin, session.companyId, today.toString());
    await admin.end();
    console.table(rows);
    const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
    process.stdout.write(`${JSON.stringify({ bench: 'insight', invoices, accounts, attempts, rows, plans, machine })}\n`);
    await installation.close();
  } finally {
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

/** Processor time of the database's processes that answer, and of those that helped them and are gone, in milliseconds; 0 where it cannot be read. */
async function serverMs(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where backend_type = 'client backend'`);
  const fields = (pid: number): readonly number[] => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .map(Number);
    } catch {
      return [];
    }
  };
  const ticks = (pid: number, from: number): number => (fields(pid)[from] ?? 0) + (fields(pid)[from + 1] ?? 0);
  const parent = fields(rows[0]?.pid ?? 0)[1] ?? 0;
  // A hundredth of a second each; the parent has those of its children that ended.
  return 10 * rows.reduce((sum, { pid }) => sum + ticks(pid, 11), ticks(parent, 13));
}

interface Timed {
  readonly what: string;
  readonly times: number;
  /** Of the ninety-fifth per cent; `null`: none is set. */
  readonly targetMs: number | null;
}

async function timed(admin: pg.Client, { what, times, targetMs }: Timed, work: () => Promise<unknown>) {
  await work();
  const ms: number[] = [];
  const before = { server: await serverMs(admin), own: process.cpuUsage() };
  for (let time = 0; time < times; time += 1) {
    const started = performance.now();
    await work();
    ms.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before.own);
  const serverCpuMs = ((await serverMs(admin)) - before.server) / times;
  const rounded = (value: number): number => Number(value.toFixed(1));
  const p95Ms = rounded(percentile(ms, 95));
  return {
    what,
    'p50 ms': rounded(percentile(ms, 50)),
    'p95 ms': p95Ms,
    'must ms': targetMs,
    met: targetMs === null ? null : p95Ms <= targetMs,
    'server cpu ms': rounded(serverCpuMs),
    'own cpu ms': rounded((user + system) / 1_000 / times),
  };
}

await main();
