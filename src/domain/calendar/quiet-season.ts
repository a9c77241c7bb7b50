/**
 * The times of the year in which nothing above FIRM is sent: the last ten days of Ramadan, Eid, and mourning. A reminder
 * due at a higher level waits for the day this names. Decides from the calendar alone.
 */
import type { Day } from '../days.ts';
import type { ContactCalendar, Season } from './contact-calendar.ts';
import { toEpochDay } from './epoch-day.ts';

export interface QuietSeason {
  /** What the day asked about belongs to. */
  readonly season: Season;
  /** The first day that is free again; seasons that follow one another count as one. It may itself be a day off. */
  readonly until: Day;
}

/** `null` outside such a season, and for years without data, which {@link nextAllowed} keeps closed anyway. */
export function quietSeason(calendar: ContactCalendar, day: Day): QuietSeason | null {
  const epochDay = toEpochDay(day);
  const season = seasonAt(calendar, epochDay);
  if (season === null) return null;
  let free = epochDay + 1;
  while (seasonAt(calendar, free) !== null) free += 1;
  return { season, until: calendar.dayAt(free).on };
}

function seasonAt(calendar: ContactCalendar, epochDay: number): Season | null {
  const day = calendar.dayAt(epochDay);
  return day.kind === 'no-data' ? null : day.season;
}
