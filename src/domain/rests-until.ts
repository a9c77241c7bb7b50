/**
 * The day before which a walk through coming days need not ask about an account again, because nothing the planner's answer depends on can
 * have moved: most of an account's days lie between a contact and the next one allowed, or after its ladder has ended. Never too late: a
 * day on which the account could be contacted is always asked about.
 */
import type { AccountFacts } from './account-facts.ts';
import { type Day, dayNumber } from './days.ts';
import type { AccountDecision } from './decision.ts';

/** Day number; infinite when no coming day can bring anything by itself. */
export function restsUntil({ outcome }: AccountDecision, facts: AccountFacts, asNumber: number): number {
  if (outcome.kind === 'reminders') return earliest(outcome.reminders.map(({ nextEligibleContactOn }) => dayNumber(nextEligibleContactOn)));
  switch (outcome.reason.code) {
    case 'inactive':
    case 'not-collectable':
      return Number.POSITIVE_INFINITY;
    case 'suppressed':
      return facts.recipients.every(({ suppressedWhy }) => suppressedWhy !== null) ? Number.POSITIVE_INFINITY : 0;
    case 'nothing-overdue':
    case 'reply-awaiting':
    case 'blocked':
    case 'net-not-positive':
    case 'below-minimum':
      return nextChangeOfClaim(facts, asNumber);
    case 'ladder-complete':
      // Individual reminders have a ladder each: another one may still climb.
      return facts.account.consolidationPreference === 'ENABLED' ? nextChangeOfClaim(facts, asNumber) : 0;
    default:
      return 0;
  }
}

/** What is asked of an account moves by itself only when an item falls due, or a block begins or ends. */
const nextChangeOfClaim = ({ items, blocks }: AccountFacts, asNumber: number): number =>
  earliest(
    [
      ...items.map(({ dueOn }) => dayAfter(dueOn)),
      ...blocks.flatMap(({ startedOn, untilOn }) => [dayNumber(startedOn), dayAfter(untilOn)]),
    ].filter((change) => change > asNumber),
  );

const dayAfter = (day: Day | null): number => (day === null ? Number.POSITIVE_INFINITY : dayNumber(day) + 1);

const earliest = (days: readonly number[]): number => days.reduce((first, day) => Math.min(first, day), Number.POSITIVE_INFINITY);
