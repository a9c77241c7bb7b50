/**
 * Clears up after senders that died: what they had only leased was never sent and is queued again; what they were transmitting may
 * have arrived, so it becomes uncertain and waits for a person. It is never sent again by itself.
 */
import { act } from './act.ts';
import type { Session } from './session.ts';
import { transitionAll } from './transition.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { abandonAttempts } from '../store/sql/dispatch/attempts.ts';
import { expiredLeases } from '../store/sql/dispatch/claim-due.ts';

export interface Swept {
  readonly requeued: number;
  readonly uncertain: number;
}

const VANISHED = 'the sender stopped before it recorded an answer';

/** One transaction's worth; more wait for the next sweep. */
const MOST_SWEPT = 500;

export const sweepLeases = (session: Session): Promise<Swept> =>
  act(session, 'send', async (context) => {
    const expired = await expiredLeases(context.tx, MOST_SWEPT);
    const abandoned = expired.filter(({ deliveryStatus }) => deliveryStatus === 'TRANSMITTING');
    if (abandoned.length > 0)
      await abandonAttempts(
        context.tx,
        abandoned.map(({ id }) => id),
        await databaseNow(context.tx),
      );
    const released = { leaseUntil: null, leaseHolder: null } as const;
    await transitionAll(
      context,
      expired.map(({ id, deliveryStatus, fence }) =>
        deliveryStatus === 'LEASED'
          ? { id, from: 'LEASED', to: 'QUEUED', guard: { fence }, change: released, reason: 'lease lost' }
          : {
              id,
              from: 'TRANSMITTING',
              to: 'UNCERTAIN',
              guard: { fence },
              change: { ...released, statusReason: VANISHED },
              reason: 'sender vanished',
            },
      ),
    );
    return { requeued: expired.length - abandoned.length, uncertain: abandoned.length };
  });
