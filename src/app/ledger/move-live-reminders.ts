/**
 * Lets a fact just recorded act on the live reminders of its accounts, in the same transaction: what a person approved goes back to a
 * person or is cancelled, what the planner proposed is composed anew in place or cancelled, what a person shaped is composed anew in its shape. Proposes nothing new: that is planning's. What
 * is held stays untouched until its release, and what a sender already has is judged at the gate.
 */
import type { Act } from '../act.ts';
import { planningContext } from '../company-facts.ts';
import { openComposer } from '../composition.ts';
import { recompose } from '../reconcile-reminders.ts';
import { renewShaped } from '../renew-shaped.ts';
import { reviewPersonApproved } from '../review-approved.ts';
import type { CustomerId, ReminderId } from '../../domain/ids.ts';
import { mayRecompose, planAgain } from '../../domain/plan-account.ts';
import type { DeliveryStatus } from '../../domain/vocabulary.ts';
import { loadAccountFacts } from '../../store/load-account-facts.ts';
import { reminderStandings } from '../../store/sql/reminders/reminder-standings.ts';

export interface MovedReminder {
  readonly id: ReminderId;
  readonly status: DeliveryStatus;
  /** Composed anew, sent back or cancelled by this fact; else it stands as it was. */
  readonly isMoved: boolean;
  /** What changed under a reminder that a person has to look at again. */
  readonly changes: readonly string[];
}

/**
 * Under the accounts' locks, when everything the fact says is written.
 * @returns every reminder of the accounts that was live before, with what became of it.
 */
export async function moveLiveReminders(context: Act, accountIds: readonly CustomerId[]): Promise<readonly MovedReminder[]> {
  const { tx } = context;
  const before = await reminderStandings(tx, { accountIds });
  if (before.length === 0) return [];
  const planning = await planningContext(context);
  const facts = await loadAccountFacts(tx, { accountIds, asOn: planning.asOn, timeZone: context.company.timeZone });
  await reviewPersonApproved(context, planning, facts);
  await renewShaped(context, planning, facts);
  const proposed = facts.filter((one) => one.liveReminders.some(mayRecompose));
  if (proposed.length > 0) {
    const decided = proposed.map((one) => ({ facts: one, decision: planAgain(one, planning) }));
    await recompose(context, { asOn: planning.asOn, composer: await openComposer(context) }, decided);
  }
  const versions = new Map(before.map(({ id, version }) => [id, version]));
  const after = await reminderStandings(tx, { ids: [...versions.keys()] });
  return after.map(({ id, status, version, changes }) => ({ id, status, changes, isMoved: versions.get(id) !== version }));
}
