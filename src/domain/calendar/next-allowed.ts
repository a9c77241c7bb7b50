/**
 * When a reminder may leave: at the instant asked about, or the first later one at which the calendar is open. Judged when
 * planning and again at the gate, with the same function. Fails closed: a year without data is never open.
 */
import type { Day, Instant } from '../days.ts';
import type { ContactCalendar, NoData, OffReason } from './contact-calendar.ts';

/** Why the instant asked about is closed. */
export type ClosedReason =
  | { readonly code: 'quiet'; readonly until: Instant }
  | { readonly code: 'outside-hours'; readonly on: Day }
  | (OffReason & { readonly on: Day });

export type NextAllowed =
  | { readonly kind: 'open'; readonly at: Instant }
  | { readonly kind: 'closed'; readonly until: Instant; readonly why: ClosedReason }
  | NoData
  /** Closed for so long that the calendar itself must be wrong; a person has to look at it. */
  | { readonly kind: 'misconfigured'; readonly closedForDays: number };

/** The longest real closing, an Eid with its weekends, is under two weeks: two months shut is a mistake in the calendar. */
const SEARCH_DAYS = 60;

const DAY_MS = 86_400_000;

/**
 * Windows are half-open: open at the first instant, closed at the last. Searches 60 civil days from the instant, or from the
 * quiet-until instant when that is later.
 */
export function nextAllowed(calendar: ContactCalendar, instant: Instant): NextAllowed {
  const askedMs = instant.epochMilliseconds;
  const fromMs = Math.max(askedMs, quietUntilMs(calendar));
  const firstDay = civilDayAt(calendar, fromMs);
  for (let epochDay = firstDay; epochDay <= firstDay + SEARCH_DAYS; epochDay += 1) {
    const day = calendar.dayAt(epochDay);
    if (day.kind === 'no-data') return { kind: 'no-data', year: day.year };
    const openMs = day.kind === 'working' ? firstOpenMs(calendar.windowEdgesMs(epochDay), fromMs) : null;
    if (openMs === null) continue;
    if (openMs === askedMs) return { kind: 'open', at: instant };
    return { kind: 'closed', until: Temporal.Instant.fromEpochMilliseconds(openMs), why: whyClosed(calendar, askedMs) };
  }
  return { kind: 'misconfigured', closedForDays: SEARCH_DAYS };
}

/** Rounded up, so that a fraction of a millisecond is never taken off the quiet. */
function quietUntilMs({ quietUntil }: ContactCalendar): number {
  if (quietUntil === null) return Number.NEGATIVE_INFINITY;
  return quietUntil.round({ smallestUnit: 'millisecond', roundingMode: 'ceil' }).epochMilliseconds;
}

/** The civil day an instant falls on, found by the starts of days rather than by asking the zone (which costs 4 µs). */
function civilDayAt(calendar: ContactCalendar, ms: number): number {
  let epochDay = Math.floor(ms / DAY_MS) - 1; // a zone is at most 14 hours from UTC, so never earlier than this
  while (calendar.startOfDayMs(epochDay + 1) <= ms) epochDay += 1;
  return epochDay;
}

function firstOpenMs(edges: readonly number[], fromMs: number): number | null {
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const startMs = edges[index] ?? 0;
    const endMs = edges[index + 1] ?? 0;
    const openMs = Math.max(startMs, fromMs);
    if (openMs < endMs) return openMs;
  }
  return null;
}

function whyClosed(calendar: ContactCalendar, askedMs: number): ClosedReason {
  const { quietUntil } = calendar;
  if (quietUntil !== null && askedMs < quietUntilMs(calendar)) return { code: 'quiet', until: quietUntil };
  const day = calendar.dayAt(civilDayAt(calendar, askedMs));
  return day.kind === 'off' ? { ...day.why, on: day.on } : { code: 'outside-hours', on: day.on };
}
