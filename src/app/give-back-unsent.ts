/**
 * Takes back what a gate wrote, or may have written when the answer to its commit was lost, for mails of which no byte has left: they
 * are queued again and may be claimed at once, and the room they took is free for others.
 */
import { act } from './act.ts';
import { giveBackRoom } from './dispatch/give-back-room.ts';
import type { Sender } from './gate-verdicts.ts';
import type { Session } from './session.ts';
import { transitionAll, type FencedTransition } from './transition.ts';
import type { ReminderId } from '../domain/ids.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { closeUnsentAttempts } from '../store/sql/dispatch/attempts.ts';

/**
 * Guarded by the fences: whoever lost its lease takes nothing back.
 * @param sender Whose gate it was, where that is known.
 */
export const giveBackUnsent = (
  session: Session,
  held: readonly { readonly id: ReminderId; readonly fence: number }[],
  reason: string,
  sender: Sender | null = null,
): Promise<void> =>
  act(
    session,
    'send',
    async (context) => {
      const change = { leaseUntil: null, leaseHolder: null } as const;
      const move = ({ id, fence }: { readonly id: ReminderId; readonly fence: number }) =>
        ({ id, to: 'QUEUED', guard: { fence }, change, reason }) as const;
      const begun = await transitionAll(
        context,
        held.map((one): FencedTransition => ({ ...move(one), from: 'TRANSMITTING' })),
      );
      const unsent = await closeUnsentAttempts(context.tx, [...begun], await databaseNow(context.tx));
      await transitionAll(
        context,
        held.map((one): FencedTransition => ({ ...move(one), from: 'LEASED' })),
      );
      await giveBackRoom(context, unsent, sender);
    },
    { concludes: true },
  );
