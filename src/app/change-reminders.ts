/**
 * What operators do to a reminder before it leaves: hold it, release it, cancel it, take an approval back. Each works until a sender
 * has claimed it; afterwards the answer is that it is too late, never a lie.
 */
import type { Act } from './act.ts';
import { forEachReminder, type BatchResult, type Refusal, type ReminderChoice } from './reminder-batch.ts';
import { readLine } from './operator-input.ts';
import { NO_APPROVAL } from './no-approval.ts';
import { planReminders } from './plan-run.ts';
import type { Session } from './session.ts';
import { transition } from './transition.ts';
import type { Day } from '../domain/days.ts';
import type { ReminderId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { mayMove, STATUS_WORDS } from '../domain/reminder-states.ts';
import type { DeliveryStatus } from '../domain/vocabulary.ts';
import { raiseFactsVersions } from '../store/sql/account-lock.ts';
import type { ReminderChange } from '../store/sql/reminders/move-reminder.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface ChangedReminder {
  readonly id: ReminderId;
  readonly from: DeliveryStatus;
  readonly to: DeliveryStatus;
}

/** Stops reminders until somebody releases them, or until a day; `null` means without an end. */
export function holdReminders(
  session: Session,
  choice: ReminderChoice,
  hold: { readonly reason: string; readonly untilOn: Day | null },
): Promise<BatchResult<ChangedReminder>> {
  return forEachReminder<ChangedReminder>(session, 'hold', choice, async (context, rows) => {
    if (hold.untilOn !== null && Temporal.PlainDate.compare(hold.untilOn, context.today) <= 0) throw pastHold(hold.untilOn);
    const reason = readReason(hold.reason);
    const change = { ...NO_APPROVAL, heldUntilOn: hold.untilOn, statusReason: reason };
    return await moveEach(context, rows, 'HELD', change, reason);
  });
}

/** Cancels reminders for good; their items may be reminded of again when the rules next say so. */
export const cancelReminders = (session: Session, choice: ReminderChoice, why: string): Promise<BatchResult<ChangedReminder>> =>
  forEachReminder<ChangedReminder>(session, 'cancel', choice, async (context, rows) => {
    const reason = readReason(why);
    return await moveEach(context, rows, 'CANCELLED', { ...NO_APPROVAL, statusReason: reason }, reason);
  });

/** Takes approvals back, as long as no sender has claimed the reminder. */
export const undoApprovals = (session: Session, choice: ReminderChoice): Promise<BatchResult<ChangedReminder>> =>
  forEachReminder<ChangedReminder>(session, 'undo', choice, (context, rows) =>
    moveEach(context, rows, 'PROPOSED', { ...NO_APPROVAL, statusReason: null }, 'undone', ['QUEUED']),
  );

/** Puts held reminders, and those that need review, back to be approved, composed anew from the facts of now. */
export async function releaseReminders(session: Session, choice: ReminderChoice): Promise<BatchResult<ChangedReminder>> {
  const result = await forEachReminder<ChangedReminder>(session, 'release', choice, async (context, rows) => {
    const change = { ...NO_APPROVAL, heldUntilOn: null, isShaped: false as const, statusReason: null };
    const answers = await moveEach(context, rows, 'PROPOSED', change, 'released', ['HELD', 'NEEDS_REVIEW']);
    await raiseFactsVersions(context.tx, [...new Set(rows.map((row) => row.customerId))]);
    return answers;
  });
  if (result.done.length > 0) await planReminders(session, { startedBy: 'OPERATOR' });
  return result;
}

/** The audit keeps an operator's words for good, so they are checked whichever face they come from. */
const readReason = (reason: string): string => readLine(reason, 'the reason', 500);

async function moveEach(
  context: Act,
  rows: readonly ReminderRow[],
  to: DeliveryStatus,
  change: ReminderChange,
  reason: string,
  from?: readonly DeliveryStatus[],
): Promise<readonly (ChangedReminder | Refusal)[]> {
  const answers: (ChangedReminder | Refusal)[] = [];
  for (const row of rows) {
    const isAllowed =
      mayMove(row.deliveryStatus, to) && (from === undefined || from.includes(row.deliveryStatus)) && !isTaken(row.deliveryStatus);
    const moved =
      isAllowed &&
      (await transition(context, { id: row.id, from: row.deliveryStatus, to, guard: { version: row.version }, change, reason }));
    answers.push(moved ? { id: row.id, from: row.deliveryStatus, to } : refusal(context, row));
  }
  return answers;
}

/** A sender holds it: only the sender and the gate may move it now. */
const isTaken = (status: DeliveryStatus): boolean => status === 'LEASED' || status === 'TRANSMITTING' || status === 'UNCERTAIN';

const TOO_LATE: ReadonlySet<DeliveryStatus> = new Set([
  'LEASED',
  'TRANSMITTING',
  'UNCERTAIN',
  'SENT',
  'DELIVERED',
  'BOUNCED',
  'COMPLAINED',
  'RESENT',
]);

function refusal(context: Act, row: ReminderRow): Refusal {
  const word = STATUS_WORDS[row.deliveryStatus];
  const isLate = TOO_LATE.has(row.deliveryStatus);
  return {
    id: row.id,
    code: isLate ? `${context.verb}.too-late` : `${context.verb}.not-possible`,
    message: isLate
      ? `It is too late to ${context.verb} reminder ${row.id}: it is ${word}.`
      : `Reminder ${row.id} cannot be changed by ${context.verb}: it is ${word}.`,
    tryThis: `Look at it with \`wafa show ${row.id}\`.`,
  };
}

const pastHold = (untilOn: Day): OperatorError =>
  new OperatorError({
    code: 'hold.past-day',
    kind: 'usage',
    message: `A hold cannot end on ${untilOn}, which is not after today.`,
    tryThis: 'Give a later day, or leave --until out to hold it until somebody releases it.',
  });
