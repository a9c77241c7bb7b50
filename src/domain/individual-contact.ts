/**
 * The individual reminders of one customer stand side by side, and all of a day are one contact. So one that a person approved, shaped or
 * holds leaves the others standing, and one that has left today takes none of the others with it; only its own item is not asked for again.
 * Decides which live reminders are such neighbours, from the account alone; never lets a new item into a contact that has begun.
 */
import type { AccountFacts, LiveReminder } from './account-facts.ts';
import { type Day, isBefore } from './days.ts';
import type { InvoiceId } from './ids.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import type { DeliveryStatus } from './vocabulary.ts';

/** Not UNCERTAIN: whether that one arrived is for a person to say before anything else is written. */
const NEIGHBOURLY: ReadonlySet<DeliveryStatus> = new Set(['PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING']);

/** Live reminders beside which others of the same account may stand; none for a customer whose items go into one mail. */
export const neighbours = ({ account, liveReminders }: AccountFacts): readonly LiveReminder[] =>
  account.consolidationPreference === 'ENABLED' ? [] : liveReminders.filter(isNeighbour);

const isNeighbour = ({ type, origin, status }: LiveReminder): boolean =>
  type === 'INDIVIDUAL' && origin === 'PLANNED' && NEIGHBOURLY.has(status);

/** The drafts that ask for none of what these reminders ask for already. */
export function besides(drafts: readonly ReminderDraft[], live: readonly LiveReminder[]): readonly ReminderDraft[] {
  const taken = new Set(live.flatMap(({ invoiceIds }) => invoiceIds));
  return drafts.filter((draft) => !itemsOf(draft).some((id) => taken.has(id)));
}

/** Of the drafts, those for which one of these reminders stands. */
export function alreadyStanding(drafts: readonly ReminderDraft[], live: readonly LiveReminder[]): readonly ReminderDraft[] {
  const standing = new Set(live.flatMap(({ invoiceIds }) => invoiceIds));
  return drafts.filter((draft) => itemsOf(draft).some((id) => standing.has(id)));
}

/** Mail of the account has left on this day: what else stands belongs to the same contact. */
export const hasContactBegun = ({ contacts }: AccountFacts, on: Day): boolean =>
  contacts.some((contact) => contact.isAutomatic && contact.level !== null && contact.on.equals(on));

/** The account as it was before the day's contact, which neither raises the ladder for the rest of itself nor keeps it waiting. */
export const beforeContact = (facts: AccountFacts, on: Day): AccountFacts => ({
  ...facts,
  contacts: facts.contacts.filter((contact) => isBefore(contact.on, on)),
});

const itemsOf = ({ claims }: ReminderDraft): readonly InvoiceId[] =>
  claims.flatMap(({ items }) => items.map(({ item }) => item.invoiceId)).filter((id): id is InvoiceId => id !== null);
