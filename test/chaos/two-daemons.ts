/**
 * Two daemons as real processes, killed and frozen at random moments, over a database that loses connections and answers and a mail
 * server that misbehaves in every way it knows, while payments come in and operators cancel. What the server took, by its own log, is
 * then held against the database.
 */
import { type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

import { verifyAudit } from '../../src/app/audit/verify-audit.ts';
import { cancelReminders } from '../../src/app/change-reminders.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import type { Session } from '../../src/app/session.ts';
import { asId } from '../../src/domain/ids.ts';
import { MONDAY } from '../app/installation.ts';
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import { RELAY_SCRIPTS, type RelayBehaviour } from '../support/smtp-relay-script.ts';
import { duplicates, ended, startDaemon, type Environment } from './sender-process.ts';

export interface ChaosPlan {
  readonly session: Session;
  readonly admin: pg.Client;
  readonly env: Environment;
  readonly forMs: number;
  /** Goes on beyond the time until so many were killed. */
  readonly leastKills: number;
  readonly seed: number;
  /** A guard taken away, to see that the oracle notices. */
  readonly without?: 'at most once' | 'evidence';
}

export interface ChaosReport {
  readonly kills: number;
  readonly freezes: number;
  readonly lostCommits: number;
  readonly droppedConnections: number;
  readonly payments: number;
  readonly cancelled: number;
  readonly taken: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Everything that must be empty. */
  readonly violations: Readonly<Record<string, readonly unknown[]>>;
}

/** Silent ones would only fill the slots for as long as a server may be silent. */
const MISCHIEF = Object.keys(RELAY_SCRIPTS).filter(
  (name): name is RelayBehaviour => !/silence|no greeting|flood|AUTH|STARTTLS|mid-body/.test(name),
);

export async function runChaos(plan: ChaosPlan): Promise<ChaosReport> {
  const { session, admin, env, seed } = plan;
  const random = numbersFrom(seed);
  const relay = await startRelay('accept');
  const proxy = await startDatabaseProxy(env['DATABASE_URL'] ?? '');
  const home = mkdtempSync(join(tmpdir(), 'wafa-chaos-'));
  const daemonEnv = {
    ...env,
    DATABASE_URL: proxy.url,
    WAFA_HOME: home,
    SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
    WAFA_CLOCK: MONDAY,
    WAFA_DAEMON_PORT: 'off',
    TZ: 'UTC',
  };
  const over = new AbortController();
  const done = { kills: 0, freezes: 0, payments: 0, cancelled: 0 };
  const mischief: readonly RelayBehaviour[] = plan.without === 'evidence' ? ['close after dot'] : MISCHIEF;
  const chores = [
    misbehave(relay, proxy, mischief, random, over.signal),
    haste(plan, random, over.signal),
    people(session, admin, random, done, over.signal),
  ];
  const endsMs = performance.now() + plan.forMs;
  const isOver = (): boolean => performance.now() > endsMs && done.kills >= plan.leastKills;
  const slots = [0, 1].map(async () => {
    while (!isOver()) await oneLife(daemonEnv, random, done, isOver);
  });
  await Promise.all(slots);
  over.abort();
  await Promise.all(chores);
  await settle(plan, relay, proxy, daemonEnv);
  const report = await judge(plan, relay, proxy, done);
  await relay.close();
  await proxy.close();
  rmSync(home, { recursive: true, force: true });
  return report;
}

/** A daemon from its start to its violent end, now and then frozen for a while in between. */
async function oneLife(
  env: Environment,
  random: () => number,
  done: { kills: number; freezes: number },
  isOver: () => boolean,
): Promise<void> {
  const { process: daemon, log } = startDaemon(env);
  while (!log().includes('"started"') && isAlive(daemon) && !isOver()) await pause(10);
  await pause(random() * 1_500);
  if (random() < 0.3 && isAlive(daemon)) {
    daemon.kill('SIGSTOP');
    done.freezes += 1;
    await pause(200 + random() * 1_500);
    daemon.kill('SIGCONT');
    await pause(random() * 500);
  }
  if (isAlive(daemon)) {
    daemon.kill('SIGKILL');
    done.kills += 1;
  }
  await ended(daemon);
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Slow enough that daemons die while they send, to the last. */
async function misbehave(
  relay: SmtpRelay,
  proxy: DatabaseProxy,
  mischief: readonly RelayBehaviour[],
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  proxy.loseCommits(0.03);
  while (!signal.aborted) {
    relay.behave(random() < 0.7 ? 'accept, slowly' : (mischief[Math.floor(random() * mischief.length)] ?? 'accept'));
    if (random() < 0.02) proxy.dropAll();
    await pause(60);
  }
}

/** Lets time fly: retries come due, servers are forgiven, and leases run out early, which must do no harm. */
async function haste({ admin, session, without }: ChaosPlan, random: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await forgive(admin, session);
    if (random() < 0.1) await expireLeases(admin, session);
    if (without === 'at most once') {
      await meddle(
        admin,
        `update customer_consolidated_reminders set delivery_status = 'QUEUED', lease_until = null, lease_holder = null, claimable_at = $2
          where company_id = $1 and delivery_status in ('TRANSMITTING', 'UNCERTAIN')`,
        [session.companyId, MONDAY],
      );
    }
    await pause(200);
  }
}

async function forgive(admin: pg.Client, { companyId }: Session): Promise<void> {
  await meddle(
    admin,
    `update relays set failures = 0, doubts = 0, doubts_since = null, opened_at = null, opened_why = null, probe_at = null, probes = 0`,
    [],
  );
  await meddle(admin, `delete from rate_tokens where company_id = $1 and bucket like 'rest:%'`, [companyId]);
  await meddle(
    admin,
    `update customer_consolidated_reminders set claimable_at = $2 where company_id = $1 and delivery_status = 'QUEUED' and claimable_at > $2`,
    [companyId, MONDAY],
  );
}

const expireLeases = (admin: pg.Client, { companyId }: Session): Promise<void> =>
  meddle(
    admin,
    `update customer_consolidated_reminders set lease_until = now() - interval '1 second' where company_id = $1 and delivery_status in ('LEASED', 'TRANSMITTING')`,
    [companyId],
  );

/**
 * Changes many rows under the daemons' hands. It takes them in no order of theirs, so the server may end it as the victim of a deadlock: then
 * nothing was changed, and the next round of its caller comes soon enough.
 */
async function meddle(admin: pg.Client, statement: string, values: readonly unknown[]): Promise<void> {
  try {
    await admin.query(statement, [...values]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === DEADLOCK)) throw error;
  }
}

const DEADLOCK = '40P01';

/** Customers pay and operators cancel, as often as not while the mail about it is at its gate. */
async function people(
  session: Session,
  admin: pg.Client,
  random: () => number,
  done: { payments: number; cancelled: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await admin.query<{ id: string; code: string }>(
      `select r.id, c.code from customer_consolidated_reminders r join customers c on c.company_id = r.company_id and c.id = r.customer_id
        where r.company_id = $1 and r.delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING') order by random() limit 1`,
      [session.companyId],
    );
    const [one] = rows;
    if (one !== undefined && random() < 0.7) {
      const paid = recordPayment(session, { customerCode: one.code, amount: '900', invoices: [{ number: `${one.code}/1`, amount: null }] });
      if (
        await paid.then(
          () => true,
          () => false,
        )
      )
        done.payments += 1;
    } else if (one !== undefined) {
      const { done: cancelled } = await cancelReminders(session, { ids: [asId<'reminder'>(Number(one.id))] }, 'chaos');
      done.cancelled += cancelled.length;
    }
    await pause(300 + random() * 500);
  }
}

/** Everything works again, and one daemon goes on until nothing is under way. */
async function settle(plan: ChaosPlan, relay: SmtpRelay, proxy: DatabaseProxy, env: Environment): Promise<void> {
  proxy.loseCommits(0);
  const { process: daemon } = startDaemon(env);
  for (;;) {
    await forgive(plan.admin, plan.session);
    await expireLeases(plan.admin, plan.session);
    // The judge can only notice a lie about an uncertain mail where there is one.
    relay.behave(plan.without === 'evidence' && (await countUncertain(plan)) === 0 ? 'close after dot' : 'accept');
    const { rows } = await plan.admin.query<{ left: number }>(
      `select count(*)::int as left from customer_consolidated_reminders where company_id = $1 and delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING')`,
      [plan.session.companyId],
    );
    if (rows[0]?.left === 0 || !isAlive(daemon)) break;
    await pause(500);
  }
  if (plan.without === 'evidence') {
    await plan.admin.query(
      `update customer_consolidated_reminders set delivery_status = 'SENT', sent_at = now() where company_id = $1 and delivery_status = 'UNCERTAIN'`,
      [plan.session.companyId],
    );
  }
  daemon.kill('SIGTERM');
  await ended(daemon);
}

async function countUncertain({ admin, session }: ChaosPlan): Promise<number> {
  const { rows } = await admin.query(
    "select id from customer_consolidated_reminders where company_id = $1 and delivery_status = 'UNCERTAIN'",
    [session.companyId],
  );
  return rows.length;
}

async function judge(
  { session, admin }: ChaosPlan,
  relay: SmtpRelay,
  proxy: DatabaseProxy,
  done: Pick<ChaosReport, 'kills' | 'freezes' | 'payments' | 'cancelled'>,
): Promise<ChaosReport> {
  const accepted = relay.taken.map(({ messageId }) => messageId);
  const copies = new Map(accepted.map((id) => [id, accepted.filter((other) => other === id).length]));
  const { rows } = await admin.query<{ message_id: string; delivery_status: string }>(
    'select message_id, delivery_status from customer_consolidated_reminders where company_id = $1',
    [session.companyId],
  );
  const known = new Set(rows.map((row) => row.message_id));
  const withStatus = (...statuses: readonly string[]) => rows.filter((row) => statuses.includes(row.delivery_status));
  const paidFirst = await admin.query(PAID_BEFORE_ITS_GATE, [session.companyId]);
  const audit = await verifyAudit(session, { anchors: false }).then(
    () => [],
    (error: unknown) => [String(error)],
  );
  return {
    ...done,
    lostCommits: proxy.lostCommits(),
    droppedConnections: proxy.dropped(),
    taken: accepted.length,
    statuses: Object.fromEntries([...Map.groupBy(rows, (row) => row.delivery_status)].map(([status, some]) => [status, some.length])),
    violations: {
      'delivered twice': [...duplicates(accepted)],
      'called sent and not taken': withStatus('SENT').filter((row) => copies.get(row.message_id) === undefined),
      'taken and called not sent': withStatus('REJECTED', 'FAILED', 'CANCELLED', 'PROPOSED', 'QUEUED').filter((row) =>
        copies.has(row.message_id),
      ),
      'taken and unknown': accepted.filter((id) => !known.has(id)),
      'never ended': withStatus('QUEUED', 'LEASED', 'TRANSMITTING'),
      'sent about money that was paid before': paidFirst.rows,
      'broken audit': audit,
    },
  };
}

/** The audit's numbers are given under one lock per company, so they are the order in which things were committed. */
const PAID_BEFORE_ITS_GATE = `
  select gate.object_id as reminder, gate.id as gate, paid.id as payment
    from audit_logs gate
    join consolidated_reminder_items i on i.company_id = gate.company_id and i.reminder_id = gate.object_id
    join allocations a on a.company_id = gate.company_id and a.invoice_id = i.invoice_id
    join audit_logs paid on paid.company_id = gate.company_id and paid.object_kind = 'payment' and paid.object_id = a.payment_id
   where gate.company_id = $1 and gate.object_kind = 'reminder' and gate.to_state = 'TRANSMITTING' and paid.id < gate.id`;

/** mulberry32: the same numbers for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
