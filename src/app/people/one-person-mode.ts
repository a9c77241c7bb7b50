/**
 * One-person mode, in which the same person may propose, approve and configure. A company that one person set up begins in it; only
 * an ADMIN's order ends it, and nothing brings it back.
 */
import { conditions } from './conditions.ts';
import { refuseOn } from './refusals.ts';
import type { Act } from '../act.ts';
import { companyUsers, endOnePersonMode } from '../../store/sql/users.ts';

/** Ends one-person mode when that was ordered, as an event of its own. @returns whether the company is one person afterwards. */
export async function modeAfter(context: Act, isTwoPerson: boolean): Promise<boolean> {
  const { tx, company } = context;
  if (!isTwoPerson || !company.isOnePerson) return company.isOnePerson;
  const activeUsers = (await companyUsers(tx)).filter(({ isActive }) => isActive).length;
  refuseOn(conditions.twoPersonWithTwo.judge({ activeUsers }), 'user.two-people', { objectKind: 'company', objectId: tx.companyId });
  if (await endOnePersonMode(tx)) {
    context.record({
      objectKind: 'company',
      objectId: tx.companyId,
      fromState: 'ONE_PERSON',
      toState: 'TWO_PERSON',
      reason: 'ordered by an ADMIN',
      detail: { activeUsers },
    });
  }
  return false;
}
