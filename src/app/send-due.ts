/**
 * One dispatch pass: claims what is due, takes it through the gate, hands it to the transport and records what became of it, until
 * nothing is due or sending is stopped. Any number of passes may run at once, on any number of machines.
 */
import { randomUUID } from 'node:crypto';
import { act } from './act.ts';
import { refuseUnverifiedSender } from './configuration/verified-sender.ts';
import { passGate, type GateResult, type ReadyToSend, type Sender } from './gate.ts';
import { giveBackUnsent } from './give-back-unsent.ts';
import { recordOutcome, type Recorded } from './record-outcome.ts';
import type { Session } from './session.ts';
import { sweepLeases } from './sweep-leases.ts';
import type { Instant } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { MailTransport, SendOutcome } from '../mail/transport.ts';
import { CommitUnknownError } from '../store/connection/with-company.ts';
import { claimDue, endUndoWindows, heartbeatLeases, waitingToLeave, type ClaimedReminder } from '../store/sql/dispatch/claim-due.ts';

export interface SendOptions {
  readonly transport: MailTransport;
  /** A person orders it now: approved mail still in its undo window goes too. */
  readonly endsUndoWindows: boolean;
  readonly signal?: AbortSignal;
}

export interface SendReport {
  readonly sent: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly failed: number;
  /** Approved and still waiting: for the window, the interval, a retry. */
  readonly deferred: number;
  readonly needsReview: number;
  readonly cancelled: number;
  readonly nextAt: Instant | null;
  readonly stoppedWhy: string | null;
}

/**
 * Ninety seconds: a sender that died is noticed soon, and a living one misses six heartbeats before it is taken for dead. Too short
 * only makes reminders uncertain that the late answer then lifts; it never sends one twice.
 */
const LEASE_SECONDS = 90;
const HEARTBEAT_MS = 15_000;

export async function sendDue(session: Session, { transport, endsUndoWindows, signal }: SendOptions): Promise<SendReport> {
  const sender: Sender = { instance: randomUUID(), transport: transport.kind, relay: transport.label };
  await sweepLeases(session);
  if (endsUndoWindows) await orderNow(session);
  const tally = new Map<Recorded | 'needsReview' | 'cancelled', number>();
  const cutOff = cutOffAfter(signal);
  const heartbeat = setInterval(() => void beat(session, sender), HEARTBEAT_MS);
  let stoppedWhy: string | null = null;
  try {
    while (stoppedWhy === null && signal?.aborted !== true) {
      const claimed = await claim(session, sender, transport.slots);
      if (claimed.length === 0) break;
      const gate = await throughGate(session, claimed, sender);
      stoppedWhy = gate.stoppedWhy;
      count(tally, 'needsReview', gate.needsReview);
      count(tally, 'cancelled', gate.cancelled);
      const outcomes = await Promise.all(gate.ready.map((ready) => sendOne(session, ready, transport, cutOff)));
      for (const { recorded } of outcomes) count(tally, recorded, 1);
      stoppedWhy ??= outcomes.find((outcome) => outcome.stopsPass !== null)?.stopsPass ?? null;
    }
  } finally {
    clearInterval(heartbeat);
  }
  const { waiting, nextAt } = await act(session, 'send', ({ tx }) => waitingToLeave(tx), { isReadOnly: true });
  const of = (key: Recorded | 'needsReview' | 'cancelled'): number => tally.get(key) ?? 0;
  return {
    sent: of('SENT'),
    uncertain: of('UNCERTAIN'),
    rejected: of('REJECTED'),
    failed: of('FAILED'),
    deferred: waiting,
    needsReview: of('needsReview'),
    cancelled: of('cancelled'),
    nextAt,
    stoppedWhy,
  };
}

/** Told to stop, a pass claims nothing more and lets mails under way finish; only one that takes longer than this is cut off. */
const FINISH_WITHIN_MS = 30_000;

function cutOffAfter(signal: AbortSignal | undefined): AbortSignal {
  const cutOff = new AbortController();
  signal?.addEventListener('abort', () => setTimeout(() => cutOff.abort(), FINISH_WITHIN_MS).unref(), { once: true });
  return cutOff.signal;
}

const count = <Key>(tally: Map<Key, number>, key: Key, by: number): void => {
  tally.set(key, (tally.get(key) ?? 0) + by);
};

/** `send` typed by a person is the order to let approved mail go; a daemon waits for the undo window. */
const orderNow = (session: Session): Promise<void> =>
  act(session, 'send', async ({ tx, now, record }) => {
    const ended = await endUndoWindows(tx, now);
    if (ended > 0) record({ objectKind: 'verb', objectId: null, reason: 'undo windows ended', detail: { reminders: ended } });
  });

const claim = (session: Session, sender: Sender, limit: number): Promise<readonly ClaimedReminder[]> =>
  act(session, 'send', async ({ tx, now, company, record }) => {
    refuseUnverifiedSender(session.installation, company.mailFromAddress);
    const claimed = await claimDue(tx, { holder: sender.instance, businessNow: now, limit, leaseSeconds: LEASE_SECONDS });
    const detail = { sender: sender.instance, reminders: claimed.map(({ id }) => id), fences: claimed.map(({ fence }) => fence) };
    if (claimed.length > 0) record({ objectKind: 'verb', objectId: null, toState: 'LEASED', reason: 'claimed', detail });
    return claimed;
  });

/** When the answer to the gate's commit was lost nothing has been sent yet, so whatever it wrote is taken back. */
async function throughGate(session: Session, claimed: readonly ClaimedReminder[], sender: Sender): Promise<GateResult> {
  try {
    return await act(session, 'send', (context) => passGate(context, claimed, sender));
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    await giveBackUnsent(session, claimed);
    return { ready: [], waiting: 0, needsReview: 0, cancelled: 0, stoppedWhy: 'the connection to the database was lost' };
  }
}

interface SentOne {
  readonly recorded: Recorded;
  /** Why the rest of the pass is pointless: the relay cannot be reached, or refuses the login. */
  readonly stopsPass: string | null;
}

async function sendOne(session: Session, ready: ReadyToSend, transport: MailTransport, signal: AbortSignal): Promise<SentOne> {
  const outcome = await transport.send(ready.message, signal);
  const recorded = await recordForSure(session, ready, outcome);
  return { recorded, stopsPass: outcome.kind === 'NOT_SENT' && outcome.breaker !== null ? outcome.why : null };
}

/** Waits between tries to record an outcome while the database is away: about a minute in all, then the sweeper has to judge. */
const RECORD_AGAIN_AFTER_MS = [200, 1_000, 3_000, 10_000, 20_000, 30_000];

async function recordForSure(session: Session, ready: ReadyToSend, outcome: SendOutcome): Promise<Recorded> {
  for (const waitMs of RECORD_AGAIN_AFTER_MS) {
    try {
      return await recordOutcome(session, ready, outcome, Math.random());
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return await recordOutcome(session, ready, outcome, Math.random());
}

const isDatabaseAway = (error: unknown): boolean =>
  error instanceof CommitUnknownError || (error instanceof OperatorError && error.code.startsWith('database.'));

/** A missed beat is not yet a lost lease; the fence guards whatever happens. */
async function beat(session: Session, sender: Sender): Promise<void> {
  try {
    await act(session, 'send', ({ tx }) => heartbeatLeases(tx, sender.instance, LEASE_SECONDS), { concludes: true });
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
  }
}
