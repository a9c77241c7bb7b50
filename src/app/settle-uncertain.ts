/**
 * A person settles what nobody could know: whether an uncertain reminder arrived. It arrived, it did not, or it did not and goes again
 * as a new reminder that has to be approved like any other. The program never decides this by itself.
 */
import { randomUUID } from 'node:crypto';
import type { Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { readLine } from './operator-input.ts';
import { conditions } from './people/conditions.ts';
import { forEachReminder, type BatchResult, type Refusal } from './reminder-batch.ts';
import type { Session } from './session.ts';
import { transition } from './transition.ts';
import type { ReminderId } from '../domain/ids.ts';
import { BugError } from '../domain/operator-error.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { messageIdFor } from '../mail/message-id.ts';
import { raiseFactsVersions } from '../store/sql/account-lock.ts';
import { copyReminder } from '../store/sql/reminders/copy-reminder.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export type Settlement = 'arrived' | 'not-arrived' | 'send-again';

export interface SettledReminder {
  readonly id: ReminderId;
  readonly to: 'SENT' | 'REJECTED' | 'RESENT';
  /** The reminder that goes in its place, waiting for approval. */
  readonly newReminderId: ReminderId | null;
}

export const settleReminders = (
  session: Session,
  ids: readonly ReminderId[],
  settlement: Settlement,
  reason: string,
): Promise<BatchResult<SettledReminder>> =>
  forEachReminder<SettledReminder>(session, 'settle', { ids }, async (context, rows) => {
    const answers: (SettledReminder | Refusal)[] = [];
    const why = readLine(reason, 'the reason', 500);
    for (const judged of await judgeStored(context, rows)) answers.push(await settleOne(context, judged, settlement, why));
    await raiseFactsVersions(context.tx, [...new Set(rows.map((row) => row.customerId))]);
    return answers;
  });

async function settleOne(
  context: Act,
  { row, judgement }: JudgedReminder,
  settlement: Settlement,
  reason: string,
): Promise<SettledReminder | Refusal> {
  if (row.deliveryStatus !== 'UNCERTAIN') return notUncertain(row);
  const refusal = ownApproval(context, row);
  if (refusal) return refusal;
  if (settlement === 'send-again' && judgement.kind !== 'unchanged') return factsMoved(row, judgement.changes);
  const to = ({ arrived: 'SENT', 'not-arrived': 'REJECTED', 'send-again': 'RESENT' } as const)[settlement];
  const sentAt = to === 'SENT' && row.contactedAt !== null ? { sentAt: row.contactedAt } : {};
  const moved = await transition(context, {
    id: row.id,
    from: 'UNCERTAIN',
    to,
    guard: { version: row.version },
    change: { ...sentAt, statusReason: reason },
    reason,
  });
  if (!moved) throw new BugError(`reminder ${row.id} moved although it was locked`);
  if (to !== 'RESENT') return { id: row.id, to, newReminderId: null };
  const domain = context.company.mailFromAddress.split('@').at(-1) ?? 'localhost';
  const newReminderId = await copyReminder(context.tx, row.id, messageIdFor(randomUUID().replaceAll('-', ''), domain), context.now);
  context.record({
    objectKind: 'reminder',
    objectId: newReminderId,
    toState: 'PROPOSED',
    reason: 'sent again by order',
    detail: { resendOf: row.id },
  });
  return { id: row.id, to, newReminderId };
}

/** Whoever approved it has an interest in how it went. */
function ownApproval(context: Act, { id, approvedBy }: ReminderRow): Refusal | null {
  const objection = conditions.settledByAnother.judge({
    id,
    approvedBy,
    isOnePerson: context.company.isOnePerson,
    userId: userIdOf(context.actor),
  });
  if (objection === null) return null;
  context.record({ objectKind: 'reminder', objectId: id, reason: `refused: ${objection.condition}` });
  return { id, code: 'settle.four-eyes', message: objection.message, tryThis: objection.tryThis };
}

const notUncertain = (row: ReminderRow): Refusal => ({
  id: row.id,
  code: 'settle.not-uncertain',
  message: `Reminder ${row.id} is not uncertain: it is ${STATUS_WORDS[row.deliveryStatus]}.`,
  tryThis: `Look at it with \`wafa show ${row.id}\`.`,
});

const factsMoved = (row: ReminderRow, changes: readonly string[]): Refusal => ({
  id: row.id,
  code: 'settle.facts-moved',
  message: `Reminder ${row.id} cannot go again as it was: ${changes.join('; ')}.`,
  tryThis: `Settle it with \`--not-arrived\`; the next plan then composes a new one from the facts of now.`,
});
