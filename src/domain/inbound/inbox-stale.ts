/**
 * When a mailbox has gone unread for so long that reminders must not go on by themselves: somebody may have answered, complained or paid, and
 * nobody here knows. Pure. Working time counts, for over a weekend nobody would have read it either.
 */
import { wasOpenFor } from '../calendar/open-time.ts';
import type { ContactCalendar } from '../calendar/contact-calendar.ts';
import type { Instant } from '../days.ts';

/** Half a working day: less would stop the sending for a restart of a mail server, more lets a day's answers go unseen. */
export const STALE_AFTER_MINUTES = 4 * 60;

/** @param readAt When it was last read to its end, or began to be watched. */
export const isInboxStale = (calendar: ContactCalendar, readAt: Instant, now: Instant): boolean =>
  wasOpenFor(calendar, STALE_AFTER_MINUTES, readAt, now);
