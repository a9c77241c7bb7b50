/** Replays what the journal of a sender that died says about mail on request, as for reminders. */
import { act } from '../act.ts';
import { recordRequested } from '../requested/record-requested.ts';
import { giveBackRequested } from '../requested/sweep-requested.ts';
import type { Session } from '../session.ts';
import { asId } from '../../domain/ids.ts';
import { requestsHeldBy } from '../../store/sql/requested/claim-requested.ts';
import { openRequestedAttemptsOf, requestedAttemptsById } from '../../store/sql/requested/requested-attempts.ts';
import { NEVER_BEGUN, outcomeOf } from './journaled-outcome.ts';
import type { EndedLine } from './outcome-journal.ts';

/** Outcomes the sender knew. Says how many. */
export async function replayRequestedEnds(session: Session, lines: ReadonlyMap<number, EndedLine>): Promise<number> {
  const ids = [...lines.keys()].map((id) => asId<'attempt'>(id));
  const attempts = await act(session, 'send', ({ tx }) => requestedAttemptsById(tx, ids), { isReadOnly: true });
  for (const attempted of attempts) {
    const line = lines.get(attempted.attemptId);
    if (line) await recordRequested(session, { attempted, outcome: outcomeOf(line) }, Math.random(), null);
  }
  return attempts.length;
}

/** Mails it never began: queued again, or, where the sweeper was faster, ended as not sent. Says how many. */
export async function replayRequestedNeverBegun(session: Session, sender: string, begun: ReadonlySet<number>): Promise<number> {
  const { open, held } = await act(
    session,
    'send',
    async ({ tx }) => ({ open: await openRequestedAttemptsOf(tx, sender), held: await requestsHeldBy(tx, sender) }),
    { isReadOnly: true },
  );
  const unbegun = open.filter(({ attemptId }) => !begun.has(attemptId));
  const begunMails = new Set(open.filter(({ attemptId }) => begun.has(attemptId)).map(({ mailId }) => mailId));
  const free = held.filter(({ id }) => !begunMails.has(id));
  if (free.length > 0) await giveBackRequested(session, free, 'journal: never begun, nothing sent');
  for (const attempted of unbegun) {
    if (free.some(({ id }) => id === attempted.mailId)) continue;
    await recordRequested(session, { attempted, outcome: NEVER_BEGUN }, Math.random(), null);
  }
  return unbegun.length;
}
