/**
 * How long an account and an address are left alone after a contact. Everything sent to an account on one civil day is one
 * contact; exactly the interval later the next is allowed. Two accounts that share an address share both rules. A customer's own
 * interval may lengthen the policy's, never shorten it.
 */
import type { AccountFacts, PastContact, Recipient } from './account-facts.ts';
import type { SkipReason } from './decision.ts';
import { addDays, type Day, dayNumber, isBefore } from './days.ts';
import { contactsSince, finalContact } from './ladder.ts';
import { type PlanningDay, workingDayOrNull } from './planning-day.ts';
import { type EscalationLevel, isGovernment } from './vocabulary.ts';

const WEEK_DAYS = 7;

/** Civil days to the next contact after one of this level; FINAL is followed by its deadline instead, see {@link finalWaitEndsOn}. */
export function intervalDays(level: EscalationLevel, account: AccountFacts['account'], { interval }: PlanningDay['policy']): number {
  const byLevel = level === 'POLITE' ? interval.politeDays : level === 'FIRM' ? interval.firmDays : interval.urgentDays;
  const byCustomer = Math.max(byLevel, account.preferredContactIntervalDays ?? 0);
  return isGovernment(account.businessType) ? Math.max(byCustomer, interval.governmentDays) : byCustomer;
}

/** The first day after a FINAL on which the account is a person's task: the date it named and the grace have passed. */
export function finalWaitEndsOn(final: { readonly on: Day; readonly finalDeadlineOn: Day | null }, day: PlanningDay): Day {
  const { deadlineWorkingDays, graceWorkingDays } = day.policy.final;
  const count = final.finalDeadlineOn === null ? deadlineWorkingDays + graceWorkingDays : graceWorkingDays;
  const from = final.finalDeadlineOn ?? final.on;
  // Beyond the calendar's data the two civil weeks stand in: long enough, and nothing is sent in such a year anyway.
  return addDays(workingDayOrNull(day.calendar, from, count) ?? addDays(from, 2 * WEEK_DAYS), 1);
}

/**
 * Why nothing may be sent on the judged day for the sake of earlier contacts. Pass `isSameContact` at the gate for a message
 * that belongs to the account's contact of today (a retry, a further individual reminder): today's sending then does not count
 * against it. Another account's mail to the same address always counts.
 */
export function contactReasons(
  facts: AccountFacts,
  recipient: Recipient | null,
  episodeStartedOn: Day,
  day: PlanningDay,
  options: { readonly isSameContact?: boolean } = {},
): readonly SkipReason[] {
  const counts = (on: Day): boolean => !(options.isSameContact === true && dayNumber(on) === day.asNumber);
  const contacts = facts.contacts.filter((contact) => counts(contact.on));
  const lastToAddress = recipient?.addressLastContactOn ?? null;
  if (contacts.length === 0 && lastToAddress === null) return [];
  const interval = intervalReason(facts, contacts, lastToAddress, episodeStartedOn, day);
  const cap = capReason(contacts, lastToAddress, recipient?.addressContactsIn7Days ?? 0, day);
  return [interval, cap].filter((reason) => reason !== null);
}

function intervalReason(
  facts: AccountFacts,
  contacts: readonly PastContact[],
  lastToAddress: Day | null,
  episodeStartedOn: Day,
  day: PlanningDay,
): SkipReason | null {
  const final = finalContact(contactsSince(contacts, episodeStartedOn));
  if (final) {
    const until = finalWaitEndsOn(final, day);
    if (isBefore(day.asOn, until))
      return { code: 'contact-interval', until, contactedOn: final.on, intervalDays: dayNumber(until) - dayNumber(final.on) };
  }
  const contactedOn = newest(
    contacts.map((contact) => contact.on),
    lastToAddress,
  );
  if (contactedOn === null) return null;
  const days = intervalDays(contacts.find((contact) => contact.level !== null)?.level ?? 'POLITE', facts.account, day.policy);
  if (day.asNumber - dayNumber(contactedOn) >= days) return null;
  const isOtherAccount = !contacts.some(({ on }) => dayNumber(on) === dayNumber(contactedOn));
  const until = day.dayAt(dayNumber(contactedOn) + days);
  return { code: 'contact-interval', until, contactedOn, intervalDays: days, ...(isOtherAccount ? { isOtherAccount } : {}) };
}

/** Any window of 7 days ending today; the contact that must leave it is the one that fills the last free place. */
function capReason(
  contacts: readonly PastContact[],
  lastToAddress: Day | null,
  toAddressIn7Days: number,
  day: PlanningDay,
): SkipReason | null {
  const cap = day.policy.cap.contactsPerWeek;
  const recent = contacts.map((contact) => contact.on).filter((on) => day.asNumber - dayNumber(on) < WEEK_DAYS);
  const filling = recent.toSorted((a, b) => dayNumber(b) - dayNumber(a))[cap - 1] ?? null;
  const isAddressFull = lastToAddress !== null && toAddressIn7Days >= cap && day.asNumber - dayNumber(lastToAddress) < WEEK_DAYS;
  const from = newest(filling === null ? [] : [filling], isAddressFull ? lastToAddress : null);
  return from === null ? null : { code: 'weekly-cap', until: day.dayAt(dayNumber(from) + WEEK_DAYS) };
}

const newest = (days: readonly Day[], other: Day | null): Day | null =>
  days.reduce<Day | null>((latest, day) => (latest === null || isBefore(latest, day) ? day : latest), other);
