/**
 * When a reminder may leave, from the contact calendar: at once or at the next open moment. Auto-approved mail also waits for
 * the morning's receipts to be in. Decides nothing about whether it should leave at all.
 */
import { type ContactCalendar, isRamadan } from './calendar/contact-calendar.ts';
import { nextAllowed } from './calendar/next-allowed.ts';
import { type Day, dayOf, type Instant } from './days.ts';
import type { Policy } from './policy.ts';

export type SendingTime =
  | { readonly kind: 'at'; readonly at: Instant; readonly on: Day }
  /** The calendar does not know the days of that year, or never opens in it: nothing may be scheduled. */
  | { readonly kind: 'unknown'; readonly year: number };

const FRIDAY = 5;

/** The first moment from `from` at which the calendar is open. */
export function nextSending(calendar: ContactCalendar, from: Instant): SendingTime {
  const next = nextAllowed(calendar, from);
  switch (next.kind) {
    case 'open':
      return { kind: 'at', at: next.at, on: dayOf(next.at, calendar.timeZone) };
    case 'closed':
      return { kind: 'at', at: next.until, on: dayOf(next.until, calendar.timeZone) };
    case 'no-data':
      return { kind: 'unknown', year: next.year };
    case 'misconfigured':
      return { kind: 'unknown', year: dayOf(from, calendar.timeZone).year };
  }
}

/** As {@link nextSending}, but no earlier in its day than the policy lets auto-approved mail leave. */
export function nextAutomaticSending(calendar: ContactCalendar, from: Instant, policy: Policy): SendingTime {
  const next = nextSending(calendar, from);
  if (next.kind === 'unknown') return next;
  const plainTime = Temporal.PlainTime.from(notBefore(calendar, next.on, policy));
  const earliest = next.on.toZonedDateTime({ timeZone: calendar.timeZone, plainTime }).toInstant();
  return Temporal.Instant.compare(next.at, earliest) < 0 ? nextSending(calendar, earliest) : next;
}

function notBefore(calendar: ContactCalendar, on: Day, policy: Policy): string {
  if (isRamadan(calendar, on)) return policy.approval.autoNotBeforeRamadan;
  return on.dayOfWeek === FRIDAY ? policy.approval.autoNotBeforeFriday : policy.approval.autoNotBefore;
}
