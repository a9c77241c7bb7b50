/**
 * Writes what became of attempts, in one transaction, each guarded by its fence: a sender that lost its lease changes nothing, except
 * that late evidence may still lift a reminder its sweeper had to leave uncertain.
 */
import { act, type Act } from './act.ts';
import { noteSigns } from './dispatch/relay-signs.ts';
import type { Session } from './session.ts';
import { transitionAll, type FencedTransition } from './transition.ts';
import type { Instant } from '../domain/days.ts';
import type { AttemptId, CustomerId, ReminderId } from '../domain/ids.ts';
import { retryDelay } from '../domain/retry-schedule.ts';
import type { DeliveryStatus } from '../domain/vocabulary.ts';
import type { SendOutcome } from '../mail/transport.ts';
import { holdAccounts, raiseFactsVersions } from '../store/sql/account-lock.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { attemptHistories, finishAttempts, type AttemptHistory } from '../store/sql/dispatch/attempts.ts';
import { restDomain } from '../store/sql/dispatch/rate-tokens.ts';
import { suppressAddress } from '../store/sql/suppressions.ts';

export type Recorded = Extract<DeliveryStatus, 'SENT' | 'QUEUED' | 'REJECTED' | 'UNCERTAIN' | 'FAILED'>;

/** One attempt as its gate wrote it down. */
export interface Attempted {
  readonly attemptId: AttemptId;
  readonly attemptNumber: number;
  readonly reminderId: ReminderId;
  readonly customerId: CustomerId;
  readonly recipientAddress: string;
  readonly fence: number;
  /** Business time of the gate: the date the mail carries. */
  readonly sentAt: Instant;
}

export interface Outcome {
  readonly attempted: Attempted;
  readonly outcome: SendOutcome;
}

/**
 * Idempotent: recorded twice, the second time changes nothing.
 *
 * @param random Gives numbers in [0, 1), for the jitter of retries.
 * @param relay The server that was just used, which every outcome says something about; `null` for what is learnt later.
 */
export const recordOutcomes = (
  session: Session,
  outcomes: readonly Outcome[],
  random: () => number,
  relay: string | null = null,
): Promise<ReadonlyMap<AttemptId, Recorded>> =>
  act(
    session,
    'send',
    async (context) => {
      const { tx } = context;
      await holdAccounts(tx, accountsOf(outcomes));
      await finishAttempts(tx, outcomes.map(attemptResult), await databaseNow(tx));
      const histories = await historiesOf(context, outcomes);
      const wanted = outcomes.map((one) => nextStatus(context, one, histories, random));
      const moved = await transitionAll(context, wanted);
      await transitionAll(context, wanted.filter(({ id }) => !moved.has(id)).flatMap(lateEvidence));
      await raiseFactsVersions(tx, accountsOf(outcomes.filter((_, index) => wanted[index]?.to !== 'QUEUED')));
      for (const { attempted, outcome } of outcomes) {
        const domain = attempted.recipientAddress.split('@').at(-1) ?? '';
        if (outcome.kind === 'TEMPORARY' && outcome.hint === 'slow-domain') await restDomain(tx, domain, REST_MINUTES);
        if (outcome.kind === 'REFUSED' && outcome.suppressAddress)
          await suppressAddress(tx, { address: attempted.recipientAddress, reason: 'HARD_BOUNCE', evidence: outcome.replyText });
      }
      if (relay !== null) await noteSigns(context, relay, outcomes);
      return new Map(outcomes.map(({ attempted }, index) => [attempted.attemptId, wanted[index]?.to as Recorded]));
    },
    { concludes: true },
  );

/** A server that asks for less gets none of ours for a while; the mail itself waits by its own schedule. */
export const REST_MINUTES = 10;

const accountsOf = (outcomes: readonly Outcome[]): readonly CustomerId[] => [
  ...new Set(outcomes.map(({ attempted }) => attempted.customerId)),
];

const attemptResult = ({ attempted, outcome }: Outcome) => ({
  id: attempted.attemptId,
  outcome: outcome.kind,
  isBodyHandedOver: outcome.isBodyHandedOver,
  replyCode: outcome.replyCode,
  replyText: outcome.replyText ?? whyOf(outcome),
  relayMessageId: outcome.kind === 'ACCEPTED' ? (outcome.queueId?.slice(0, 200) ?? null) : null,
});

const whyOf = (outcome: SendOutcome): string | null => ('why' in outcome ? outcome.why : null);

/** Only asked for those that may be tried again. */
async function historiesOf({ tx }: Act, outcomes: readonly Outcome[]): Promise<ReadonlyMap<ReminderId, AttemptHistory>> {
  const retried = outcomes.filter(({ outcome }) => outcome.kind === 'TEMPORARY' || outcome.kind === 'NOT_SENT');
  if (retried.length === 0) return new Map();
  const histories = await attemptHistories(
    tx,
    retried.map(({ attempted }) => attempted.reminderId),
  );
  return new Map(histories.map((history) => [history.reminderId, history]));
}

const RELEASED = { leaseUntil: null, leaseHolder: null } as const;

function nextStatus(
  { now }: Act,
  { attempted, outcome }: Outcome,
  histories: ReadonlyMap<ReminderId, AttemptHistory>,
  random: () => number,
): FencedTransition {
  const detail = { attempt: attempted.attemptNumber, outcome: outcome.kind, replyCode: outcome.replyCode };
  const move = { id: attempted.reminderId, from: 'TRANSMITTING', guard: { fence: attempted.fence }, detail } as const;
  switch (outcome.kind) {
    case 'ACCEPTED':
      return { ...move, to: 'SENT', change: { ...RELEASED, sentAt: attempted.sentAt, statusReason: null }, reason: 'accepted' };
    case 'REFUSED':
      return { ...move, to: 'REJECTED', change: { ...RELEASED, statusReason: outcome.replyText }, reason: 'refused' };
    case 'UNCERTAIN':
      return { ...move, to: 'UNCERTAIN', change: { ...RELEASED, statusReason: outcome.why }, reason: 'uncertain' };
    case 'TEMPORARY':
    case 'NOT_SENT': {
      const history = histories.get(attempted.reminderId);
      // What the relay never heard of says nothing about this mail: it does not move along the schedule.
      const attempts = Math.max(1, history?.temporaryFailures ?? 1);
      const retry = retryDelay({ attempts, firstAt: history?.firstAt ?? now, now, random: random() });
      const change = { ...RELEASED, statusReason: outcome.replyText ?? whyOf(outcome) };
      if (retry.kind === 'give-up') return { ...move, to: 'FAILED', change, reason: 'gave up' };
      return { ...move, to: 'QUEUED', change: { ...change, claimableAt: retry.at }, reason: 'not accepted' };
    }
  }
}

/**
 * The sweeper was faster and made it uncertain; now it is known after all. What was definitely not taken ends as refused, and the next
 * plan may propose it again: from uncertain nothing goes back to sending.
 */
function lateEvidence(wanted: FencedTransition): readonly FencedTransition[] {
  if (wanted.to === 'UNCERTAIN') return [];
  const reason = `late evidence: ${wanted.reason ?? ''}`;
  if (wanted.to === 'SENT') return [{ ...wanted, from: 'UNCERTAIN', reason }];
  const change = { ...RELEASED, statusReason: wanted.change?.statusReason ?? null };
  return [{ ...wanted, from: 'UNCERTAIN', to: 'REJECTED', change, reason }];
}
