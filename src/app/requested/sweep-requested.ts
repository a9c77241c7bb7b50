/**
 * Clears up after senders of mail on request: what they had only leased was never sent and is queued again; what they were transmitting
 * may have arrived, so it becomes uncertain and waits for a person. It is never sent again by itself.
 */
import { moveRequested } from './move-requested.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import type { Swept } from '../sweep-leases.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { finishAttempts } from '../../store/sql/dispatch/attempts.ts';
import { expiredRequests, type ClaimedRequest } from '../../store/sql/requested/claim-requested.ts';
import { abandonRequestedAttempts, lastRequestedAttempt } from '../../store/sql/requested/requested-attempts.ts';
import { lockRequestedMails } from '../../store/sql/requested/requested-mails.ts';

/** One transaction's worth; more wait for the next sweep. */
const MOST_SWEPT = 500;

export const sweepRequested = (session: Session): Promise<Swept> =>
  act(session, 'send', async (context) => {
    const expired = await expiredRequests(context.tx, MOST_SWEPT);
    const abandoned = expired.filter(({ status }) => status === 'TRANSMITTING').map(({ id }) => id);
    if (abandoned.length > 0) await abandonRequestedAttempts(context.tx, abandoned, await databaseNow(context.tx));
    for (const { id, status, fence } of expired) {
      if (status === 'LEASED') await moveRequested(context, { id, from: status, to: 'QUEUED', fence, reason: null, code: 'lease lost' });
      else {
        const reason = 'the sender stopped before it recorded an answer';
        await moveRequested(context, { id, from: status, to: 'UNCERTAIN', fence, reason, code: 'sender vanished' });
      }
    }
    return { requeued: expired.length - abandoned.length, uncertain: abandoned.length };
  });

/** Takes back what a gate wrote, or may have written when the answer to its commit was lost, for mails of which no byte has left. */
export const giveBackRequested = (session: Session, claimed: readonly ClaimedRequest[], code: string): Promise<void> =>
  act(
    session,
    'send',
    async (context) => {
      const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
      for (const { id, status } of await lockRequestedMails(context.tx, [...fences.keys()])) {
        if (status !== 'TRANSMITTING' && status !== 'LEASED') continue;
        const move = { id, from: status, to: 'QUEUED', fence: fences.get(id) as number, reason: null } as const;
        const moved = await moveRequested(context, { ...move, code });
        const attempt = moved && status === 'TRANSMITTING' ? await lastRequestedAttempt(context.tx, id) : undefined;
        if (attempt) await finishAttempts(context.tx, [{ id: attempt.id, ...NOT_SENT }], await databaseNow(context.tx));
      }
    },
    { concludes: true },
  );

const NOT_SENT = { outcome: 'NOT_SENT', isBodyHandedOver: false, replyCode: null, replyText: null, relayMessageId: null } as const;
