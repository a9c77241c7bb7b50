/**
 * Answers "why, or why not?" about one account: what planning decides for it now, everything else that holds, and the facts it rests on.
 * Reads only; the answer is the planner's own, not a second opinion.
 */
import { act, type Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { mailboxStanding } from './inbox/mailbox-standing.ts';
import { unknownCustomer } from './unknown-customer.ts';
import type { Session } from './session.ts';
import { dayOf, type Day } from '../domain/days.ts';
import { explain, type Explanation } from '../domain/explanation.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { lastReplyAt } from '../store/sql/inbox/mail-replies.ts';
import { accountOfCustomer } from '../store/sql/account-of-customer.ts';

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
      const reply = await lastReplyAt(context.tx, found.accountId);
      const inbox = await mailboxStanding(context);
      return explain(facts, planning, {
        branch: found.accountId === found.id ? null : found.code,
        inboxStaleSince: inbox?.isStale === true ? inbox.lastAt : null,
        repliedOn: reply === undefined ? null : dayOf(reply.receivedAt, context.company.timeZone),
      });
    },
    { isReadOnly: true },
  );
