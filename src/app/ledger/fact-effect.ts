/** What a fact just recorded does to the reminders under way; every fact ends with it, in its own transaction. */
import type { Act } from '../act.ts';
import { moveLiveReminders, type MovedReminder } from './move-live-reminders.ts';
import type { CustomerId, InvoiceId, ReminderId } from '../../domain/ids.ts';
import { affectedReminders } from '../../store/sql/affected-reminders.ts';

export interface FactEffect {
  /** Live reminders the fact was about. */
  readonly affectedReminders: readonly ReminderId[];
  /** Every live reminder of the account, with what became of it. */
  readonly reminders: readonly MovedReminder[];
}

/** Under the account's lock. `invoiceIds` null: the fact is about the whole account. */
export async function factEffect(context: Act, accountId: CustomerId, invoiceIds: readonly InvoiceId[] | null): Promise<FactEffect> {
  const affected = await affectedReminders(context.tx, accountId, invoiceIds);
  return { affectedReminders: affected, reminders: await moveLiveReminders(context, [accountId]) };
}
