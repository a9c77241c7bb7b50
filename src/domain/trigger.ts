/**
 * Trigger: does an account have an item old and large enough to start a reminder? A residue (a rest of a few dirhams, or a
 * tiny share of the reminder) is listed when others are asked for, but starts nothing, ages nothing and counts as no item.
 */
import type { AskedItem } from './blocks.ts';
import { addWorkingDays } from './calendar/working-days.ts';
import { addDays, type Day, laterOf } from './days.ts';
import type { PlanningDay } from './planning-day.ts';

/** Percent with four decimals as a whole number, so that the comparison stays exact. */
const PERCENT_SCALE = 10_000;

/**
 * @param reminderMinor what the reminder asks in all, base minor units
 * An item in a currency without a rate is never a residue: its worth is unknown.
 */
export function isResidue(asked: AskedItem, reminderMinor: bigint, day: PlanningDay): boolean {
  const worth = day.base.convert(asked.askedMinor, asked.item.currency);
  if (worth === null) return false;
  const percent = BigInt(Math.round(day.policy.trigger.residuePercent * PERCENT_SCALE));
  const isSmallShare = worth * BigInt(100 * PERCENT_SCALE) < reminderMinor * percent;
  return worth <= day.residueMinor || (isSmallShare && worth <= day.residueCeilingMinor);
}

/** True when the item is overdue by the policy's working days and the customer's own grace. */
export const isTriggering = (asked: AskedItem, graceDays: number, day: PlanningDay): boolean =>
  day.asNumber - asked.daysPastDue <= day.latestTriggeringDue(graceDays);

/** The first day an item due on `dueOn` triggers; `null` when the calendar does not know it. */
export function triggersOn(dueOn: Day, graceDays: number, day: PlanningDay): Day | null {
  const { trigger, ladder } = day.policy;
  const worked = addWorkingDays(day.calendar, dueOn, trigger.workingDays + graceDays);
  return worked.kind === 'day' ? laterOf(worked.on, addDays(dueOn, ladder.politeFromDays)) : null;
}
