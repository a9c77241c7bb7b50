/**
 * Hands mails that have passed their gate to the transport, a few at once. Each is written to the journal before its first byte and after
 * its outcome. What cannot be begun in time is not begun: its gate would no longer speak of now.
 */
import type { AttemptId, CompanyId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { ComposedMessage } from '../../mail/compose-message.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

/**
 * A stop ordered after the gate takes effect within this time, because what waits longer goes through a gate again. Shorter would send
 * mails of a slow relay round in circles, longer would let mail out after operators were told that nothing leaves.
 */
const GATE_HOLDS_MS = 4_000;

/** A mail past its gate, whose attempt is written down: of a reminder, or on request. */
export interface Deliverable<Attempt extends { readonly attemptId: AttemptId }> {
  readonly attempted: Attempt;
  readonly message: ComposedMessage;
}

export interface Delivery<Attempt, Result> {
  readonly companyId: CompanyId;
  readonly dispatcher: Dispatcher;
  readonly leases: LeaseKeeper;
  readonly recorder: { record(attempted: Attempt, outcome: SendOutcome): Promise<Result> };
  /** Told to stop: begin nothing more. */
  readonly signal: AbortSignal | undefined;
  /** Ends even what is under way. */
  readonly cutOff: AbortSignal;
}

export interface Delivered<Ready, Result> {
  /** How many were handed to the transport. */
  readonly begun: number;
  /** What the database says of them, once it knows of all: meanwhile others may be begun. */
  readonly recorded: Promise<readonly Result[]>;
  /** Passed the gate and was never begun: no byte has left. */
  readonly unsent: readonly Ready[];
  /** Why the rest of the pass is pointless: the relay cannot be reached, refuses the login, or the journal cannot be written. */
  readonly stopsPass: string | null;
}

/** @param gatedMs `performance.now()` before the gate's transaction began. */
export async function deliver<Attempt extends { readonly attemptId: AttemptId }, Result>(
  delivery: Delivery<Attempt, Result>,
  ready: readonly Deliverable<Attempt>[],
  gatedMs: number,
): Promise<Delivered<Deliverable<Attempt>, Result>> {
  const { dispatcher, leases, recorder, signal } = delivery;
  const waiting = ready.values();
  const unsent: Deliverable<Attempt>[] = [];
  const recording: Promise<Result>[] = [];
  let stopsPass: string | null = null;
  const mayBegin = (): boolean =>
    stopsPass === null && signal?.aborted !== true && leases.isHeld() && performance.now() - gatedMs < GATE_HOLDS_MS;
  const slot = async (): Promise<void> => {
    for (const one of waiting) {
      const outcome = mayBegin() ? await sendJournaled(delivery, one, mayBegin) : null;
      if (outcome === null || outcome instanceof OperatorError) {
        stopsPass ??= outcome?.message ?? null;
        unsent.push(one);
        continue;
      }
      if (outcome.kind === 'NOT_SENT' && outcome.breaker !== null) stopsPass ??= outcome.why;
      const recorded = recorder.record(one.attempted, outcome);
      // Failures are collected below; the slot is free for the next mail meanwhile.
      recorded.catch(() => undefined);
      recording.push(recorded);
    }
  };
  await Promise.all(Array.from({ length: dispatcher.transport.slots }, slot));
  const recorded = Promise.all(recording);
  recorded.catch(() => undefined);
  return { begun: recording.length, recorded, unsent, stopsPass };
}

/** `null` when its time had run out while the disk was written; the fault when the disk could not be. */
async function sendJournaled<Attempt extends { readonly attemptId: AttemptId }>(
  { companyId, dispatcher: { journal, transport }, cutOff }: Pick<Delivery<Attempt, unknown>, 'companyId' | 'dispatcher' | 'cutOff'>,
  { attempted, message }: Deliverable<Attempt>,
  mayBegin: () => boolean,
): Promise<SendOutcome | OperatorError | null> {
  const entry = { companyId, attemptId: attempted.attemptId };
  try {
    await journal.begin(entry);
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
  const isInTime = mayBegin();
  const outcome = isInTime ? await transport.send(message, cutOff) : OUT_OF_TIME;
  await journal.end(entry, outcome);
  return isInTime ? outcome : null;
}

const OUT_OF_TIME: SendOutcome = {
  kind: 'NOT_SENT',
  why: 'the disk took longer than the gate holds',
  breaker: null,
  isBodyHandedOver: false,
  replyCode: null,
  replyText: null,
};
