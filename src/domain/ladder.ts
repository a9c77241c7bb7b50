/**
 * The escalation ladder: how firmly an account may be written to today. The age of the oldest item says which level is right;
 * the level last delivered in this episode says how far up the ladder one may be, at most one step above it. Amount never
 * sets the tone. Never decides whether a contact is due.
 */
import type { AccountFacts, PastContact } from './account-facts.ts';
import { type Day, dayNumber } from './days.ts';
import type { Policy } from './policy.ts';
import { ESCALATION_LEVELS, type EscalationLevel, isGovernment } from './vocabulary.ts';

export interface LadderPlace {
  readonly level: EscalationLevel;
  /** Level of the newest delivered contact of the episode; `null` before the first. */
  readonly lastDelivered: EscalationLevel | null;
  /** True when FINAL is right and was already sent in this episode: it is never sent twice. */
  readonly isFinalSpent: boolean;
}

/** The level an age alone calls for. */
function levelByAge(daysPastDue: number, ladder: Policy['ladder']): EscalationLevel {
  if (daysPastDue >= ladder.finalFromDays) return 'FINAL';
  if (daysPastDue >= ladder.urgentFromDays) return 'URGENT';
  return daysPastDue >= ladder.firmFromDays ? 'FIRM' : 'POLITE';
}

/** Contacts newest first; those before the episode belong to an older debt and count for nothing here. */
function ladderPlace(ladder: {
  readonly oldestDaysPastDue: number;
  readonly contacts: readonly PastContact[];
  readonly episodeStartedOn: Day;
  readonly isGovernment: boolean;
  readonly policy: Policy['ladder'];
}): LadderPlace {
  const episode = contactsSince(ladder.contacts, ladder.episodeStartedOn);
  const lastDelivered = episode.find((contact) => contact.isDelivered && contact.level !== null)?.level ?? null;
  const byAge = levelByAge(ladder.oldestDaysPastDue, ladder.policy);
  const capped = ladder.isGovernment ? lowerLevel(byAge, 'FIRM') : byAge;
  const level = lowerLevel(capped, stepAbove(lastDelivered));
  return { level, lastDelivered, isFinalSpent: level === 'FINAL' && finalContact(episode) !== undefined };
}

/** Where an account stands whose oldest counted item has this age. */
export const placeOf = (facts: AccountFacts, oldestDaysPastDue: number, episodeStartedOn: Day, policy: Policy): LadderPlace =>
  ladderPlace({
    oldestDaysPastDue,
    contacts: facts.contacts,
    episodeStartedOn,
    isGovernment: isGovernment(facts.account.businessType),
    policy: policy.ladder,
  });

/** The FINAL sent in this episode, delivered or of unclear outcome. */
export const finalContact = (episode: readonly PastContact[]): PastContact | undefined =>
  episode.find((contact) => contact.level === 'FINAL');

export function contactsSince(contacts: readonly PastContact[], startedOn: Day): readonly PastContact[] {
  if (contacts.length === 0) return contacts;
  const start = dayNumber(startedOn);
  return contacts.filter((contact) => dayNumber(contact.on) >= start);
}

export const isAbove = (level: EscalationLevel, other: EscalationLevel): boolean =>
  ESCALATION_LEVELS.indexOf(level) > ESCALATION_LEVELS.indexOf(other);

const lowerLevel = (a: EscalationLevel, b: EscalationLevel): EscalationLevel => (isAbove(a, b) ? b : a);

function stepAbove(level: EscalationLevel | null): EscalationLevel {
  const next = level === null ? 0 : ESCALATION_LEVELS.indexOf(level) + 1;
  return ESCALATION_LEVELS[next] ?? 'FINAL';
}
