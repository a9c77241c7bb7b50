/** Puts held reminders whose day has come back to be approved; the planning that follows composes them anew. */
import type { Act } from './act.ts';
import { transition } from './transition.ts';
import type { Day } from '../domain/days.ts';
import { holdAccounts, raiseFactsVersions } from '../store/sql/account-lock.ts';
import { holdsEnding } from '../store/sql/reminders/holds-ending.ts';

export async function endHolds(context: Act, asOn: Day): Promise<void> {
  const ending = await holdsEnding(context.tx, asOn);
  const accounts = [...new Set(ending.map((held) => held.customerId))];
  await holdAccounts(context.tx, accounts);
  for (const { id, version } of ending) {
    const change = { heldUntilOn: null, statusReason: null };
    await transition(context, { id, from: 'HELD', to: 'PROPOSED', guard: { version }, change, reason: 'the day of the hold has come' });
  }
  await raiseFactsVersions(context.tx, accounts);
}
