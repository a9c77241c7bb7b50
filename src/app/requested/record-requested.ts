/**
 * Writes what became of an attempt to send mail on request, guarded by the fence: a sender that lost its lease changes nothing, except
 * that late evidence may still lift a mail its sweeper had to leave uncertain. What it says about the mail server and the recipient's
 * domain counts for all mail.
 */
import { moveRequested, type RequestedTransition } from './move-requested.ts';
import { act, type Act } from '../act.ts';
import { noteSigns } from '../dispatch/relay-signs.ts';
import { REST_MINUTES } from '../record-outcome.ts';
import type { Session } from '../session.ts';
import type { RequestedStatus } from '../../domain/requested-mail.ts';
import { retryDelay } from '../../domain/retry-schedule.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { holdAccounts, raiseFactsVersions } from '../../store/sql/account-lock.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { finishAttempts } from '../../store/sql/dispatch/attempts.ts';
import { restDomain } from '../../store/sql/dispatch/rate-tokens.ts';
import { requestedHistory, type RequestedAttempt } from '../../store/sql/requested/requested-attempts.ts';
import { suppressAddress } from '../../store/sql/suppressions.ts';

export type RequestedOutcome = Extract<RequestedStatus, 'SENT' | 'QUEUED' | 'REJECTED' | 'UNCERTAIN' | 'FAILED'>;

export interface RequestedResult {
  readonly attempted: RequestedAttempt;
  readonly outcome: SendOutcome;
}

/**
 * Idempotent: recorded twice, the second time changes nothing.
 *
 * @param random In [0, 1), for the jitter of a retry.
 * @param relay The server that was just used, which every outcome says something about; `null` for what is learnt later.
 */
export const recordRequested = (
  session: Session,
  result: RequestedResult,
  random: number,
  relay: string | null,
): Promise<RequestedOutcome> =>
  act(
    session,
    'send',
    async (context) => {
      const { attempted, outcome } = result;
      await holdAccounts(context.tx, [attempted.customerId]);
      await finishAttempts(context.tx, [attemptResult(result)], await databaseNow(context.tx));
      const move = await nextMove(context, result, random);
      if (!(await moveRequested(context, move))) await liftUncertain(context, move);
      await noteRecipient(context, result);
      if (relay !== null) await noteSigns(context, relay, [{ outcome }]);
      return move.to;
    },
    { concludes: true },
  );

const whyOf = (outcome: SendOutcome): string | null => outcome.replyText ?? ('why' in outcome ? outcome.why : null);

const attemptResult = ({ attempted, outcome }: RequestedResult) => ({
  id: attempted.attemptId,
  outcome: outcome.kind,
  isBodyHandedOver: outcome.isBodyHandedOver,
  replyCode: outcome.replyCode,
  replyText: whyOf(outcome),
  relayMessageId: outcome.kind === 'ACCEPTED' ? (outcome.queueId?.slice(0, 200) ?? null) : null,
});

type Move = Omit<RequestedTransition, 'to'> & { readonly to: RequestedOutcome };

async function nextMove({ tx, now }: Act, { attempted, outcome }: RequestedResult, random: number): Promise<Move> {
  const { mailId: id, fence, attemptNumber: attempt, sentAt } = attempted;
  const detail = { attempt, outcome: outcome.kind, replyCode: outcome.replyCode };
  const move = { id, from: 'TRANSMITTING', fence, detail, reason: outcome.kind === 'ACCEPTED' ? null : whyOf(outcome) } as const;
  switch (outcome.kind) {
    case 'ACCEPTED':
      return { ...move, to: 'SENT', sentAt, code: 'accepted' };
    case 'REFUSED':
      return { ...move, to: 'REJECTED', code: 'refused' };
    case 'UNCERTAIN':
      return { ...move, to: 'UNCERTAIN', code: 'uncertain' };
    case 'TEMPORARY':
    case 'NOT_SENT': {
      const { firstAt, temporaryFailures } = await requestedHistory(tx, id);
      // What the relay never heard of says nothing about this mail: it does not move along the schedule.
      const retry = retryDelay({ attempts: Math.max(1, temporaryFailures), firstAt: firstAt ?? now, now, random });
      return retry.kind === 'give-up'
        ? { ...move, to: 'FAILED', code: 'gave up' }
        : { ...move, to: 'QUEUED', claimableAt: retry.at, code: 'not accepted' };
    }
  }
}

/** The sweeper was faster; now it is known after all. What was not taken ends as refused: from uncertain nothing goes back to sending. */
async function liftUncertain(context: Act, { claimableAt: _, ...move }: Move): Promise<void> {
  if (move.to === 'UNCERTAIN') return;
  const to = move.to === 'SENT' ? 'SENT' : 'REJECTED';
  await moveRequested(context, { ...move, from: 'UNCERTAIN', to, code: `late evidence: ${move.code}` });
}

async function noteRecipient({ tx }: Act, { attempted, outcome }: RequestedResult): Promise<void> {
  const { recipientAddress, customerId } = attempted;
  if (outcome.kind === 'TEMPORARY' && outcome.hint === 'slow-domain')
    await restDomain(tx, recipientAddress.split('@').at(-1) ?? '', REST_MINUTES);
  if (outcome.kind !== 'REFUSED' || !outcome.suppressAddress) return;
  await suppressAddress(tx, { address: recipientAddress, reason: 'HARD_BOUNCE', evidence: outcome.replyText });
  await raiseFactsVersions(tx, [customerId]);
}
