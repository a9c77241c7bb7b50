/**
 * Writes what became of an attempt, in one transaction guarded by the fence: a sender that lost its lease changes nothing, except that
 * late evidence may still lift a reminder its sweeper had to leave uncertain.
 */
import { act, type Act } from './act.ts';
import type { ReadyToSend } from './gate.ts';
import type { Session } from './session.ts';
import { transition, type Transition } from './transition.ts';
import type { Canonical } from '../domain/canonical-json.ts';
import { retryDelay } from '../domain/retry-schedule.ts';
import type { DeliveryStatus, AttemptOutcome } from '../domain/vocabulary.ts';
import type { SendOutcome } from '../mail/transport.ts';
import { holdAccounts, raiseFactsVersions } from '../store/sql/account-lock.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { finishAttempt, firstAttemptAt } from '../store/sql/dispatch/attempts.ts';
import { suppressAddress } from '../store/sql/suppressions.ts';

export type Recorded = Extract<DeliveryStatus, 'SENT' | 'QUEUED' | 'REJECTED' | 'UNCERTAIN' | 'FAILED'>;

/** Idempotent: recorded twice, the second time changes nothing. `random` is in [0, 1), for the jitter of a retry. */
export const recordOutcome = (session: Session, ready: ReadyToSend, outcome: SendOutcome, random: number): Promise<Recorded> =>
  act(
    session,
    'send',
    async (context) => {
      const { row } = ready.mail;
      await holdAccounts(context.tx, [row.customerId]);
      await finishAttempt(context.tx, ready.attemptId, {
        outcome: ATTEMPT_OUTCOME[outcome.kind],
        isBodyHandedOver: outcome.isBodyHandedOver,
        replyCode: outcome.replyCode,
        replyText: outcome.replyText ?? ('why' in outcome ? outcome.why : null),
        finishedAt: await databaseNow(context.tx),
      });
      const to = await nextStatus(context, ready, outcome, random);
      const moved = await transition(context, to);
      if (!moved && (to.to === 'SENT' || to.to === 'REJECTED'))
        await transition(context, { ...to, from: 'UNCERTAIN', reason: `late evidence: ${to.reason ?? ''}` });
      if (to.to !== 'QUEUED') await raiseFactsVersions(context.tx, [row.customerId]);
      if (outcome.kind === 'REFUSED' && outcome.suppressAddress) {
        await suppressAddress(context.tx, { address: row.recipientAddress, reason: 'HARD_BOUNCE', evidence: outcome.replyText });
      }
      return to.to as Recorded;
    },
    { concludes: true },
  );

const ATTEMPT_OUTCOME: Readonly<Record<SendOutcome['kind'], AttemptOutcome>> = {
  ACCEPTED: 'ACCEPTED',
  TEMPORARY: 'TEMPORARY',
  REFUSED: 'REFUSED',
  UNCERTAIN: 'UNCERTAIN',
  NOT_SENT: 'NOT_SENT',
};

async function nextStatus(context: Act, ready: ReadyToSend, outcome: SendOutcome, random: number): Promise<Transition> {
  const { row } = ready.mail;
  const released = { leaseUntil: null, leaseHolder: null } as const;
  const move = { id: row.id, from: 'TRANSMITTING', guard: { fence: ready.fence }, detail: outcomeDetail(ready, outcome) } as const;
  switch (outcome.kind) {
    case 'ACCEPTED':
      return { ...move, to: 'SENT', change: { ...released, sentAt: ready.sentAt, statusReason: null }, reason: 'accepted' };
    case 'REFUSED':
      return { ...move, to: 'REJECTED', change: { ...released, statusReason: outcome.replyText }, reason: 'refused' };
    case 'UNCERTAIN':
      return { ...move, to: 'UNCERTAIN', change: { ...released, statusReason: outcome.why }, reason: 'uncertain' };
    case 'TEMPORARY':
    case 'NOT_SENT': {
      const first = (await firstAttemptAt(context.tx, row.id)) ?? context.now;
      const retry = retryDelay({ attempts: row.attemptCount + 1, firstAt: first, now: context.now, random });
      const why = outcome.replyText ?? ('why' in outcome ? outcome.why : null);
      if (retry.kind === 'give-up') return { ...move, to: 'FAILED', change: { ...released, statusReason: why }, reason: 'gave up' };
      return { ...move, to: 'QUEUED', change: { ...released, claimableAt: retry.at, statusReason: why }, reason: 'not accepted' };
    }
  }
}

const outcomeDetail = ({ mail }: ReadyToSend, outcome: SendOutcome): Readonly<Record<string, Canonical>> => ({
  attempt: mail.row.attemptCount + 1,
  outcome: outcome.kind,
  replyCode: outcome.replyCode,
});
