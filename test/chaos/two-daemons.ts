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

import { cancelReminders } from '../../src/app/change-reminders.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import type { Session } from '../../src/app/session.ts';
import type { Login } from '../../src/store/connection/login.ts';
import { asId } from '../../src/domain/ids.ts';
import { MONDAY } from '../app/installation.ts';
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import { RELAY_SCRIPTS, type RelayBehaviour } from '../support/smtp-relay-script.ts';
import { cancelInBatches } from './batch-canceller.ts';
import { judge, type Judgement } from './judge.ts';
import { ended, startDaemon, type Environment } from './sender-process.ts';

/** What keeps the promises: second tries wait for a person, nothing is called sent without evidence, writes name the version they saw. */
export type Guard = 'at most once' | 'evidence' | 'version';

export interface ChaosPlan {
  readonly session: Session;
  readonly admin: pg.Client;
  readonly env: Environment;
  /** The programs' own way into the database. */
  readonly appLogin: Login;
  readonly forMs: number;
  /** Goes on beyond the time until so many were killed. */
  readonly leastKills: number;
  readonly seed: number;
  /** A guard taken away, to see that the judge notices. */
  readonly without?: Guard;
  /** Of those nobody tried to send, so many are sent in peace at the end and the rest is cancelled; all are when it is absent. */
  readonly inPeace?: number;
  /** Ends as soon as the judge finds violations of one of these kinds: how long harm takes to happen depends on how busy the machine is. */
  readonly until?: readonly string[];
}

export interface ChaosReport extends Judgement {
  readonly kills: number;
  readonly freezes: number;
  readonly lostCommits: number;
  readonly droppedConnections: number;
  readonly payments: number;
  readonly cancelled: number;
}

/** What a missing guard does harm with: mails in doubt. */
const MISCHIEF_TO_NOTICE: Partial<Record<Guard, readonly RelayBehaviour[]>> = { evidence: ['close after dot'] };

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
  const taken = (): number => relay.taken.length;
  const over = new AbortController();
  const done = { kills: 0, freezes: 0, payments: 0, cancelled: 0 };
  const mischief = plan.without === undefined ? MISCHIEF : (MISCHIEF_TO_NOTICE[plan.without] ?? MISCHIEF);
  const chores = [
    misbehave(relay, proxy, mischief, random, over.signal),
    haste(plan, random, over.signal),
    people(plan, random, done, taken, over.signal),
    ...(plan.without === 'version' ? [cancelInBatches(session, plan.appLogin, taken, over.signal)] : []),
  ];
  const endsMs = performance.now() + plan.forMs;
  let isNoticed = false;
  const isOver = (): boolean => isNoticed || (performance.now() > endsMs && done.kills >= plan.leastKills);
  const slots = [0, 1].map(async () => {
    while (!isOver()) await oneLife(daemonEnv, random, done, isOver, taken, plan.without === undefined ? MOST_SEND : ALL_SEND);
  });
  const judgeNow = (): Promise<Judgement> =>
    judge(
      session,
      admin,
      relay.taken.map(({ messageId }) => messageId),
    );
  const watching = plan.until === undefined ? null : watch(judgeNow, plan.until, over.signal).then((found) => (isNoticed = found));
  await Promise.all(slots);
  over.abort();
  await Promise.all([...chores, watching]);
  // Harm that was seen needs no orderly end; what is left must not occupy the next company's daemons.
  if (isNoticed) await cancelAllBut(plan, 0);
  else await settle(plan, relay, proxy, daemonEnv);
  const judgement = await judgeNow();
  const report = { ...done, lostCommits: proxy.lostCommits(), droppedConnections: proxy.dropped(), ...judgement };
  await relay.close();
  await proxy.close();
  rmSync(home, { recursive: true, force: true });
  return report;
}

/** Judges what is done so far, again and again. @returns true when harm of one of these kinds was found, false when told to stop. */
async function watch(judgeNow: () => Promise<Judgement>, kinds: readonly string[], signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { violations } = await judgeNow();
    if (kinds.some((kind) => (violations[kind] ?? []).length > 0)) return true;
    await pause(500);
  }
  return false;
}

/** Which share of the daemons may send before they die, and how long is waited for that. */
const MOST_SEND = { share: 0.7, waitMs: 10_000 };
/** Where harm is waited for, a daemon that dies before it sends anything brings it no nearer. */
const ALL_SEND = { share: 1, waitMs: 30_000 };

/** A daemon from its start to its violent end, now and then frozen for a while in between. */
async function oneLife(
  env: Environment,
  random: () => number,
  done: { kills: number; freezes: number },
  isOver: () => boolean,
  taken: () => number,
  { share, waitMs }: typeof MOST_SEND,
): Promise<void> {
  const { process: daemon, log } = startDaemon(env);
  while (!log().includes('"started"') && isAlive(daemon) && !isOver()) await pause(10);
  // Most are to die while they send; on a busy machine that begins seconds after the start.
  if (random() < share) await anotherTaken(daemon, taken, isOver, waitMs);
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

async function anotherTaken(daemon: ChildProcess, taken: () => number, isOver: () => boolean, waitMs: number): Promise<void> {
  const [before, endsMs] = [taken(), performance.now() + waitMs];
  while (taken() === before && isAlive(daemon) && !isOver() && performance.now() < endsMs) await pause(10);
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

/** What people do before they wait for the daemons to keep up. */
const SOME_ACTS = 5;

/** Customers pay and operators cancel, as often as not while the mail about it is at its gate. */
async function people(
  { session, admin }: ChaosPlan,
  random: () => number,
  done: { payments: number; cancelled: number },
  taken: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (let acts = 0; !signal.aborted; acts += 1) {
    // On a busy machine they would be through with the queue before any daemon has begun.
    while (acts > SOME_ACTS + taken() && !signal.aborted) await pause(50);
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
  if (plan.inPeace !== undefined) await cancelAllBut(plan, plan.inPeace);
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

/** A busy machine would need minutes for what is left of the queue, and shows nothing more by sending it. */
async function cancelAllBut({ admin, session }: ChaosPlan, inPeace: number): Promise<void> {
  const { rows } = await admin.query<{ id: string }>(
    "select id from customer_consolidated_reminders where company_id = $1 and delivery_status = 'QUEUED' and attempt_count = 0 order by id offset $2",
    [session.companyId, inPeace],
  );
  if (rows.length > 0) await cancelReminders(session, { ids: rows.map(({ id }) => asId<'reminder'>(Number(id))) }, 'chaos is over');
}

async function countUncertain({ admin, session }: ChaosPlan): Promise<number> {
  const { rows } = await admin.query(
    "select id from customer_consolidated_reminders where company_id = $1 and delivery_status = 'UNCERTAIN'",
    [session.companyId],
  );
  return rows.length;
}

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
