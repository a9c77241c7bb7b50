/**
 * One dispatch pass over mail on request: claimed and gated in tables of its own, then through the same limits, journal and mail server as
 * reminders. Any number of passes may run at once, on any number of machines.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { cutOffAfter, recordForSure } from './finish-pass.ts';
import { recordRequested, type RequestedOutcome } from './record-requested.ts';
import { passRequestedGate, type RequestedGateResult } from './requested-gate.ts';
import { giveBackRequested, sweepRequested } from './sweep-requested.ts';
import { act } from '../act.ts';
import { refuseUnverifiedSender } from '../configuration/verified-sender.ts';
import { deliver } from '../dispatch/deliver.ts';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import { keepLeases, LEASE_SECONDS } from '../dispatch/lease-keeper.ts';
import { roomAtServer, type Room } from '../dispatch/room.ts';
import type { Sender } from '../gate-verdicts.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import type { RequestedMailId } from '../../domain/ids.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { CommitUnknownError } from '../../store/connection/with-company.ts';
import { claimRequested, heartbeatRequested, requestsWaiting, type ClaimedRequest } from '../../store/sql/requested/claim-requested.ts';
import type { RequestedAttempt } from '../../store/sql/requested/requested-attempts.ts';

export interface RequestedOptions {
  readonly dispatcher: Dispatcher;
  /** These alone, as just ordered; left out for whatever is due. */
  readonly only?: readonly RequestedMailId[];
  readonly signal?: AbortSignal | undefined;
}

export interface RequestedReport {
  readonly sent: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly failed: number;
  /** Ordered and still waiting: for the window, a retry. */
  readonly deferred: number;
  readonly cancelled: number;
  readonly nextAt: Instant | null;
  readonly stoppedWhy: string | null;
}

export const NOTHING_REQUESTED: RequestedReport = {
  sent: 0,
  uncertain: 0,
  rejected: 0,
  failed: 0,
  deferred: 0,
  cancelled: 0,
  nextAt: null,
  stoppedWhy: null,
};

/** Longer waits for the mail server's rate are left to the next pass. */
const LONGEST_WAIT_MS = 5_000;

export async function sendRequested(session: Session, { dispatcher, only, signal }: RequestedOptions): Promise<RequestedReport> {
  const { sender } = dispatcher;
  await sweepRequested(session);
  const outcomes: RequestedOutcome[] = [];
  let cancelled = 0;
  let stoppedWhy: string | null = null;
  const leases = keepLeases(session, sender.instance, heartbeatRequested);
  const recorder = recorderOf(session, dispatcher);
  const delivery = { companyId: session.companyId, dispatcher, leases, recorder, signal, cutOff: cutOffAfter(signal) };
  try {
    while (stoppedWhy === null && signal?.aborted !== true && leases.isHeld()) {
      const claimed = await claim(session, dispatcher, only ?? null);
      if ('kind' in claimed) {
        if (claimed.kind === 'stop') stoppedWhy = claimed.why;
        if (claimed.kind === 'stop' || claimed.waitMs > LONGEST_WAIT_MS) break;
        await pause(claimed.waitMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      if (claimed.length === 0) break;
      const gate = await throughGate(session, claimed, sender);
      cancelled += gate.cancelled.length;
      const { begun, recorded, unsent, stopsPass } = await deliver(delivery, gate.ready, gate.askedMs);
      outcomes.push(...(await recorded));
      const held = unsent.map(({ attempted: { mailId: id, fence } }) => ({ id, fence }));
      if (held.length > 0) await giveBackRequested(session, held, 'not begun, nothing sent');
      stoppedWhy = gate.stoppedWhy ?? stopsPass;
      // Nothing could be begun in time: the next pass tries, instead of this one going round in circles.
      if (begun === 0 && held.length > 0) break;
    }
  } finally {
    leases.stop();
  }
  return await reportOf(session, outcomes, cancelled, stoppedWhy);
}

async function reportOf(
  session: Session,
  outcomes: readonly RequestedOutcome[],
  cancelled: number,
  stoppedWhy: string | null,
): Promise<RequestedReport> {
  const { waiting, nextAt } = await act(session, 'send', ({ tx }) => requestsWaiting(tx), { isReadOnly: true });
  const of = (wanted: RequestedOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    sent: of('SENT'),
    uncertain: of('UNCERTAIN'),
    rejected: of('REJECTED'),
    failed: of('FAILED'),
    deferred: waiting,
    cancelled,
    nextAt,
    stoppedWhy,
  };
}

/** What is committed the journal need not keep. */
const recorderOf = (session: Session, { journal, sender, transport }: Dispatcher) => ({
  record: async (attempted: RequestedAttempt, outcome: SendOutcome): Promise<RequestedOutcome> => {
    const relay = transport.kind === 'smtp' ? sender.relay : null;
    const recorded = await recordForSure(() => recordRequested(session, { attempted, outcome }, Math.random(), relay));
    journal.settled({ companyId: session.companyId, attemptId: attempted.attemptId });
    return recorded;
  },
});

const claim = (
  session: Session,
  { sender, transport }: Dispatcher,
  only: readonly RequestedMailId[] | null,
): Promise<readonly ClaimedRequest[] | Exclude<Room, { kind: 'room' }>> =>
  act(session, 'send', async (context) => {
    const { tx, now, company, record } = context;
    refuseUnverifiedSender(session.installation, company.mailFromAddress);
    const room = await roomAtServer(context, sender, transport.slots);
    if (room.kind !== 'room') return room;
    const claimed = await claimRequested(tx, {
      holder: sender.instance,
      businessNow: now,
      limit: room.mails,
      leaseSeconds: LEASE_SECONDS,
      only,
    });
    const detail = { sender: sender.instance, requested: claimed.map(({ id }) => id), fences: claimed.map(({ fence }) => fence) };
    if (claimed.length > 0) record({ objectKind: 'verb', objectId: null, toState: 'LEASED', reason: 'claimed', detail });
    return claimed;
  });

/** When the answer to the gate's commit was lost nothing has been sent yet, so whatever it wrote is taken back. */
async function throughGate(session: Session, claimed: readonly ClaimedRequest[], sender: Sender): Promise<RequestedGateResult> {
  try {
    return await act(session, 'send', (context) => passRequestedGate(session, context, claimed, sender));
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    await giveBackRequested(session, claimed, 'commit unknown, nothing sent');
    return { ready: [], cancelled: [], stoppedWhy: 'the connection to the database was lost', askedMs: performance.now() };
  }
}
