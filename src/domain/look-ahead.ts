/**
 * Looks ahead for one account: the first coming day on which it would be reminded if nothing were paid, said or changed. The facts stay
 * as they are and are judged on later days, so that blocks run out, intervals pass and items fall due by themselves. What a person has to
 * do first (lift a block, deal with an answer, import a ledger) never happens here.
 */
import type { AccountFacts } from './account-facts.ts';
import { contactDays } from './contact-days.ts';
import type { Day } from './days.ts';
import type { AccountDecision } from './decision.ts';
import { planAgain } from './plan-account.ts';
import { accountDay, type PlanningContext, planningDay } from './planning-day.ts';

/**
 * How far an answer to "when?" reaches. Shorter would miss the end of a quiet season after a long interval; much longer would promise
 * what calendars that are not announced yet decide.
 */
export const LOOK_AHEAD_DAYS = 60;

export interface Ahead {
  readonly on: Day;
  readonly outcome: Extract<AccountDecision['outcome'], { kind: 'reminders' }>;
}

/**
 * The company plans on its own days; a customer with another week is written to on the next of theirs.
 * `null` when no day of the coming ones would bring a reminder by itself; a ledger too old today stays too old.
 */
export function lookAhead(facts: AccountFacts, context: PlanningContext, days: number): Ahead | null {
  if (planningDay(context).ledgerStaleSince !== null) return null;
  let aged = inEpisode(facts, planAgain(facts, context).episodeStartedOn);
  for (const later of contactDays(context, { from: 1, to: days })) {
    const { outcome, episodeStartedOn } = planAgain(aged, later);
    if (outcome.kind === 'reminders') return { on: accountDay(facts.account, later).contactOn, outcome };
    aged = inEpisode(aged, episodeStartedOn);
  }
  return null;
}

/** The same account with its episode as a decision left it. */
export const inEpisode = (facts: AccountFacts, episodeStartedOn: Day | null): AccountFacts =>
  facts.account.episodeStartedOn === episodeStartedOn ? facts : { ...facts, account: { ...facts.account, episodeStartedOn } };
