/**
 * Walks the company's real ledger forward as if nobody paid, under the policy in force and, to compare, under a changed one. Reads only.
 * Accounts are read a chunk at a time and only each day's counts are kept, so that memory does not grow with the ledger.
 */
import { act, type Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { compileCompanyCalendars } from './company-calendar.ts';
import type { Session } from './session.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import { contactDays } from '../domain/contact-days.ts';
import type { Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { policyDiff, setPolicyValues, type PolicyChange } from '../domain/policy/change.ts';
import { bothParts, simulate, simulatedTotals, type SimulatedCounts, type SimulatedDay } from '../domain/simulate.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { accountsToPlan } from '../store/sql/facts/accounts-to-plan.ts';

export interface SimulationRequest {
  /** Civil days from today on, today included. */
  readonly days: number;
  /** Dotted policy keys and values as typed; none: only the policy in force is simulated. */
  readonly policy: Readonly<Record<string, string>>;
}

export interface PolicySimulation {
  /** What differs from the policy in force; empty for that policy itself. */
  readonly changes: readonly PolicyChange[];
  readonly totals: SimulatedCounts;
  /** Only days on which mail can leave. */
  readonly days: readonly SimulatedDay[];
}

export interface LedgerSimulation {
  readonly asOn: Day;
  readonly until: Day;
  /** The policy in force, then the changed one when values were given. */
  readonly policies: readonly PolicySimulation[];
}

/** Addresses shared by accounts are respected within a chunk; larger chunks would hold more facts in memory at once. */
const CHUNK_ACCOUNTS = 2_000;

/** @throws OperatorError `policy.unknown-key`, `policy.bad-value` */
export const simulateLedger = (session: Session, { days, policy }: SimulationRequest): Promise<LedgerSimulation> =>
  act(
    session,
    'simulate',
    async (context) => {
      const present = await planningContext(context);
      const contexts = Object.keys(policy).length === 0 ? [present] : [present, await changed(context, present, policy)];
      const horizons = contexts.map((one) => [...contactDays(one, { from: 0, to: days - 1 })]);
      const results = await walked(context, horizons);
      return {
        asOn: context.today,
        until: context.today.add({ days: days - 1 }),
        policies: contexts.map((one, index) => {
          const simulated = results[index] ?? [];
          return { changes: policyDiff(present.policy, one.policy), totals: simulatedTotals(simulated), days: simulated };
        }),
      };
    },
    { isReadOnly: true },
  );

/** Another policy may name another calendar, so that is compiled anew. */
async function changed(context: Act, present: PlanningContext, values: SimulationRequest['policy']): Promise<PlanningContext> {
  const policy = setPolicyValues(present.policy, values);
  const { company: calendar, ofPreset } = await compileCompanyCalendars(context.tx, context.company, policy);
  return { ...present, policy, calendar, calendarOf: ofPreset };
}

async function walked(context: Act, horizons: readonly (readonly PlanningContext[])[]): Promise<readonly (readonly SimulatedDay[])[]> {
  let results = horizons.map((days) => simulate([], days));
  for await (const accounts of chunks(context)) {
    results = results.map((sofar, index) => bothParts(sofar, simulate(accounts, horizons[index] ?? [])));
  }
  return results;
}

/** Every account of the company with its facts of today, in id order. */
async function* chunks(context: Act): AsyncGenerator<readonly AccountFacts[]> {
  const { tx, company, today: asOn } = context;
  let afterId: CustomerId | 0 = 0;
  for (;;) {
    const accounts: Awaited<ReturnType<typeof accountsToPlan>> = await accountsToPlan(tx, {
      afterId,
      limit: CHUNK_ACCOUNTS,
      asOn,
      policyVersionId: company.policyVersionId,
      companyFactsVersion: company.factsVersion,
      isEvery: true,
    });
    const last = accounts.at(-1);
    if (last === undefined) return;
    yield await loadAccountFacts(tx, { accountIds: accounts.map(({ id }) => id), asOn, timeZone: company.timeZone });
    afterId = last.id;
  }
}
