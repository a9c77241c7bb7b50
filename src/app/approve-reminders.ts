/**
 * A person approves reminders: what is approved is exactly what is stored and true at that moment, bound by the digest of the
 * composition and the hash of the rendered mail. Anything that moved since it was proposed is refused with what changed.
 */
import type { Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { conditions } from './people/conditions.ts';
import { planningContext } from './company-facts.ts';
import { storedDigest } from './composition.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { faultOfOne, openRenderer, type RenderedMail, type Renderer } from './render-reminder.ts';
import { forEachReminder, type BatchResult, type Refusal, type ReminderChoice } from './reminder-batch.ts';
import type { Session } from './session.ts';
import { transition } from './transition.ts';
import { addWorkingDays } from '../domain/calendar/working-days.ts';
import { laterInstant, type Day, type Instant } from '../domain/days.ts';
import type { ReminderId } from '../domain/ids.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { shapersOf } from '../store/sql/reminders/who-changed.ts';

export interface ApprovedReminder {
  readonly id: ReminderId;
  readonly leavesAt: Instant;
  readonly undoUntil: Instant;
}

export const approveReminders = (session: Session, choice: ReminderChoice): Promise<BatchResult<ApprovedReminder>> =>
  forEachReminder<ApprovedReminder>(session, 'approve', narrowed(choice), async (context, rows) => {
    const planning = await planningContext(context);
    const judged = await judgeStored(context, rows, planning);
    const render = await openRenderer(context, rows, { linesOf: judged });
    const answers: (ApprovedReminder | Refusal)[] = [];
    for (const one of judged) {
      const refusal = await refusalOf(context, one);
      answers.push(refusal ?? (await approveOne(context, one, render)));
    }
    return answers;
  });

/** `--all` means all that wait for approval, whatever else the filter says. */
const narrowed = (choice: ReminderChoice): ReminderChoice =>
  'ids' in choice ? choice : { filter: { ...choice.filter, statuses: ['PROPOSED'] } };

async function refusalOf(context: Act, { row, lines, judgement }: JudgedReminder): Promise<Refusal | null> {
  const refuse = (code: string, message: string, tryThis: string): Refusal => ({ id: row.id, code: `approve.${code}`, message, tryThis });
  if (row.deliveryStatus === 'NEEDS_REVIEW') {
    const what = row.reviewChanges.join('; ');
    return refuse(
      'needs-review',
      `Reminder ${row.id} needs review: ${what}.`,
      `Run \`wafa release ${row.id}\` to compose it anew, then approve that.`,
    );
  }
  if (row.deliveryStatus !== 'PROPOSED') {
    return refuse(
      'not-proposed',
      `Reminder ${row.id} does not wait for approval: it is ${STATUS_WORDS[row.deliveryStatus]}.`,
      `Look at it with \`wafa show ${row.id}\`.`,
    );
  }
  if (judgement.kind !== 'unchanged') {
    return refuse(
      'facts-moved',
      `Reminder ${row.id} is no longer true: ${judgement.changes.join('; ')}.`,
      `Run \`wafa plan\`, which composes it anew, in its shape if it was shaped, then look at it again; or take it away with \`wafa cancel ${row.id}\`.`,
    );
  }
  if (storedDigest(row, lines) !== row.digest) {
    return refuse(
      'altered',
      `Reminder ${row.id} was altered past Wafa: its rows do not match its digest.`,
      'Cancel it, plan again, and tell your administrator.',
    );
  }
  return await finalRefusal(context, row);
}

/** FINAL takes two people: whoever escalated or edited it may not approve it, unless the company is explicitly one person. */
async function finalRefusal(context: Act, row: JudgedReminder['row']): Promise<Refusal | null> {
  if (row.escalationLevel !== 'FINAL' || context.company.isOnePerson) return null;
  const objection = conditions.finalByAnother.judge({
    id: row.id,
    level: row.escalationLevel,
    isOnePerson: context.company.isOnePerson,
    userId: userIdOf(context.actor),
    shapers: await shapersOf(context.tx, row.id),
  });
  if (objection === null) return null;
  context.record({ objectKind: 'reminder', objectId: row.id, reason: `refused: ${objection.condition}` });
  return { id: row.id, code: 'approve.four-eyes', message: objection.message, tryThis: objection.tryThis };
}

async function approveOne(context: Act, { row }: JudgedReminder, render: Renderer): Promise<ApprovedReminder | Refusal> {
  let rendered: RenderedMail;
  try {
    rendered = await render(row);
  } catch (error) {
    const message = `Reminder ${row.id} cannot be made into a mail: ${faultOfOne(error)}`;
    return { id: row.id, code: 'approve.not-renderable', message, tryThis: 'Correct the text it was composed with, then plan again.' };
  }
  const undoUntil = context.now.add({ minutes: context.policy.approval.undoMinutes });
  const leavesAt = laterInstant(row.scheduledFor, undoUntil);
  const moved = await transition(context, {
    id: row.id,
    from: 'PROPOSED',
    to: 'QUEUED',
    guard: { version: row.version },
    change: {
      approvalKind: 'PERSON',
      approvedBy: userIdOf(context.actor),
      approvedAt: context.now,
      approvedDigest: row.digest,
      approvedRenderHash: rendered.hash,
      approvalLapsesOn: await lapsesOn(context),
      undoUntil,
      claimableAt: leavesAt,
      statusReason: null,
    },
    reason: 'approved',
    detail: {
      digest: row.digest,
      renderHash: rendered.hash,
      total: row.totalAmountMinor,
      items: row.itemCount,
      level: row.escalationLevel,
    },
  });
  if (moved) return { id: row.id, leavesAt, undoUntil };
  return {
    id: row.id,
    code: 'approve.changed',
    message: `Reminder ${row.id} was changed by somebody else just now.`,
    tryThis: `Look at it with \`wafa show ${row.id}\`.`,
  };
}

/** On a calendar without data for those days the approval holds for today alone. */
async function lapsesOn(context: Act): Promise<Day> {
  const lapse = addWorkingDays(await context.calendar(), context.today, context.policy.approval.lapseWorkingDays);
  return lapse.kind === 'day' ? lapse.on : context.today;
}
