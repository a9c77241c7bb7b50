/**
 * What becomes of a reminder a person approved when the facts under it move: it goes back to a person with what changed, or is
 * cancelled when nothing is left to ask. Newly overdue items are no change; they wait for the next contact.
 */
import type { Act } from './act.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { NO_APPROVAL } from './no-approval.ts';
import { transition } from './transition.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { isBefore } from '../domain/days.ts';
import { remindersById } from '../store/sql/reminders/reminder-row.ts';

export interface ReviewedReminders {
  /** Back with a person. */
  readonly needReview: number;
  /** Nothing was left to ask. */
  readonly cancelled: number;
}

/** Judges the approved, not yet claimed reminders of the accounts, and moves those that are no longer true. */
export async function reviewPersonApproved(
  context: Act,
  planning: PlanningContext,
  accounts: readonly AccountFacts[],
): Promise<ReviewedReminders> {
  const ids = accounts.flatMap(({ liveReminders }) =>
    liveReminders.filter((live) => live.status === 'QUEUED' && live.isApprovedByPerson).map(({ id }) => id),
  );
  const moved: ('NEEDS_REVIEW' | 'CANCELLED' | null)[] = [];
  if (ids.length > 0) {
    for (const judged of await judgeStored(context, await remindersById(context.tx, ids), planning))
      moved.push(await reviewOne(context, judged));
  }
  const count = (status: 'NEEDS_REVIEW' | 'CANCELLED'): number => moved.filter((one) => one === status).length;
  return { needReview: count('NEEDS_REVIEW'), cancelled: count('CANCELLED') };
}

/** @returns where it went; `null` when it stays. */
async function reviewOne(context: Act, { row, judgement }: JudgedReminder): Promise<'NEEDS_REVIEW' | 'CANCELLED' | null> {
  const move = { id: row.id, from: 'QUEUED', guard: { version: row.version } } as const;
  if (judgement.kind === 'nothing-left') {
    await transition(context, {
      ...move,
      to: 'CANCELLED',
      change: { statusReason: 'nothing left to ask', reviewChanges: judgement.changes },
      reason: 'nothing-left',
    });
    return 'CANCELLED';
  } else if (judgement.kind === 'changed') {
    await transition(context, { ...move, to: 'NEEDS_REVIEW', change: needsReview(judgement.changes), reason: 'facts-moved' });
    return 'NEEDS_REVIEW';
  } else if (row.approvalLapsesOn !== null && isBefore(row.approvalLapsesOn, context.today)) {
    await transition(context, {
      ...move,
      to: 'NEEDS_REVIEW',
      change: needsReview([`the approval lapsed on ${row.approvalLapsesOn}`]),
      reason: 'approval-lapsed',
    });
    return 'NEEDS_REVIEW';
  }
  return null;
}

/** Approval ends with the facts it rested on. */
export const needsReview = (changes: readonly string[]) =>
  ({
    reviewChanges: changes,
    statusReason: changes[0] ?? null,
    ...NO_APPROVAL,
    leaseUntil: null,
    leaseHolder: null,
  }) as const;
