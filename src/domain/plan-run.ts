/**
 * Plans every account of a company on one day and says what came of it. The tally adds up decisions as they come, so that a
 * ledger can be planned in chunks without keeping it in memory. Savings are counted as they happened, never estimated.
 */
import type { AccountFacts } from './account-facts.ts';
import type { AccountDecision, SkipCode } from './decision.ts';
import type { Currency, Money } from './money.ts';
import { planAccount } from './plan-account.ts';
import type { PlanningContext } from './planning-day.ts';
import type { ReminderType } from './vocabulary.ts';

export interface RunSummary {
  /** Overdue invoices of all accounts, blocked ones included. */
  readonly overdueItems: number;
  readonly overdueCustomers: number;
  readonly reminders: number;
  readonly byType: Readonly<Partial<Record<ReminderType, number>>>;
  readonly skips: Readonly<Partial<Record<SkipCode, number>>>;
  /** Items in reminders, residues not counted. */
  readonly itemsCovered: number;
  /** Items covered less reminders: whole emails. */
  readonly emailsAvoided: number;
  /** Emails avoided as a whole percentage of the items covered; 0 when nothing was covered. */
  readonly reductionPercent: number;
  /** What the reminders ask, per currency, by code. */
  readonly totals: readonly Money[];
}

/** Counts decisions one by one. */
export class RunTally {
  #overdueItems = 0;
  #overdueCustomers = 0;
  #reminders = 0;
  #itemsCovered = 0;
  readonly #byType = new Map<ReminderType, number>();
  readonly #skips = new Map<SkipCode, number>();
  readonly #totals = new Map<Currency, bigint>();

  add({ overdueItems, outcome }: AccountDecision): void {
    this.#overdueItems += overdueItems;
    this.#overdueCustomers += overdueItems > 0 ? 1 : 0;
    if (outcome.kind === 'skip') {
      increase(this.#skips, outcome.reason.code);
      return;
    }
    for (const { type, itemCount, totals } of outcome.reminders) {
      this.#reminders += 1;
      this.#itemsCovered += itemCount;
      increase(this.#byType, type);
      for (const { minor, currency } of totals) this.#totals.set(currency, (this.#totals.get(currency) ?? 0n) + minor);
    }
  }

  summary(): RunSummary {
    const emailsAvoided = this.#itemsCovered - this.#reminders;
    return {
      overdueItems: this.#overdueItems,
      overdueCustomers: this.#overdueCustomers,
      reminders: this.#reminders,
      byType: Object.fromEntries(this.#byType),
      skips: Object.fromEntries(this.#skips),
      itemsCovered: this.#itemsCovered,
      emailsAvoided,
      reductionPercent: this.#itemsCovered === 0 ? 0 : Math.round((100 * emailsAvoided) / this.#itemsCovered),
      totals: [...this.#totals].map(([currency, minor]) => ({ minor, currency })).sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    };
  }
}

const increase = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Decisions in the order of the accounts given, and their summary. */
export function planRun(
  accounts: Iterable<AccountFacts>,
  context: PlanningContext,
): { readonly decisions: readonly AccountDecision[]; readonly summary: RunSummary } {
  const tally = new RunTally();
  const decisions: AccountDecision[] = [];
  for (const facts of accounts) {
    const decision = planAccount(facts, context);
    tally.add(decision);
    decisions.push(decision);
  }
  return { decisions, summary: tally.summary() };
}
