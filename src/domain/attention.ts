/**
 * What a person has to be told about a company's day: work that was not done, mail that does not leave, doubts nobody settled. Pure. Only
 * while the contact window is open: nobody is called about something that can wait until people are there.
 */
import type { Instant } from './days.ts';

export interface DayAtWork {
  readonly now: Instant;
  readonly localTime: Temporal.PlainTime;
  readonly isWorkingDay: boolean;
  readonly isWindowOpen: boolean;
  /** By a person: a pause or the kill switch. */
  readonly isStopped: boolean;
  readonly wasPlannedToday: boolean;
  readonly wasImportedToday: boolean;
  readonly hasLedger: boolean;
  readonly due: number;
  readonly oldestDueAt: Instant | null;
  readonly nextAt: Instant | null;
  readonly uncertain: number;
  readonly stuck: number;
  readonly lastSentAt: Instant | null;
  /** Unread for too long: reminders do not leave by themselves. */
  readonly isInboxStale: boolean;
  /** Mails of the last day that other systems refused as ours. */
  readonly blocked: number;
  /** Until the secret ends that mail is signed in with; `null`: none ends. */
  readonly signInDaysLeft: number | null;
}

export type AttentionCode = 'no-plan' | 'no-import' | 'nothing-sent' | 'stuck' | 'uncertain' | 'inbox-stale' | 'blocked' | 'sign-in-ends';

export interface Attention {
  readonly code: AttentionCode;
  readonly isCritical: boolean;
  /** Free of names: it goes to a pager. */
  readonly text: string;
}

/** Ten o'clock: two hours after the plan was due, before the day's mail should leave. */
const PLANNED_BY = Temporal.PlainTime.from('10:00');
/** Noon: a bank statement of the morning is in the books by then. */
const IMPORTED_BY = Temporal.PlainTime.from('12:00');
/** Longer than any limit of a mail server makes a due mail wait for its turn. */
const SENT_WITHIN_MINUTES = 30;
/** Each costs a person's time; more than this is no weather. */
const MOST_UNCERTAIN = 5;

/** Two weeks: long enough for whoever may make a new secret to come back from leave. */
const WARNED_DAYS = 14;

const isPast = (time: Temporal.PlainTime, limit: Temporal.PlainTime): boolean => Temporal.PlainTime.compare(time, limit) >= 0;

export function attentionNeeded(day: DayAtWork): readonly Attention[] {
  if (!day.isWindowOpen || !day.isWorkingDay) return [];
  const found: Attention[] = [];
  const add = (code: AttentionCode, isCritical: boolean, text: string): void => void found.push({ code, isCritical, text });
  if (day.hasLedger && !day.wasPlannedToday && isPast(day.localTime, PLANNED_BY)) add('no-plan', true, 'Nothing was planned by 10:00.');
  if (day.hasLedger && !day.wasImportedToday && isPast(day.localTime, IMPORTED_BY))
    add('no-import', false, 'No ledger file was taken in by 12:00.');
  if (!day.isStopped && isWaitingInVain(day))
    add('nothing-sent', true, `${day.due} mails are due in an open window, and none was sent for half an hour.`);
  if (day.stuck > 0) add('stuck', true, `${day.stuck} mails are being sent for longer than a sender lives.`);
  if (day.uncertain > MOST_UNCERTAIN) add('uncertain', false, `${day.uncertain} mails are uncertain and wait for a person.`);
  if (day.isInboxStale) add('inbox-stale', true, 'The mailbox has not been read for four working hours: no reminder leaves by itself.');
  if (day.blocked > 0) add('blocked', false, `${day.blocked} mails were refused as mail of ours in the last day: see the reports.`);
  if (day.signInDaysLeft !== null && day.signInDaysLeft <= WARNED_DAYS)
    add('sign-in-ends', day.signInDaysLeft < 0, signInText(day.signInDaysLeft));
  return found;
}

const signInText = (days: number): string =>
  days < 0
    ? 'The secret that mail is signed in with has ended.'
    : `The secret that mail is signed in with ends in ${days} ${days === 1 ? 'day' : 'days'}.`;

function isWaitingInVain({ now, due, oldestDueAt, lastSentAt }: DayAtWork): boolean {
  if (due === 0 || oldestDueAt === null) return false;
  const longAgo = now.subtract({ minutes: SENT_WITHIN_MINUTES });
  const isOld = (at: Instant | null): boolean => at === null || Temporal.Instant.compare(at, longAgo) < 0;
  return isOld(oldestDueAt) && isOld(lastSentAt);
}
