/**
 * One dispatch pass over mail on request: the same claim, gate, attempt and outcome as for reminders, in tables of its own. Any number of
 * passes may run at once, on any number of machines.
 */
import { randomUUID } from 'node:crypto';
import { cutOffAfter, recordForSure } from './finish-pass.ts';
import { recordRequested, type RequestedOutcome } from './record-requested.ts';
import { passRequestedGate, type ReadyRequest, type RequestedGateResult } from './requested-gate.ts';
import { giveBackRequested, sweepRequested } from './sweep-requested.ts';
import { act } from '../act.ts';
import { refuseUnverifiedSender } from '../configuration/verified-sender.ts';
import { keepLeases, LEASE_SECONDS } from '../dispatch/lease-keeper.ts';
import type { Sender } from '../gate-verdicts.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import type { RequestedMailId } from '../../domain/ids.ts';
import type { MailTransport } from '../../mail/transport.ts';
import { CommitUnknownError } from '../../store/connection/with-company.ts';
import { claimRequested, heartbeatRequested, requestsWaiting, type ClaimedRequest } from '../../store/sql/requested/claim-requested.ts';

export interface RequestedOptions {
  readonly transport: MailTransport;
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

export async function sendRequested(session: Session, { transport, only, signal }: RequestedOptions): Promise<RequestedReport> {
  const sender: Sender = { instance: randomUUID(), transport: transport.kind, relay: transport.label, limits: transport.limits };
  await sweepRequested(session);
  const outcomes: RequestedOutcome[] = [];
  let cancelled = 0;
  let stoppedWhy: string | null = null;
  const cutOff = cutOffAfter(signal);
  const leases = keepLeases(session, sender.instance, heartbeatRequested);
  try {
    while (stoppedWhy === null && signal?.aborted !== true && leases.isHeld()) {
      const claimed = await claim(session, sender, transport.slots, only ?? null);
      if (claimed.length === 0) break;
      const gate = await throughGate(session, claimed, sender);
      cancelled += gate.cancelled.length;
      const sent = await Promise.all(gate.ready.map((ready) => sendOne(session, ready, transport, cutOff)));
      outcomes.push(...sent.map(({ recorded }) => recorded));
      stoppedWhy = gate.stoppedWhy ?? sent.find((one) => one.stopsPass !== null)?.stopsPass ?? null;
    }
  } finally {
    leases.stop();
  }
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

const claim = (
  session: Session,
  sender: Sender,
  limit: number,
  only: readonly RequestedMailId[] | null,
): Promise<readonly ClaimedRequest[]> =>
  act(session, 'send', async ({ tx, now, company, record }) => {
    refuseUnverifiedSender(session.installation, company.mailFromAddress);
    const claimed = await claimRequested(tx, { holder: sender.instance, businessNow: now, limit, leaseSeconds: LEASE_SECONDS, only });
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
    await giveBackRequested(session, claimed);
    return { ready: [], cancelled: [], stoppedWhy: 'the connection to the database was lost' };
  }
}

interface SentOne {
  readonly recorded: RequestedOutcome;
  /** Why the rest of the pass is pointless: the relay cannot be reached, or refuses the login. */
  readonly stopsPass: string | null;
}

async function sendOne(session: Session, ready: ReadyRequest, transport: MailTransport, signal: AbortSignal): Promise<SentOne> {
  const outcome = await transport.send(ready.message, signal);
  const recorded = await recordForSure(() => recordRequested(session, ready, outcome, Math.random()));
  return { recorded, stopsPass: outcome.kind === 'NOT_SENT' && outcome.breaker !== null ? outcome.why : null };
}
