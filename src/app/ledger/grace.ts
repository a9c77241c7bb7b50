/** The last day a block holds when it runs to a named day and some working days beyond. */
import { addWorkingDays } from '../../domain/calendar/working-days.ts';
import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { addDays, type Day } from '../../domain/days.ts';

/**
 * In a year without data on days off nobody knows the working days: then each is taken to need three civil days, because
 * writing a week late does less harm than writing to somebody who has kept a promise.
 */
export function dayWithGrace(calendar: ContactCalendar, namedOn: Day, workingDays: number): Day {
  const reached = addWorkingDays(calendar, namedOn, workingDays);
  return reached.kind === 'day' ? reached.on : addDays(namedOn, workingDays * 3);
}
