/** Takes back what a gate may have written when the answer to its commit was lost: no byte had left, so it is queued again. */
import { act } from './act.ts';
import type { Session } from './session.ts';
import { transition } from './transition.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { attemptsOf, finishAttempt } from '../store/sql/dispatch/attempts.ts';
import type { ClaimedReminder } from '../store/sql/dispatch/claim-due.ts';
import { remindersById } from '../store/sql/reminders/reminder-row.ts';

export const giveBackUnsent = (session: Session, claimed: readonly ClaimedReminder[]): Promise<void> =>
  act(
    session,
    'send',
    async (context) => {
      const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
      for (const row of await remindersById(context.tx, [...fences.keys()])) {
        if (row.deliveryStatus !== 'TRANSMITTING' && row.deliveryStatus !== 'LEASED') continue;
        const fence = fences.get(row.id) as number;
        const change = { leaseUntil: null, leaseHolder: null } as const;
        const moved = await transition(context, {
          id: row.id,
          from: row.deliveryStatus,
          to: 'QUEUED',
          guard: { fence },
          change,
          reason: 'commit unknown, nothing sent',
        });
        if (!moved || row.deliveryStatus === 'LEASED') continue;
        const attempt = (await attemptsOf(context.tx, row.id)).at(-1);
        const finishedAt = await databaseNow(context.tx);
        if (attempt)
          await finishAttempt(context.tx, attempt.id, {
            outcome: 'NOT_SENT',
            isBodyHandedOver: false,
            replyCode: null,
            replyText: null,
            finishedAt,
          });
      }
    },
    { concludes: true },
  );
