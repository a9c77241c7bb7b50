/**
 * Walks accounts forward day by day as if nobody paid, every reminder were approved and arrived on its day, and nothing else were said
 * or changed. Reminders already under way are decided anew. Counts what each day would bring, to compare policies before one is adopted;
 * decides nothing itself: each day's answer is the planner's.
 */
import type { AccountFacts, PastContact } from './account-facts.ts';
import type { Day } from './days.ts';
import type { AccountDecision } from './decision.ts';
import { isAbove } from './ladder.ts';
import { inEpisode } from './look-ahead.ts';
import { planAccount } from './plan-account.ts';
import { accountDay, type PlanningContext, planningDay } from './planning-day.ts';
import { restsUntil } from './rests-until.ts';
import { SharedAddresses } from './shared-addresses.ts';
import type { EscalationLevel } from './vocabulary.ts';

export interface SimulatedCounts {
  readonly reminders: number;
  readonly byLevel: Readonly<Record<EscalationLevel, number>>;
  readonly itemsCovered: number;
  /** Items covered less reminders: whole emails. */
  readonly emailsAvoided: number;
  /** Accounts whose final reminder ran out on that day, so that they need a person. */
  readonly ladderComplete: number;
}

export interface SimulatedDay extends SimulatedCounts {
  readonly on: Day;
}

/** What became of one account on one day; only days on which something could have changed for it are judged. */
export interface SimulatedStep {
  readonly day: PlanningContext;
  /** As they were judged: with the contacts of the simulated days before. */
  readonly facts: AccountFacts;
  readonly decision: AccountDecision;
  readonly isNewlyComplete: boolean;
}

/** Day by day, and in each day account by account in the order given. */
export function* simulatedSteps(accounts: readonly AccountFacts[], days: Iterable<PlanningContext>): Generator<SimulatedStep> {
  const walkers = accounts.map((facts) => ({ facts: { ...facts, liveReminders: [] } as AccountFacts, restsUntil: 0, isComplete: false }));
  const shared = new SharedAddresses(accounts);
  let isFirstDay = true;
  for (const day of days) {
    const { asNumber } = planningDay(day);
    for (const walker of walkers) {
      if (asNumber < walker.restsUntil) continue;
      const facts = shared.seenBy(walker.facts, asNumber);
      const decision = planAccount(facts, day);
      const isComplete = decision.outcome.kind === 'skip' && decision.outcome.reason.code === 'ladder-complete';
      // Who needed a person before the first day does not come to need one on it.
      yield { day, facts, decision, isNewlyComplete: isComplete && !walker.isComplete && !isFirstDay };
      walker.isComplete ||= isComplete;
      walker.restsUntil = restsUntil(decision, facts, asNumber);
      walker.facts = contacted(inEpisode(walker.facts, decision.episodeStartedOn), decision, accountDay(facts.account, day).contactOn);
      shared.note(facts.account.id, decision, asNumber);
    }
    isFirstDay = false;
  }
}

/** The counts of every day given, days without reminders included. */
export function simulate(accounts: readonly AccountFacts[], days: readonly PlanningContext[]): readonly SimulatedDay[] {
  const counts = new Map(days.map((day) => [day, NOTHING]));
  for (const { day, decision, isNewlyComplete } of simulatedSteps(accounts, days)) {
    const before = counts.get(day) ?? NOTHING;
    if (decision.outcome.kind === 'reminders' || isNewlyComplete) counts.set(day, sumOf(before, countsOf(decision, isNewlyComplete)));
  }
  return [...counts].map(([{ asOn }, counted]) => ({ on: asOn, ...counted }));
}

/** Two parts of one ledger, simulated over the same days, as one. */
export const bothParts = (one: readonly SimulatedDay[], other: readonly SimulatedDay[]): readonly SimulatedDay[] =>
  one.map((day, index) => ({ on: day.on, ...sumOf(day, other[index] ?? NOTHING) }));

export const simulatedTotals = (days: readonly SimulatedDay[]): SimulatedCounts => days.reduce<SimulatedCounts>(sumOf, NOTHING);

const NOTHING: SimulatedCounts = {
  reminders: 0,
  byLevel: { POLITE: 0, FIRM: 0, URGENT: 0, FINAL: 0 },
  itemsCovered: 0,
  emailsAvoided: 0,
  ladderComplete: 0,
};

function countsOf({ outcome }: AccountDecision, isNewlyComplete: boolean): SimulatedCounts {
  const reminders = outcome.kind === 'reminders' ? outcome.reminders : [];
  const byLevel = { ...NOTHING.byLevel };
  for (const { level } of reminders) byLevel[level] += 1;
  const itemsCovered = reminders.reduce((sum, reminder) => sum + reminder.itemCount, 0);
  return {
    reminders: reminders.length,
    byLevel,
    itemsCovered,
    emailsAvoided: itemsCovered - reminders.length,
    ladderComplete: isNewlyComplete ? 1 : 0,
  };
}

const sumOf = (a: SimulatedCounts, b: SimulatedCounts): SimulatedCounts => ({
  reminders: a.reminders + b.reminders,
  byLevel: {
    POLITE: a.byLevel.POLITE + b.byLevel.POLITE,
    FIRM: a.byLevel.FIRM + b.byLevel.FIRM,
    URGENT: a.byLevel.URGENT + b.byLevel.URGENT,
    FINAL: a.byLevel.FINAL + b.byLevel.FINAL,
  },
  itemsCovered: a.itemsCovered + b.itemsCovered,
  emailsAvoided: a.emailsAvoided + b.emailsAvoided,
  ladderComplete: a.ladderComplete + b.ladderComplete,
});

/** The account after its contact of the day, which is delivered; unchanged after a skip. */
function contacted(facts: AccountFacts, { outcome }: AccountDecision, on: Day): AccountFacts {
  if (outcome.kind === 'skip') return facts;
  const highest = outcome.reminders.reduce<EscalationLevel>((level, next) => (isAbove(next.level, level) ? next.level : level), 'POLITE');
  const contact: PastContact = {
    on,
    level: highest,
    isDelivered: true,
    isAutomatic: outcome.reminders.every(({ approvalNeeds }) => approvalNeeds.length === 0),
    finalDeadlineOn: outcome.reminders.find(({ finalDeadlineOn }) => finalDeadlineOn !== null)?.finalDeadlineOn ?? null,
  };
  return { ...facts, contacts: [contact, ...facts.contacts] };
}
