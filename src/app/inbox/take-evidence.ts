/**
 * Moves a mail to where evidence puts it, by the table of `domain/inbound/evidence.ts`, step by step, each with its event. Under the account's
 * lock. What is uncertain is settled by it: a report is what a person would have asked for. Nothing goes back to sending.
 */
import type { Act } from '../act.ts';
import { moveRequested } from '../requested/move-requested.ts';
import { transition } from '../transition.ts';
import type { CustomerId, ReminderId, RequestedMailId } from '../../domain/ids.ts';
import { movesBy, type Evidence } from '../../domain/inbound/evidence.ts';
import { raiseFactsVersions } from '../../store/sql/account-lock.ts';
import type { ReminderChange } from '../../store/sql/reminders/move-reminder.ts';
import { lockReminders } from '../../store/sql/reminders/reminder-row.ts';
import { lockRequestedMails } from '../../store/sql/requested/requested-mails.ts';

export interface TakenEvidence {
  readonly evidence: Evidence;
  /** The account. */
  readonly customerId: CustomerId;
  /** What came back, as the reason shown; free of addresses. */
  readonly why: string;
}

/** True when it moved the reminder. */
export async function takeEvidence(context: Act, id: ReminderId, { evidence, customerId, why }: TakenEvidence): Promise<boolean> {
  const [row] = await lockReminders(context.tx, [id]);
  if (!row) return false;
  let { deliveryStatus: from, version } = row;
  const wasUncertain = from === 'UNCERTAIN';
  const moves = movesBy(evidence, from);
  for (const to of moves) {
    const change = { ...changeFor(context, to, row.contactedAt), statusReason: to === 'SENT' || to === 'DELIVERED' ? null : why };
    if (!(await transition(context, { id, from, to, guard: { version }, change, reason: `came back: ${evidence}` }))) return false;
    from = to;
    version += 1;
  }
  // Delivered instead of sent changes nothing the rules look at; everything else does.
  if (moves.length > 0 && (wasUncertain || from !== 'DELIVERED')) await raiseFactsVersions(context.tx, [customerId]);
  return moves.length > 0;
}

/** It was sent when its gate was passed. */
function changeFor({ now }: Act, to: string, contactedAt: Temporal.Instant | null): ReminderChange {
  if (to === 'SENT') return { sentAt: contactedAt ?? now };
  return to === 'DELIVERED' ? { deliveredAt: now } : {};
}

/** Mail on request knows less: only what was uncertain is settled. */
export async function takeRequestedEvidence(context: Act, id: RequestedMailId, { evidence, why }: TakenEvidence): Promise<boolean> {
  const [row] = await lockRequestedMails(context.tx, [id]);
  if (row?.status !== 'UNCERTAIN') return false;
  const to = evidence === 'bounced' ? 'REJECTED' : 'SENT';
  const sentAt = to === 'SENT' ? { sentAt: context.now } : {};
  return await moveRequested(context, { id, from: 'UNCERTAIN', to, fence: null, reason: why, code: `came back: ${evidence}`, ...sentAt });
}
