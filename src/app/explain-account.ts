/**
 * Answers "why, or why not?" about one account: what planning decides for it now, everything else that holds, and the facts it rests on.
 * Reads only; the answer is the planner's own, not a second opinion.
 */
import { act, type Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { unknownCustomer } from './unknown-customer.ts';
import type { Session } from './session.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import type { AccountDecision } from '../domain/decision.ts';
import type { Day } from '../domain/days.ts';
import { LOOK_AHEAD_DAYS, lookAhead } from '../domain/look-ahead.ts';
import { planAccount, planAgain } from '../domain/plan-account.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { accountOfCustomer } from '../store/sql/account-of-customer.ts';

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
}

/** @throws OperatorError `customer.unknown` */
export const explainAccount = (session: Session, customerCode: string, asOn?: Day): Promise<Explanation> =>
  act(
    session,
    'explain',
    async (context: Act) => {
      const found = await accountOfCustomer(context.tx, customerCode);
      if (!found) throw unknownCustomer(customerCode);
      const planning = await planningContext(context, asOn ?? context.today);
      const [facts] = await loadAccountFacts(context.tx, {
        accountIds: [found.accountId],
        asOn: planning.asOn,
        timeZone: context.company.timeZone,
      });
      if (!facts) throw unknownCustomer(customerCode);
      const fresh = planAgain(facts, planning);
      return {
        facts,
        decision: planAccount(facts, planning),
        fresh,
        nextContactOn: fresh.outcome.kind === 'skip' ? (lookAhead(facts, planning, LOOK_AHEAD_DAYS)?.on ?? null) : null,
        asOn: planning.asOn,
        branch: found.accountId === found.id ? null : found.code,
      };
    },
    { isReadOnly: true },
  );
