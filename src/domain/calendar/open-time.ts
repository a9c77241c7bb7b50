/** How long the contact calendar was open between two instants: working time as the people at work count it. Pure. */
import type { Instant } from '../days.ts';
import type { ContactCalendar } from './contact-calendar.ts';

const DAY_MS = 86_400_000;
/** Nobody asks for more than hours; beyond two months the answer is "long". */
const MOST_DAYS = 62;

/** True once it was open for so many minutes. A year without data counts as closed: nothing leaves in it anyway. */
export function wasOpenFor(calendar: ContactCalendar, minutes: number, from: Instant, until: Instant): boolean {
  const fromMs = from.epochMilliseconds;
  const untilMs = until.epochMilliseconds;
  let leftMs = minutes * 60_000;
  // A zone is at most a day from UTC, so the civil day of an instant is never earlier than this.
  const firstDay = Math.floor(fromMs / DAY_MS) - 1;
  for (let day = firstDay; day <= firstDay + MOST_DAYS && calendar.startOfDayMs(day) < untilMs; day += 1) {
    if (calendar.dayAt(day).kind !== 'working') continue;
    const edges = calendar.windowEdgesMs(day);
    for (let index = 0; index + 1 < edges.length; index += 2)
      leftMs -= Math.max(0, Math.min(edges[index + 1] ?? 0, untilMs) - Math.max(edges[index] ?? 0, fromMs));
    if (leftMs <= 0) return true;
  }
  return untilMs - fromMs > MOST_DAYS * DAY_MS;
}
