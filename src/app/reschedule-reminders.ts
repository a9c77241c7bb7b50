/**
 * Puts reminders off to a later moment of the contact calendar, or back to the first one, before a sender has taken them. What was approved
 * stays approved, since neither what it says nor to whom has changed. Composing it anew keeps the moment.
 */
import type { Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { readOptionalLine } from './operator-input.ts';
import { forEachReminder, type BatchResult, type Refusal, type ReminderChoice } from './reminder-batch.ts';
import type { Session } from './session.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import { addWorkingDays } from '../domain/calendar/working-days.ts';
import { type Day, type Instant, isBefore } from '../domain/days.ts';
import type { ReminderId } from '../domain/ids.ts';
import { unreachable } from '../domain/operator-error.ts';
import { accountDay, type PlanningContext } from '../domain/planning-day.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { newMoment, type Movable, type NewMoment, type WantedMoment } from '../domain/reschedule.ts';
import { dayText, skipSentence } from '../domain/skip-reasons.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { putOff } from '../store/sql/reminders/put-off.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface RescheduledReminder {
  readonly id: ReminderId;
  readonly from: Instant;
  readonly to: Instant;
  /** Last day of an approval given today, when it would lapse before the reminder leaves: approve it nearer its day. */
  readonly approveAfter: Day | null;
}

/** @throws OperatorError `reminder.none-chosen`, `input.bad-text` */
export const rescheduleReminders = (
  session: Session,
  choice: ReminderChoice,
  { to, reason }: { readonly to: WantedMoment; readonly reason?: string | undefined },
): Promise<BatchResult<RescheduledReminder>> =>
  forEachReminder<RescheduledReminder>(session, 'reschedule', choice, async (context, rows) => {
    if (rows.length === 0) return [];
    const why = readOptionalLine(reason, 'the reason', 500);
    const planning = await planningContext(context);
    const accountIds = [...new Set(rows.map((row) => row.customerId))];
    const loaded = await loadAccountFacts(context.tx, { accountIds, asOn: planning.asOn, timeZone: context.company.timeZone });
    const factsOf = new Map(loaded.map((facts) => [facts.account.id, facts]));
    const answers: (RescheduledReminder | Refusal)[] = [];
    for (const row of rows) {
      const facts = factsOf.get(row.customerId);
      answers.push(facts && isMovable(row) ? await moveOne(context, row, { to, why }, facts, planning) : notNow(context, row));
    }
    return answers;
  });

const isMovable = ({ deliveryStatus }: ReminderRow): boolean => deliveryStatus === 'PROPOSED' || deliveryStatus === 'QUEUED';

async function moveOne(
  context: Act,
  row: ReminderRow,
  { to, why }: { readonly to: WantedMoment; readonly why: string | null },
  facts: AccountFacts,
  planning: PlanningContext,
): Promise<RescheduledReminder | Refusal> {
  const moment = newMoment(to, movable(row), facts, accountDay(facts.account, planning));
  if (moment.kind !== 'at') return refused(context, row, moment);
  const { id, version, scheduledFor: from } = row;
  const notBeforeAt = moment.isEarliest ? null : moment.at;
  if (!(await putOff(context.tx, { id, version, scheduledFor: moment.at, notBeforeAt }))) return notNow(context, row);
  context.record({
    objectKind: 'reminder',
    objectId: id,
    reason: why ?? 'rescheduled',
    detail: { from: from.toString(), to: moment.at.toString(), version: version + 1 },
  });
  return { id, from, to: moment.at, approveAfter: await approveAfter(context, row, moment.on) };
}

const movable = (row: ReminderRow): Movable => ({
  level: row.escalationLevel,
  origin: row.origin,
  contactId: row.contactId,
  finalDeadlineOn: row.finalDeadlineOn,
  approval: row.deliveryStatus === 'QUEUED' ? { kind: row.approvalKind, lapsesOn: row.approvalLapsesOn } : null,
});

async function approveAfter(context: Act, { deliveryStatus }: ReminderRow, on: Day): Promise<Day | null> {
  if (deliveryStatus === 'QUEUED') return null;
  const lapse = addWorkingDays(await context.calendar(), context.today, context.policy.approval.lapseWorkingDays);
  return lapse.kind === 'day' && isBefore(lapse.on, on) ? lapse.on : null;
}

const notNow = ({ verb }: Act, { id, deliveryStatus }: ReminderRow): Refusal => {
  const waits = deliveryStatus === 'HELD' || deliveryStatus === 'NEEDS_REVIEW' || isMovable({ deliveryStatus } as ReminderRow);
  return {
    id,
    code: waits ? `${verb}.not-possible` : `${verb}.too-late`,
    message: waits
      ? `Reminder ${id} cannot be given another time: it is ${STATUS_WORDS[deliveryStatus]}.`
      : `It is too late to reschedule reminder ${id}: it is ${STATUS_WORDS[deliveryStatus]}.`,
    tryThis: waits ? `Run \`wafa release ${id}\` first.` : `Look at it with \`wafa show ${id}\`.`,
  };
};

function refused(context: Act, row: ReminderRow, moment: Exclude<NewMoment, { kind: 'at' }>): Refusal {
  const { id } = row;
  const refuse = (code: string, message: string, tryThis: string): Refusal => ({ id, code: `${context.verb}.${code}`, message, tryThis });
  switch (moment.kind) {
    case 'past':
      return refuse('past', `Reminder ${id} cannot leave in the past.`, 'Give today, a later day, or a later time.');
    case 'closed':
      return closed(refuse, row, moment.next, context.company.timeZone);
    case 'too-early':
      return refuse('too-early', skipSentence(moment.reason, row.customerName), 'Give a day from then on.');
    case 'approval-lapses':
      return refuse(
        'approval-lapses',
        `The approval of reminder ${id} holds until ${dayText(moment.lapsesOn)} and would have lapsed by then.`,
        `Take it back with \`wafa undo ${id}\`, reschedule it, and approve it nearer its day.`,
      );
    case 'deadline-too-near':
      return refuse(
        'deadline-too-near',
        `Reminder ${id} names ${dayText(moment.deadlineOn)}, which would be less than ${moment.workingDays} working days away.`,
        `Put it aside with \`wafa hold ${id} --until DAY\`: released, it is composed anew with a later date.`,
      );
    default:
      return unreachable(moment);
  }
}

type Refuse = (code: string, message: string, tryThis: string) => Refusal;

function closed(refuse: Refuse, { id, customerName }: ReminderRow, next: Instant | null, timeZone: string): Refusal {
  if (next === null) return refuse('calendar-unconfirmed', `The days off of that year are not known.`, 'Give an earlier day.');
  const local = next.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  const message = `Nothing may leave to ${customerName} then; the next moment after it is ${local.replace('T', ' ')}.`;
  return refuse('closed', message, `Try \`wafa reschedule ${id} --at ${local}\`.`);
}
