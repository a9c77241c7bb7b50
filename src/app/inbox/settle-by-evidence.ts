/**
 * Lets reports take effect that came before there was anything to settle: a sender still waited for its answer, or died over it, when the
 * mail had long been returned. Asked after every reading of the mailbox.
 */
import { takeEvidence } from './take-evidence.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import { evidenceWaiting } from '../../store/sql/inbox/email-events.ts';
import { remindersById } from '../../store/sql/reminders/reminder-row.ts';

/** @returns how many reminders moved. */
export async function settleByEvidence(session: Session): Promise<number> {
  const waiting = await act(session, 'inbox read', ({ tx }) => evidenceWaiting(tx), { isReadOnly: true });
  let moved = 0;
  for (const { reminderId, evidence } of waiting) {
    moved += await act(session, 'inbox read', async (context) => {
      const [row] = await remindersById(context.tx, [reminderId]);
      if (!row) return 0;
      await holdAccounts(context.tx, [row.customerId]);
      const taken = { evidence, customerId: row.customerId, why: `known by what came back before: ${evidence}` };
      return (await takeEvidence(context, reminderId, taken)) ? 1 : 0;
    });
  }
  return moved;
}
