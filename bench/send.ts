/**
 * How fast approved reminders leave: `npm run bench -- send [reminders]`, ten thousand unless told.
 *
 * A daemon as a process of its own, over a built-in server with the settings it ships with (durable commits included), sends reminders of
 * five invoices through the full gate to a mail server on loopback. Beside it: the mail library's own pool with nothing around it, and
 * what a synced write costs. Then how long one reminder waits from the moment it may leave, with the daemon woken and by its poll alone,
 * and what a daemon costs that has nothing to do.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { approveReminders } from '../src/app/approve-reminders.ts';
import { openInstallation, type Installation } from '../src/app/installation.ts';
import { prepared } from '../src/app/prepare-database.ts';
import type { ReminderChoice } from '../src/app/reminder-batch.ts';
import type { Session } from '../src/app/session.ts';
import { asId } from '../src/domain/ids.ts';
import { openSession as openLogin } from '../src/store/connection/session.ts';
import { embeddedAdministrator, stopServer } from '../src/store/embedded/embedded-server.ts';
import { homeLayout } from '../src/store/embedded/home-layout.ts';
import { runningPostmaster } from '../src/store/embedded/postmaster.ts';
import { companyOf, MONDAY } from './send/ledger.ts';
import { fsyncLatency, rawMails, type RawMails } from './send/limits.ts';
import { percentile } from './send/percentile.ts';
import { childrenCpuSeconds, costOf, idleCost, startDaemon, startSink, type Sink } from './send/processes.ts';

const TARGET = { remindersPerSecond: 500, pollP95Ms: 10_000, notifyP95Ms: 1_000, idleCpuPercent: 1, idleRssMb: 150 };
/** As many connections as a daemon opens to a mail server on this machine. */
const CONNECTIONS = 5;
/** Reminders whose wait is measured, each way. */
const WAITS = 60;
const IDLE_SECONDS = 30;

type Admin = Awaited<ReturnType<typeof openLogin>>;

interface World {
  readonly installation: Installation;
  readonly admin: Admin;
  readonly sink: Sink;
  readonly env: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
  const reminders = Number(process.argv[2] ?? 10_000);
  const home = mkdtempSync(join(tmpdir(), 'wafa-bench-'));
  // As root the server runs under another account, which must be able to pass.
  chmodSync(home, 0o711);
  const sink = await startSink();
  const env = { WAFA_HOME: home, SMTP_URL: `smtp://127.0.0.1:${sink.port}`, WAFA_CLOCK: MONDAY };
  // Time stands still here: what is approved is due whenever a daemon's own time began.
  const clock = { isOverridden: true, now: async () => Temporal.Instant.from(MONDAY) };
  const installation = { ...prepared(openInstallation({ env, operatingSystemLogin: 'bench' })), clock };
  try {
    await installation.database();
    const admin = await openLogin({ ...embeddedAdministrator(home), database: 'wafa' }, { applicationName: 'wafa bench' });
    const world = { installation, admin, sink, env };
    const throughput = await measureThroughput(world, reminders);
    const limits = {
      raw: await rawMails(sink.port, Math.min(5_000, reminders), CONNECTIONS, throughput.bytesEach),
      fsync: await fsyncLatency(home, 200),
    };
    const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
    reportThroughput(throughput, limits);
    const waits = await measureWaits(world);
    reportWaits(waits);
    await admin.end();
    const figures = { throughput, limits, waits };
    process.stdout.write(`${JSON.stringify({ bench: 'send', reminders, target: TARGET, figures, machine })}\n`);
  } finally {
    await installation.close();
    sink.stop();
    await stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

interface Throughput {
  /** From the first mail taken to the last. */
  readonly acceptedPerSecond: number;
  /** From the first mail taken until the database knew of all. */
  readonly recordedPerSecond: number;
  /** What a machine that is busy with other things hardly changes. */
  readonly daemonCpuMsEach: number;
  readonly serverCpuMsEach: number;
  readonly bytesEach: number;
  readonly sent: number;
  readonly rssMb: number;
}

/** Everything is approved and waits for tomorrow; then its time comes at once. */
async function measureThroughput({ installation, admin, sink, env }: World, reminders: number): Promise<Throughput> {
  const session = await companyOf(installation, 'FAST', reminders);
  await approveForTomorrow(admin, session, { filter: {} });
  await admin.query('analyze');
  const daemon = await startDaemon(env);
  await sink.takenSince();
  const before = costOf(daemon.pid).cpuSeconds;
  const postmaster = runningPostmaster(homeLayout(installation.home)) ?? 0;
  const serverBefore = childrenCpuSeconds(postmaster);
  await admin.query("update customer_consolidated_reminders set claimable_at = $2 where company_id = $1 and delivery_status = 'QUEUED'", [
    session.companyId,
    MONDAY,
  ]);
  await allSent(admin, session);
  const recordedMs = Date.now();
  const cost = costOf(daemon.pid);
  const serverCpuSeconds = childrenCpuSeconds(postmaster) - serverBefore;
  await daemon.stop();
  const taken = await sink.takenSince();
  const times = taken.map(({ atMs }) => atMs);
  const firstMs = times[0] ?? 0;
  const { rows } = await admin.query<{ sent: number }>(
    "select count(*)::int as sent from customer_consolidated_reminders where company_id = $1 and delivery_status = 'SENT'",
    [session.companyId],
  );
  return {
    acceptedPerSecond: (taken.length - 1) / (((times.at(-1) ?? 0) - firstMs) / 1_000),
    recordedPerSecond: taken.length / ((recordedMs - firstMs) / 1_000),
    daemonCpuMsEach: ((cost.cpuSeconds - before) * 1_000) / reminders,
    serverCpuMsEach: (serverCpuSeconds * 1_000) / reminders,
    bytesEach: Math.round(taken.reduce((sum, { bytes }) => sum + bytes, 0) / taken.length),
    sent: rows[0]?.sent ?? 0,
    rssMb: cost.rssMb,
  };
}

async function approveForTomorrow(admin: Admin, session: Session, choice: ReminderChoice): Promise<void> {
  await approveReminders(session, choice);
  await admin.query(
    "update customer_consolidated_reminders set claimable_at = $2::timestamptz + interval '1 day' where company_id = $1 and delivery_status = 'QUEUED'",
    [session.companyId, MONDAY],
  );
}

async function allSent(admin: Admin, { companyId }: Session): Promise<void> {
  for (;;) {
    const { rows } = await admin.query(
      "select from customer_consolidated_reminders where company_id = $1 and delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING') limit 1",
      [companyId],
    );
    if (rows.length === 0) return;
    await pause(20);
  }
}

interface Waits {
  readonly notify: Wait;
  readonly poll: Wait;
  readonly idle: { readonly cpuPercent: number; readonly rssMb: number };
}

interface Wait {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

async function measureWaits(world: World): Promise<Waits> {
  const session = await companyOf(world.installation, 'WAITS', 2 * WAITS);
  const { rows } = await world.admin.query<{ id: string; message_id: string }>(
    'select id, message_id from customer_consolidated_reminders where company_id = $1 order by id',
    [session.companyId],
  );
  const [byHint, byPoll] = [rows.slice(0, WAITS), rows.slice(WAITS)];
  await approveForTomorrow(world.admin, session, { ids: byPoll.map(({ id }) => asId<'reminder'>(Number(id))) });
  const daemon = await startDaemon(world.env);
  try {
    const notify = await woken(world, session, byHint);
    const poll = await polled(world, session, byPoll);
    // A little rest first: what was just done is cleared up.
    await pause(5_000);
    return { notify, poll, idle: await idleCost(daemon.pid, IDLE_SECONDS) };
  } finally {
    await daemon.stop();
  }
}

interface Waiting {
  readonly id: string;
  readonly message_id: string;
}

/** Each is approved while the daemon sleeps; its transaction wakes it. */
async function woken({ sink }: World, session: Session, reminders: readonly Waiting[]): Promise<Wait> {
  const took: number[] = [];
  for (const { id, message_id } of reminders) {
    const started = Date.now();
    await approveReminders(session, { ids: [asId<'reminder'>(Number(id))] });
    took.push((await takenAt(sink, message_id)) - started);
    await pause(Math.random() * 300);
  }
  return { p50Ms: percentile(took, 50), p95Ms: percentile(took, 95) };
}

/** Their time is changed past every hint, at any moment between two polls. */
async function polled({ sink, admin }: World, session: Session, reminders: readonly Waiting[]): Promise<Wait> {
  const started = new Map<string, number>();
  const took: number[] = [];
  for (const { id, message_id } of reminders) {
    await admin.query('update customer_consolidated_reminders set claimable_at = $3 where company_id = $1 and id = $2', [
      session.companyId,
      id,
      MONDAY,
    ]);
    started.set(message_id, Date.now());
    await pause(Math.random() * 500);
    for (const { messageId, atMs } of await sink.takenSince()) took.push(atMs - (started.get(messageId) ?? atMs));
  }
  while (took.length < reminders.length) {
    await pause(100);
    for (const { messageId, atMs } of await sink.takenSince()) took.push(atMs - (started.get(messageId) ?? atMs));
  }
  return { p50Ms: percentile(took, 50), p95Ms: percentile(took, 95) };
}

async function takenAt(sink: Sink, wanted: string): Promise<number> {
  const endsMs = Date.now() + 60_000;
  while (Date.now() < endsMs) {
    const found = (await sink.takenSince()).find(({ messageId }) => messageId === wanted);
    if (found !== undefined) return found.atMs;
    await pause(5);
  }
  throw new Error('a reminder that may leave did not leave within a minute');
}

interface Limits {
  readonly raw: RawMails;
  readonly fsync: Wait;
}

const row = (what: string, measured: number, unit: string, target = '', isMet: boolean | null = null) => ({
  what,
  measured: Number(measured.toFixed(1)),
  unit,
  target,
  met: isMet ?? '',
});

function reportThroughput(throughput: Throughput, limits: Limits): void {
  const perSecond = throughput.recordedPerSecond;
  console.table([
    row('reminders sent and recorded', perSecond, '/s', `>= ${TARGET.remindersPerSecond}`, perSecond >= TARGET.remindersPerSecond),
    row('reminders taken by the server', throughput.acceptedPerSecond, '/s'),
    row('daemon CPU per reminder', throughput.daemonCpuMsEach, 'ms'),
    row('database CPU per reminder', throughput.serverCpuMsEach, 'ms'),
    row('daemon RSS after sending', throughput.rssMb, 'MB'),
    row('bytes of each', throughput.bytesEach, 'B'),
    row('limit: pooled nodemailer alone', limits.raw.perSecond, '/s'),
    row('limit: its CPU per mail', limits.raw.cpuMsEach, 'ms'),
    row('limit: synced write, p50', limits.fsync.p50Ms, 'ms'),
    row('limit: synced write, p95', limits.fsync.p95Ms, 'ms'),
  ]);
}

function reportWaits({ notify, poll, idle }: Waits): void {
  console.table([
    row('approve -> accepted, woken, p95', notify.p95Ms, 'ms', `<= ${TARGET.notifyP95Ms}`, notify.p95Ms <= TARGET.notifyP95Ms),
    row('claimable -> accepted, by poll, p95', poll.p95Ms, 'ms', `<= ${TARGET.pollP95Ms}`, poll.p95Ms <= TARGET.pollP95Ms),
    row('idle daemon, CPU', idle.cpuPercent, '%', `< ${TARGET.idleCpuPercent}`, idle.cpuPercent < TARGET.idleCpuPercent),
    row('idle daemon, RSS', idle.rssMb, 'MB', `< ${TARGET.idleRssMb}`, idle.rssMb < TARGET.idleRssMb),
  ]);
}

await main();
