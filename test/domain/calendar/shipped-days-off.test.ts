/** The shipped tables against the law's rules worked out on Temporal's own Umm al-Qura calendar. */
import { describe, expect, test } from 'vitest';
import type { DayOffScope } from '../../../src/domain/calendar/day-off.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import { isWorkingDay } from '../../../src/domain/calendar/working-days.ts';
import type { Day } from '../../../src/domain/days.ts';
import { day, presetCalendar } from './calendars.ts';

const hijri = (year: number, month: number, dayOfMonth: number) =>
  Temporal.PlainDate.from({ year, month, day: dayOfMonth, calendar: 'islamic-umalqura' });
const civil = (date: Temporal.PlainDate): Day => date.withCalendar('iso8601');

const daysOf = (key: string, scope: DayOffScope = 'private'): readonly string[] =>
  SHIPPED_DAYS_OFF.daysOff.filter((row) => row.key === key && row.scope === scope).map((row) => row.on.toString());
const daysFrom = (first: Day, count: number): readonly string[] =>
  Array.from({ length: count }, (_, offset) => first.add({ days: offset }).toString());

/** Hijri years whose Eids and birthdays fall into 2027-2030, and the civil years they fall into. */
const EXPECTED_YEARS = [
  { hijriYear: 1448, eidYear: 2027 },
  { hijriYear: 1449, eidYear: 2028 },
  { hijriYear: 1450, eidYear: 2029 },
  { hijriYear: 1451, eidYear: 2030 },
];

describe.each(EXPECTED_YEARS)('the expected days of $hijriYear', ({ hijriYear, eidYear }) => {
  test.each(['private', 'federal', 'saudi', 'kuwait'] as const)('close the four days after 29 Ramadan (%s)', (scope) => {
    const key = scope === 'private' || scope === 'federal' ? `eid-al-fitr-${eidYear}` : `${scope}-eid-al-fitr-${eidYear}`;
    expect(daysOf(key, scope)).toEqual(daysFrom(civil(hijri(hijriYear, 9, 29)).add({ days: 1 }), 4));
  });

  test.each(['private', 'federal', 'saudi', 'kuwait'] as const)(
    'close 9-12 Dhu al-Hijjah under both lengths of the month before (%s)',
    (scope) => {
      const key = scope === 'private' || scope === 'federal' ? `eid-al-adha-${eidYear}` : `${scope}-eid-al-adha-${eidYear}`;
      const before = hijri(hijriYear, 11, 1);
      // 9 Dhu al-Hijjah when the month before has 29 days: the earlier of the two.
      expect(daysOf(key, scope)).toEqual(daysFrom(civil(before.add({ days: 29 + 8 })), 5));
    },
  );

  test('include 1 Muharram and 12 Rabi al-Awwal of the year after', () => {
    expect(daysOf(`hijri-new-year-${eidYear}`)[0]).toBe(civil(hijri(hijriYear + 1, 1, 1)).toString());
    expect(daysOf(`mawlid-${eidYear}`)[0]).toBe(civil(hijri(hijriYear + 1, 3, 12)).toString());
  });
});

test("Kuwait's Isra and Mi'raj is 27 Rajab", () => {
  for (const hijriYear of [1447, 1448, 1449, 1450, 1451, 1452])
    expect(daysOf(`kuwait-isra-miraj-${hijriYear}`, 'kuwait')).toEqual([civil(hijri(hijriYear, 7, 27)).toString()]);
});

test('Ramadan begins with the Umm al-Qura month, and lasts thirty days where nobody has seen the moon yet', () => {
  for (const span of SHIPPED_DAYS_OFF.ramadans) {
    const first = hijri(Number(span.key.slice(-4)), 9, 1);
    expect(span.startsOn.toString()).toBe(civil(first).toString());
    const length = span.startsOn.until(span.endsOn).days + 1;
    expect(length).toBe(span.status === 'expected' ? 30 : first.daysInMonth);
  }
});

test('every year shipped for the UAE has its National Day and its two Eids, in both scopes', () => {
  for (const scope of ['private', 'federal'] as const)
    for (let year = 2022; year <= 2030; year += 1)
      for (const occasion of ['national-day', 'eid-al-fitr', 'eid-al-adha', 'new-year', 'mawlid', 'hijri-new-year'])
        expect({ occasion, year, scope, days: daysOf(`${occasion}-${year}`, scope).length }).not.toMatchObject({ days: 0 });
});

test('47 weekdays were announced as off to the private sector from 2022 to 2026', () => {
  const calendar = presetCalendar('uae-private');
  const weekdays = daysFrom(day('2022-01-01'), 365 * 5 + 1)
    .map(day)
    .filter((on) => on.dayOfWeek <= 5);
  expect(weekdays.filter((on) => !isWorkingDay(calendar, on))).toHaveLength(47);
});

test('every row says where it comes from, and lies in a year its scope covers', () => {
  for (const row of SHIPPED_DAYS_OFF.daysOff) {
    expect(row.source).not.toBe('');
    const years = SHIPPED_DAYS_OFF.covers.find(({ scope }) => scope === row.scope);
    expect(row.on.year).toBeGreaterThanOrEqual(years?.fromYear ?? Number.POSITIVE_INFINITY);
    expect(row.on.year).toBeLessThanOrEqual(years?.toYear ?? 0);
  }
});
