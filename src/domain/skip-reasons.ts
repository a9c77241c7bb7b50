/**
 * Why an account gets no reminder: the order in which the reasons are judged, and each as a sentence a colleague would say.
 * Every sentence must be true on its own; none promises what the rules do not.
 */
import type { Day } from './days.ts';
import type { SkipCode, SkipReason } from './decision.ts';
import { unreachable } from './operator-error.ts';
import type { BlockKind, CollectionStatus } from './vocabulary.ts';

/** The first reason that holds is given, the rest are listed after it in this order. */
export const SKIP_ORDER = [
  'inactive',
  'not-collectable',
  'nothing-overdue',
  'no-valid-address',
  'suppressed',
  'reply-awaiting',
  'blocked',
  'net-not-positive',
  'below-minimum',
  'not-yet',
  'reminder-live',
  'ladder-complete',
  'contact-interval',
  'weekly-cap',
  'quiet-season',
  'ledger-stale',
  'calendar-unconfirmed',
] as const satisfies readonly SkipCode[];

const RANK: Readonly<Record<SkipCode, number>> = Object.fromEntries(SKIP_ORDER.map((code, rank) => [code, rank])) as Record<
  SkipCode,
  number
>;

/** Each reason once, though two rules may find it: an unknown year is met by the trigger and by the windows. */
export const inJudgedOrder = (reasons: readonly SkipReason[]): readonly SkipReason[] =>
  reasons.length < 2
    ? reasons
    : reasons.toSorted((a, b) => RANK[a.code] - RANK[b.code]).filter(({ code }, index, sorted) => code !== sorted[index - 1]?.code);

/** One English sentence that answers "why was this customer not contacted?". */
export function skipSentence(reason: SkipReason, customerName: string): string {
  switch (reason.code) {
    case 'inactive':
      return `${customerName} is marked inactive, so nothing is sent to them.`;
    case 'not-collectable':
      return `${customerName} ${STATUS_TEXT[reason.status]}, so reminders are not sent automatically.`;
    case 'nothing-overdue':
      return `${customerName} has nothing overdue.`;
    case 'no-valid-address':
      return `${customerName} has no contact with an address for a reminder of this level.`;
    case 'suppressed':
      return `Nothing may be sent to the address of ${customerName}: ${reason.why}.`;
    case 'reply-awaiting':
      return `${customerName} has answered, and the answer has not been dealt with yet.`;
    case 'blocked':
      return blockedSentence(reason.kinds, reason.until, customerName);
    case 'net-not-positive':
      return `Open credits cover everything that would be asked of ${customerName}.`;
    case 'below-minimum':
      return `What ${customerName} has overdue is too little for a reminder by the company's policy.`;
    case 'not-yet':
      return `${customerName} has overdue items, but none old enough before ${dayText(reason.on)}.`;
    case 'reminder-live':
      return `Reminder ${reason.id} to ${customerName} is already under way.`;
    case 'ladder-complete':
      return `The final reminder to ${customerName} has run out: the account needs a person now.`;
    case 'contact-interval':
      return intervalSentence(reason, customerName);
    case 'weekly-cap':
      return `${customerName} or their address has had every contact a week allows; the next is possible on ${dayText(reason.until)}.`;
    case 'quiet-season':
      return `A reminder this firm to ${customerName} waits until ${dayText(reason.until)}: nothing above FIRM is sent in this season.`;
    case 'ledger-stale':
      return reason.since === null
        ? 'The ledger is too old to act on: import a newer one.'
        : `The ledger ends on ${dayText(reason.since)}: payments since then are unknown, so nothing is sent before a newer one is imported.`;
    case 'calendar-unconfirmed':
      return `The days off of ${reason.year} are not known, so nothing is scheduled.`;
    default:
      return unreachable(reason);
  }
}

const STATUS_TEXT: Readonly<Record<CollectionStatus, string>> = {
  NORMAL: 'is in normal collection',
  CASH: 'pays cash',
  INTERNAL: 'is a sister company',
  LEGAL: 'is with the lawyers',
  INSOLVENT: 'is insolvent',
  AGENCY: 'is with a collection agency',
};

/** A block in words, as the object of a sentence. */
export const BLOCK_TEXT: Readonly<Record<BlockKind, string>> = {
  DISPUTE: 'a dispute',
  PROMISE: 'a promise to pay',
  CHEQUE: 'a post-dated cheque in hand',
  RETENTION: 'agreed retention',
  PAID_CLAIM: 'a claim that it was paid',
  DO_NOT_CHASE: 'an instruction not to chase',
  REPLY: 'an answer not dealt with yet',
  ALLOCATION: 'a receipt not yet matched',
  RETURNED_CHEQUE: 'a returned cheque that a person has to deal with',
};

function blockedSentence(kinds: readonly BlockKind[], until: Day | null, customerName: string): string {
  const what = kinds.map((kind) => BLOCK_TEXT[kind]).join(' and ');
  const end = until === null ? ', until someone lifts it' : `; the first item comes free after ${dayText(until)}`;
  return `Everything ${customerName} has overdue is blocked by ${what}${end}.`;
}

function intervalSentence(reason: Extract<SkipReason, { code: 'contact-interval' }>, customerName: string): string {
  const start = `Nothing is sent to ${customerName} before ${dayText(reason.until)}`;
  if (reason.contactedOn === undefined || reason.intervalDays === undefined) return `${start}: they were contacted not long ago.`;
  const days = reason.intervalDays === 1 ? '1 day' : `${reason.intervalDays} days`;
  const who = reason.isOtherAccount === true ? 'another account of their address was' : 'they were';
  return `${start}: ${who} contacted on ${dayText(reason.contactedOn)} and the interval is ${days}.`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Fri 27 Nov 2026`: the month in words, because 11/12 reads two ways in the Gulf. */
export const dayText = (day: Day): string => `${WEEKDAYS[day.dayOfWeek - 1] ?? ''} ${day.day} ${MONTHS[day.month - 1] ?? ''} ${day.year}`;
