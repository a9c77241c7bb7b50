/**
 * What an import does to reminders a person has approved already: judged again in its own transaction, so that none waits for the next
 * plan to be taken back. Proposals are composed anew by the planner, which looks at every account an import touched.
 */
import type { Act } from '../act.ts';
import { planningContext } from '../company-facts.ts';
import { endRemindersOver } from '../customers/move-billing.ts';
import { reviewPersonApproved, type ReviewedReminders } from '../review-approved.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { loadAccountFacts } from '../../store/load-account-facts.ts';
import { companySettings } from '../../store/sql/company-settings.ts';
import { movedStagedCustomers, stagedAccountsWithApproved } from '../../store/sql/import-notes.ts';

/** Facts of so many accounts at a time. */
const CHUNK_ACCOUNTS = 500;

/** Under the account locks, once everything of the import is written. */
export async function reviewLiveReminders(context: Act): Promise<ReviewedReminders> {
  const { tx } = context;
  const moved = await movedStagedCustomers(tx);
  let ended = 0;
  // They speak to an account that these invoices belong to no more, as when a customer is moved by hand.
  for (const customer of moved) ended += await endRemindersOver(context, customer);
  const accounts = await stagedAccountsWithApproved(tx);
  const reviewed = { needReview: 0, cancelled: ended };
  if (accounts.length === 0) return reviewed;
  // The ledger's days may have moved since the transaction began.
  const company = await companySettings(tx);
  const planning = await planningContext({ ...context, company });
  for (let start = 0; start < accounts.length; start += CHUNK_ACCOUNTS) {
    const facts = await loadAccountFacts(tx, {
      accountIds: accounts.slice(start, start + CHUNK_ACCOUNTS) satisfies readonly CustomerId[],
      asOn: planning.asOn,
      timeZone: company.timeZone,
    });
    const { needReview, cancelled } = await reviewPersonApproved(context, planning, facts);
    reviewed.needReview += needReview;
    reviewed.cancelled += cancelled;
  }
  return reviewed;
}
