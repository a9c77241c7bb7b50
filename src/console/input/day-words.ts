/**
 * Days as people say them: `2026-11-26`, `thursday`, `thu`, `tomorrow`, `+3`, `26 nov`. Pure. Only what reads one way: `3/4` is two different days in
 * two countries, so it is none here.
 */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** What can be typed, for a hint. */
export const DAY_WORDS = 'thursday, tomorrow, +5, 26 nov or 2026-11-26';

/** @param today null while it is not known; then only a date in full is a day. @returns null when it is none */
export function dayFromWords(text: string, today: Temporal.PlainDate | null): Temporal.PlainDate | null {
  const words = text.trim().toLowerCase();
  if (/^\d{4}-\d{2}-\d{2}$/.test(words)) return real(() => Temporal.PlainDate.from(words, { overflow: 'reject' }));
  if (today === null) return null;
  if (words === 'today') return today;
  if (words === 'tomorrow') return today.add({ days: 1 });
  const later = /^\+(\d{1,3})$/.exec(words);
  if (later) return today.add({ days: Number(later[1]) });
  const weekday = placeOf(WEEKDAYS, words);
  // Said on a Thursday, it is the next one.
  if (weekday !== null) return today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
  const named = /^(\d{1,2})\s+([a-z]+)$/.exec(words);
  return named === null ? null : dayOfMonth(Number(named[1]), named[2] ?? '', today);
}

/** Several days, apart by commas, blanks or both; null when one of them is none. */
export function daysFromWords(text: string, today: Temporal.PlainDate | null): readonly Temporal.PlainDate[] | null {
  const days = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => dayFromWords(word, today));
  return days.length > 0 && days.every((day) => day !== null) ? days : null;
}

/** `Thursday, 26 November 2026`, so that a slip is seen before it counts. */
export const dayInFull = (day: Temporal.PlainDate): string =>
  day.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** The next such day, today included. */
function dayOfMonth(day: number, name: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const month = placeOf(MONTHS, name);
  if (month === null) return null;
  const on = (year: number): Temporal.PlainDate | null => real(() => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
  const thisYear = on(today.year);
  return thisYear !== null && Temporal.PlainDate.compare(thisYear, today) >= 0 ? thisYear : on(today.year + 1);
}

/** Counted from one. Three letters say which. */
function placeOf(names: readonly string[], typed: string): number | null {
  const at = typed.length < 3 ? -1 : names.findIndex((name) => name.startsWith(typed));
  return at < 0 ? null : at + 1;
}

function real(make: () => Temporal.PlainDate): Temporal.PlainDate | null {
  try {
    return make();
  } catch {
    // No day of the calendar, such as 30 February.
    return null;
  }
}
