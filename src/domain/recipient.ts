/**
 * Who of an account's contacts gets a reminder of a level: exactly one address. The primary contact comes first, then a contact
 * who asked for this level by name, then the one known longest. Never falls back to someone who does not receive the level.
 */
import type { Account, Recipient } from './account-facts.ts';
import type { Policy } from './policy.ts';
import { type EscalationLevel, isGovernment, type Language } from './vocabulary.ts';

export type RecipientChoice =
  | { readonly kind: 'chosen'; readonly recipient: Recipient }
  | { readonly kind: 'none' }
  /** Somebody receives this level, but nothing may go to any of their addresses. */
  | { readonly kind: 'suppressed'; readonly why: string };

export function chooseRecipient(recipients: readonly Recipient[], level: EscalationLevel): RecipientChoice {
  const receiving = recipients.filter(({ levels }) => levels.length === 0 || levels.includes(level)).sort(firstChoiceFirst);
  const recipient = receiving.find(({ suppressedWhy }) => suppressedWhy === null);
  if (recipient) return { kind: 'chosen', recipient };
  const why = receiving[0]?.suppressedWhy ?? null;
  return why === null ? { kind: 'none' } : { kind: 'suppressed', why };
}

const firstChoiceFirst = (a: Recipient, b: Recipient): number =>
  Number(b.isPrimary) - Number(a.isPrimary) || Number(b.levels.length > 0) - Number(a.levels.length > 0) || a.contactId - b.contactId;

/** The contact's own language, else the account's, else the company's; government has a default of its own. */
export function languageFor(account: Pick<Account, 'businessType' | 'language'>, recipient: Recipient | null, policy: Policy): Language {
  const byDefault = isGovernment(account.businessType) ? policy.language.government : policy.language.default;
  return recipient?.language ?? account.language ?? byDefault;
}
