/**
 * Civil days as whole numbers since 1970-01-01, for arithmetic over millions of items: making a `PlainDate` costs over a
 * microsecond, adding two integers nothing. Proleptic Gregorian, no zone. Never leaves the calendar's own files.
 */
import type { Day } from '../days.ts';

/** ISO weekday, Monday 1 to Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAYS_IN_ERA = 146_097; // 400 Gregorian years
const EPOCH_FROM_MARCH_0000 = 719_468;

/** Number of a civil date: years are counted from March so that the leap day comes last (Hinnant, "days from civil"). */
export function epochDayOf(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - EPOCH_FROM_MARCH_0000;
}

export const toEpochDay = (day: Day): number => epochDayOf(day.year, day.month, day.day);

const EPOCH = Temporal.PlainDate.from('1970-01-01');

export const fromEpochDay = (epochDay: number): Day => EPOCH.add({ days: epochDay });

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (epochDay: number): Weekday => (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday;

/** Remembers a pure function of a number: the same answers, computed once. */
export function rememberByNumber<Answer>(compute: (key: number) => Answer): (key: number) => Answer {
  const known = new Map<number, Answer>();
  return (key) => {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const computed = compute(key);
    known.set(key, computed);
    return computed;
  };
}
