import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { approveReminders } from '../src/app/approve-reminders.ts';
import { openInstallation } from '../src/app/installation.ts';
import { prepared } from '../src/app/prepare-database.ts';
import { openSession as openLogin } from '../src/store/connection/session.ts';
import { embeddedAdministrator, stopServer } from '../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../src/store/embedded/home-layout.ts';
import { runningPostmaster } from '../src/store/embedded/postmaster.ts';
import { companyOf, MONDAY } from './send/ledger.ts';
import { childrenCpuSeconds, costOf, startDaemon, startSink } from './send/processes.ts';
const N = Number(process.argv[2] ?? 1000);
const STAT = process.argv[3] === 'stat';
const home = mkdtempSync(join(tmpdir(), 'wb-'));
chmodSync(home, 0o711);
const sink = await startSink();
const env = { WAFA_HOME: home, SMTP_URL: `smtp://127.0.0.1:${sink.port}`, WAFA_CLOCK: MONDAY };
const clock = { isOverridden: true, now: async () => Temporal.Instant.from(MONDAY) };
const open = () => ({ ...prepared(openInstallation({ env, operatingSystemLogin: 'bench' })), clock });
let installation = open();
try {
  await installation.database();
  if (STAT) {
    await installation.close(); await stopServer(home);
    writeFileSync(homeLayout(home).ownConfigFile, "shared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track = all\npg_stat_statements.track_planning = on\ntrack_io_timing=on\n");
    installation = open(); await installation.database();
  }
  const admin = await openLogin({ ...embeddedAdministrator(home), database: 'wafa' }, { applicationName: 'b' });
  if (STAT) await admin.query('create extension pg_stat_statements');
  const session = await companyOf(installation, 'FAST', N);
  await approveReminders(session, { filter: {} });
  await admin.query("update customer_consolidated_reminders set claimable_at = $2::timestamptz + interval '1 day' where company_id = $1 and delivery_status = 'QUEUED'", [session.companyId, MONDAY]);
  await admin.query('analyze');
  const daemon = await startDaemon(env);
  await sink.takenSince();
  const postmaster = runningPostmaster(homeLayout(home)) ?? 0;
  const before = costOf(daemon.pid).cpuSeconds, sb = childrenCpuSeconds(postmaster);
  if (STAT) await admin.query('select pg_stat_statements_reset()');
  const xact = async () => (await admin.query<{ n: string; lsn: string }>("select xact_commit as n, pg_current_wal_lsn() - '0/0' as lsn from pg_stat_database where datname='wafa'")).rows[0]!;
  await pause(300); const x0 = await xact();
  await admin.query("update customer_consolidated_reminders set claimable_at = $2 where company_id = $1 and delivery_status = 'QUEUED'", [session.companyId, MONDAY]);
  const t0 = Date.now();
  for (;;) {
    const { rows } = await admin.query("select from customer_consolidated_reminders where company_id = $1 and delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING') limit 1", [session.companyId]);
    if (rows.length === 0) break;
    await pause(100);
  }
  const done = Date.now();
  const cost = costOf(daemon.pid), sa = childrenCpuSeconds(postmaster);
  const taken = await sink.takenSince();
  await pause(1500); const x1 = await xact();
  const first = taken[0]!.atMs;
  console.log(JSON.stringify({ n: taken.length, perSecond: +(taken.length / ((done - first) / 1000)).toFixed(1), daemonMs: +((cost.cpuSeconds - before) * 1000 / N).toFixed(2), dbMs: +((sa - sb) * 1000 / N).toFixed(2), rss: cost.rssMb, startMs: first - t0, xacts: Number(x1.n) - Number(x0.n), walKbEach: ((Number(x1.lsn) - Number(x0.lsn)) / 1024 / N).toFixed(1), load: loadavg()[0]!.toFixed(1) }));
  if (STAT) {
    const { rows } = await admin.query("select calls, rows, round((total_exec_time)::numeric,1) as exec, round(total_plan_time::numeric,1) as plan, left(regexp_replace(query,'\\s+',' ','g'),150) as q from pg_stat_statements order by total_exec_time+total_plan_time desc limit 45");
    for (const r of rows) console.log(String(r.exec).padStart(8), String(r.plan).padStart(7), String(r.calls).padStart(6), String(r.rows).padStart(6), r.q);
    const { rows: [s] } = await admin.query('select sum(total_exec_time) e, sum(total_plan_time) p, sum(calls) c from pg_stat_statements'); console.log(s);
  }
  await pause(15000); console.log('rss 15 s later', costOf(daemon.pid).rssMb);
  await daemon.stop();
  await admin.end();
} finally { await installation.close(); sink.stop(); await stopServer(home); rmSync(home, { recursive: true, force: true }); }
