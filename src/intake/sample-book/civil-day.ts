/** Days as whole numbers, for making up dates: arithmetic on them is far cheaper than on `Temporal.PlainDate`. */
import { dayNumber } from '../../domain/days.ts';
import type { Day } from '../../domain/days.ts';

/** Days since 1970-01-01. */
export type DayNumber = number;

/** 1970-01-01 was a Thursday; 0 is Sunday. */
const weekdayOf = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

/** The same day or, on a weekend (Saturday and Sunday), the Friday before: businesses bill and banks pay on working days. */
export const onWorkingDay = (day: DayNumber): DayNumber => day - ([2, 0, 0, 0, 0, 0, 1][weekdayOf(day)] ?? 0);

/** Turns day numbers into days relative to one known day, remembering each. */
export class Days {
  private readonly origin: Day;
  private readonly originNumber: DayNumber;
  private readonly known = new Map<DayNumber, Day>();

  constructor(origin: Day) {
    this.origin = origin;
    this.originNumber = dayNumber(origin);
  }

  get today(): DayNumber {
    return this.originNumber;
  }

  day(number: DayNumber): Day {
    const found = this.known.get(number);
    if (found) return found;
    const made = this.origin.add({ days: number - this.originNumber });
    this.known.set(number, made);
    return made;
  }
}
