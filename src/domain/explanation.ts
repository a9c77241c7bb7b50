/**
 * Answers "why, or why not?" about one account on one day: the planner's own decision, what it would be without its proposals, and when it
 * would change if nothing is paid. Not a second opinion: every part is what planning itself would say.
 */
import type { AccountFacts } from './account-facts.ts';
import type { Day, Instant } from './days.ts';
import type { AccountDecision } from './decision.ts';
import { LOOK_AHEAD_DAYS, lookAhead } from './look-ahead.ts';
import { planAccount, planAgain } from './plan-account.ts';
import type { PlanningContext } from './planning-day.ts';

export interface Explanation {
  readonly facts: AccountFacts;
  /** With the live reminders as they are: a proposal under way is itself a reason. */
  readonly decision: AccountDecision;
  /** What would be composed if the planner's own proposals did not exist. */
  readonly fresh: AccountDecision;
  /** The first coming day with a reminder if nothing is paid; `null` when none is in sight, or when it is reminded now. */
  readonly nextContactOn: Day | null;
  readonly asOn: Day;
  /** Code of the customer asked about, when it is a branch of the account. */
  readonly branch: string | null;
  /** The mailbox has gone unread since then: nothing leaves by itself. `null`: it is read, or there is none. */
  readonly inboxStaleSince: Instant | null;
  /** When they last answered by mail. */
  readonly repliedOn: Day | null;
}

export function explain(
  facts: AccountFacts,
  planning: PlanningContext,
  { branch, inboxStaleSince, repliedOn }: Pick<Explanation, 'branch' | 'inboxStaleSince' | 'repliedOn'>,
): Explanation {
  const fresh = planAgain(facts, planning);
  return {
    facts,
    decision: planAccount(facts, planning),
    fresh,
    nextContactOn: fresh.outcome.kind === 'skip' ? (lookAhead(facts, planning, LOOK_AHEAD_DAYS)?.on ?? null) : null,
    asOn: planning.asOn,
    branch,
    inboxStaleSince,
    repliedOn,
  };
}
