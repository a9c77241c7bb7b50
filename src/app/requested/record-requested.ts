/**
 * Writes what became of an attempt to send mail on request, guarded by the fence: a sender that lost its lease changes nothing, except
 * that late evidence may still lift a mail its sweeper had to leave uncertain.
 */
import { moveRequested, type RequestedTransition } from './move-requested.ts';
import type { ReadyRequest } from './requested-gate.ts';
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import type { RequestedStatus } from '../../domain/requested-mail.ts';
import { retryDelay } from '../../domain/retry-schedule.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { holdAccounts, raiseFactsVersions } from '../../store/sql/account-lock.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { finishAttempts } from '../../store/sql/dispatch/attempts.ts';
import { firstRequestedAttemptAt } from '../../store/sql/requested/requested-attempts.ts';
import { suppressAddress } from '../../store/sql/suppressions.ts';

export type RequestedOutcome = Extract<RequestedStatus, 'SENT' | 'QUEUED' | 'REJECTED' | 'UNCERTAIN' | 'FAILED'>;

/** Idempotent. `random` is in [0, 1), for the jitter of a retry. */
export const recordRequested = (session: Session, ready: ReadyRequest, outcome: SendOutcome, random: number): Promise<RequestedOutcome> =>
  act(
    session,
    'send',
    async (context) => {
      const { row, attemptId } = ready;
      const why = outcome.replyText ?? ('why' in outcome ? outcome.why : null);
      await holdAccounts(context.tx, [row.customerId]);
      const result = {
        id: attemptId,
        outcome: outcome.kind,
        isBodyHandedOver: outcome.isBodyHandedOver,
        replyCode: outcome.replyCode,
        replyText: why,
        relayMessageId: outcome.kind === 'ACCEPTED' ? outcome.queueId : null,
      };
      await finishAttempts(context.tx, [result], await databaseNow(context.tx));
      const move = { ...(await nextMove(context, ready, outcome, random)), reason: outcome.kind === 'ACCEPTED' ? null : why };
      const moved = await moveRequested(context, move);
      if (!moved && (move.to === 'SENT' || move.to === 'REJECTED'))
        await moveRequested(context, { ...move, from: 'UNCERTAIN', code: `late evidence: ${move.code}` });
      if (outcome.kind === 'REFUSED' && outcome.suppressAddress) {
        await suppressAddress(context.tx, { address: row.recipientAddress, reason: 'HARD_BOUNCE', evidence: outcome.replyText });
        await raiseFactsVersions(context.tx, [row.customerId]);
      }
      return move.to;
    },
    { concludes: true },
  );

type Move = Omit<RequestedTransition, 'reason' | 'to'> & { readonly to: RequestedOutcome };

async function nextMove({ tx, now }: Act, { row, fence, sentAt }: ReadyRequest, outcome: SendOutcome, random: number): Promise<Move> {
  const attempts = row.attemptCount + 1;
  const detail = { attempt: attempts, outcome: outcome.kind, replyCode: outcome.replyCode };
  const move = { id: row.id, from: 'TRANSMITTING', fence, detail } as const;
  switch (outcome.kind) {
    case 'ACCEPTED':
      return { ...move, to: 'SENT', sentAt, code: 'accepted' };
    case 'REFUSED':
      return { ...move, to: 'REJECTED', code: 'refused' };
    case 'UNCERTAIN':
      return { ...move, to: 'UNCERTAIN', code: 'uncertain' };
    case 'TEMPORARY':
    case 'NOT_SENT': {
      const firstAt = (await firstRequestedAttemptAt(tx, row.id)) ?? now;
      const retry = retryDelay({ attempts, firstAt, now, random });
      return retry.kind === 'give-up'
        ? { ...move, to: 'FAILED', code: 'gave up' }
        : { ...move, to: 'QUEUED', claimableAt: retry.at, code: 'not accepted' };
    }
  }
}
