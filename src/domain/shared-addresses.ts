/**
 * Contacts that a simulation makes to addresses several accounts share, so that the interval and the cap of an address hold in it as
 * they do in the real world. Knows only the accounts it was made with.
 */
import type { AccountFacts, Recipient } from './account-facts.ts';
import { fromEpochDay } from './calendar/epoch-day.ts';
import { dayNumber } from './days.ts';
import type { AccountDecision } from './decision.ts';
import type { CustomerId } from './ids.ts';

const WEEK_DAYS = 7;

interface Contact {
  readonly accountId: CustomerId;
  readonly on: number;
}

export class SharedAddresses {
  /** Newest last; only addresses of at least two accounts have an entry, so that all others cost nothing. */
  readonly #contacts = new Map<string, Contact[]>();

  constructor(accounts: readonly AccountFacts[]) {
    const owners = new Map<string, CustomerId>();
    for (const { account, recipients } of accounts) {
      for (const { address } of recipients) {
        const owner = owners.get(address);
        if (owner !== undefined && owner !== account.id) this.#contacts.set(address, []);
        owners.set(address, account.id);
      }
    }
  }

  /** The account's facts with what other accounts' reminders did to its addresses. */
  seenBy(facts: AccountFacts, asNumber: number): AccountFacts {
    if (!facts.recipients.some(({ address }) => (this.#contacts.get(address)?.length ?? 0) > 0)) return facts;
    return { ...facts, recipients: facts.recipients.map((recipient) => this.#withContacts(recipient, facts.account.id, asNumber)) };
  }

  note(accountId: CustomerId, { outcome }: AccountDecision, on: number): void {
    if (outcome.kind === 'skip') return;
    for (const { recipient } of outcome.reminders) this.#contacts.get(recipient.address)?.push({ accountId, on });
  }

  #withContacts(recipient: Recipient, accountId: CustomerId, asNumber: number): Recipient {
    const days = (this.#contacts.get(recipient.address) ?? []).filter((contact) => contact.accountId !== accountId);
    const last = days.at(-1)?.on;
    if (last === undefined) return recipient;
    const before = recipient.addressLastContactOn;
    const isBeforeRecent = before !== null && asNumber - dayNumber(before) < WEEK_DAYS;
    const recent = new Set(days.map(({ on }) => on).filter((on) => asNumber - on < WEEK_DAYS)).size;
    return {
      ...recipient,
      addressLastContactOn: fromEpochDay(last),
      addressContactsIn7Days: recent + (isBeforeRecent ? recipient.addressContactsIn7Days : 0),
    };
  }
}
