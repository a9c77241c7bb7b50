/**
 * Working-day arithmetic on a contact calendar: a working day is one on which the calendar opens at all. Days held for a
 * holiday that may be moved are not working days. Counting over a year without data yields `no-data`, never a guess.
 */
import type { Day } from '../days.ts';
import { calendarDayOf } from './contact-calendar.ts';
import type { ContactCalendar, NoData } from './contact-calendar.ts';
import { toEpochDay } from './epoch-day.ts';

export type WorkingDay = { readonly kind: 'day'; readonly on: Day } | NoData;
export type WorkingDayCount = { readonly kind: 'count'; readonly days: number } | NoData;

/** False on days off and on days of a year without data: nothing is done automatically on a day nobody knows. */
export const isWorkingDay = (calendar: ContactCalendar, day: Day): boolean => calendarDayOf(calendar, day).kind === 'working';

/**
 * The `count`-th working day after `day`, not counting `day` itself; a negative count goes back. 0 is `day`, working or not.
 * Two working days after a Thursday is the Monday where Friday is worked.
 */
export function addWorkingDays(calendar: ContactCalendar, day: Day, count: number): WorkingDay {
  if (count === 0) return { kind: 'day', on: day };
  const step = Math.sign(count);
  let left = Math.abs(count);
  for (let epochDay = toEpochDay(day) + step; ; epochDay += step) {
    const known = calendar.dayAt(epochDay);
    if (known.kind === 'no-data') return { kind: 'no-data', year: known.year };
    if (known.kind === 'working') left -= 1;
    if (left === 0) return { kind: 'day', on: known.on };
  }
}

/**
 * Working days after `from` up to and including `to`: 0 when `to` is `from`, negative when it is earlier.
 * For a positive `n`, `addWorkingDays(from, n)` is always `n` away. Takes about the same time for a day and for ten years.
 */
export function workingDaysBetween(calendar: ContactCalendar, from: Day, to: Day): WorkingDayCount {
  const fromDay = toEpochDay(from);
  const toDay = toEpochDay(to);
  if (toDay < fromDay) return negated(workingDaysBetween(calendar, to, from));
  let days = 0;
  for (let year = from.year; ; year += 1) {
    const known = calendar.workingYear(year);
    if (known.kind === 'no-data') return known;
    const { before, firstEpochDay } = known;
    const start = Math.max(fromDay + 1 - firstEpochDay, 0);
    const end = toDay + 1 - firstEpochDay;
    const isLastYear = end < before.length;
    days += (before[isLastYear ? end : before.length - 1] ?? 0) - (before[start] ?? 0);
    if (isLastYear) return { kind: 'count', days };
  }
}

/**
 * The latest day something may have been due to be overdue by `workingDays` on `asOn`: due that day or before, it is; due the
 * day after, it is not. Worked out once, it judges every item of a ledger by a comparison, and items from years without
 * data as well, since it only looks back from `asOn`.
 */
export function latestDueOnOverdueBy(
  calendar: ContactCalendar,
  { asOn, workingDays }: { readonly asOn: Day; readonly workingDays: number },
): WorkingDay {
  if (workingDays <= 0) return { kind: 'day', on: asOn };
  const counted = isWorkingDay(calendar, asOn) ? workingDays - 1 : workingDays;
  const first = addWorkingDays(calendar, asOn, -counted);
  return first.kind === 'day' ? { kind: 'day', on: first.on.subtract({ days: 1 }) } : first;
}

/** Days off in a row that make a break: an ordinary weekend has two. */
const LONG_BREAK_DAYS = 3;

/**
 * True on a working day that follows three or more days off in a row, when receipts of the break have not been booked yet and
 * nothing should leave without a person. A weekend of three days that comes every week is no break: at least one of the
 * days must otherwise have been worked. True as well when a year without data lies in those days.
 */
export function firstWorkingDayAfterLongBreak(calendar: ContactCalendar, day: Day): boolean {
  const epochDay = toEpochDay(day);
  if (calendar.dayAt(epochDay).kind !== 'working') return false;
  let daysOff = 0;
  let isBeyondWeekend = false;
  for (let before = epochDay - 1; ; before -= 1) {
    const known = calendar.dayAt(before);
    if (known.kind === 'no-data') return true;
    if (known.kind === 'working') return daysOff >= LONG_BREAK_DAYS && isBeyondWeekend;
    daysOff += 1;
    isBeyondWeekend ||= !known.isWeeklyRest;
  }
}

/** `0 - n`, since `-n` would make a negative zero. */
const negated = (count: WorkingDayCount): WorkingDayCount => (count.kind === 'count' ? { kind: 'count', days: 0 - count.days } : count);
