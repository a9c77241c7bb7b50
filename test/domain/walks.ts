/** Generated ledgers walked through a year, each contact with what it was judged by: for properties of what an account lives through. */
import fc from 'fast-check';

import type { AccountFacts, PastContact } from '../../src/domain/account-facts.ts';
import { contactDays } from '../../src/domain/contact-days.ts';
import type { Day } from '../../src/domain/days.ts';
import type { AccountDecision } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import type { PlanningContext } from '../../src/domain/planning-day.ts';
import { planAccount } from '../../src/domain/plan-account.ts';
import { simulatedSteps } from '../../src/domain/simulate.ts';
import { ESCALATION_LEVELS, type EscalationLevel } from '../../src/domain/vocabulary.ts';
import { recipient, remindersOf } from './builders.ts';
import { factsArbitrary } from './generated.ts';

export const daysFrom = (at: PlanningContext, days: number): readonly PlanningContext[] => [...contactDays(at, { from: 0, to: days - 1 })];

export interface Contact {
  readonly accountId: number;
  readonly address: string;
  readonly on: Day;
  readonly day: PlanningContext;
  readonly facts: AccountFacts;
  /** The highest of the day. */
  readonly level: EscalationLevel;
  readonly invoiceIds: ReadonlySet<number | null>;
}

export const rank = (level: EscalationLevel): number => ESCALATION_LEVELS.indexOf(level);

export const contactsOf = (accounts: readonly AccountFacts[], days: readonly PlanningContext[]): readonly Contact[] =>
  [...simulatedSteps(accounts, days)].flatMap(({ day: at, facts, decision }) => contactOf(facts, at, decision) ?? []);

/** Asks the planner on every day, and remembers contacts as a ledger would; `before` may change the facts of a day before it is planned. */
export function dailyContacts(
  first: AccountFacts,
  days: readonly PlanningContext[],
  before = (facts: AccountFacts, _on: Day): AccountFacts => facts,
): readonly Contact[] {
  const contacts: Contact[] = [];
  let facts: AccountFacts = { ...first, liveReminders: [] };
  for (const day of days) {
    facts = before(facts, day.asOn);
    const decision = planAccount(facts, day);
    const made = contactOf(facts, day, decision);
    if (made) contacts.push(made);
    facts = { ...facts, account: { ...facts.account, episodeStartedOn: decision.episodeStartedOn } };
    if (made) facts = { ...facts, contacts: [remembered(made, decision), ...facts.contacts] };
  }
  return contacts;
}

function contactOf(facts: AccountFacts, at: PlanningContext, decision: AccountDecision): Contact | null {
  const [first, ...more] = remindersOf(decision);
  if (first === undefined) return null;
  const reminders = [first, ...more];
  const level = reminders.reduce<EscalationLevel>((highest, next) => (rank(next.level) > rank(highest) ? next.level : highest), 'POLITE');
  const invoiceIds = new Set(reminders.flatMap(({ lines }) => lines.filter((row) => row.kind === 'INVOICE').map((row) => row.invoiceId)));
  return { accountId: facts.account.id, address: first.recipient.address, on: at.asOn, day: at, facts, level, invoiceIds };
}

function remembered({ on, level }: Contact, decision: AccountDecision): PastContact {
  const finalDeadlineOn = remindersOf(decision).find((one) => one.finalDeadlineOn !== null)?.finalDeadlineOn ?? null;
  return { on, level, isDelivered: true, isAutomatic: true, finalDeadlineOn };
}

/** One to three accounts; where there are several, the second shares the first one's address. */
const ledgerArbitrary: fc.Arbitrary<readonly AccountFacts[]> = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(factsArbitrary) },
    { weight: 1, arbitrary: fc.tuple(factsArbitrary, factsArbitrary) },
    { weight: 1, arbitrary: fc.tuple(factsArbitrary, factsArbitrary, factsArbitrary) },
  )
  .map((accounts) =>
    accounts.map((facts, index) => ({
      ...facts,
      account: { ...facts.account, id: asId<'customer'>(index + 1) },
      recipients: facts.recipients.map(({ suppressedWhy }) =>
        recipient({ suppressedWhy, address: index < 2 ? 'one@group.example' : 'two@group.example' }),
      ),
    })),
  );

/** The same ledgers in every run, so that a failure is met again. */
export const generatedLedgers = (count: number): readonly (readonly AccountFacts[])[] =>
  fc.sample(ledgerArbitrary, { numRuns: count, seed: 20_261_123 });
