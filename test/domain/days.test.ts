import { expect, test } from 'vitest';
import { addDays, dayNumber, daysBetween, dayOf, isBefore, isOnOrBefore } from '../../src/domain/days.ts';
import { day } from './builders.ts';

test('every day of 1896-2104 has the number after the day before it, with the epoch at 0', () => {
  expect(dayNumber(day('1970-01-01'))).toBe(0);
  let current = day('1896-01-01');
  let number = dayNumber(current);
  for (; current.year < 2104; current = current.add({ days: 1 }), number += 1)
    if (dayNumber(current) !== number) throw new Error(`wrong number for ${current}`);
});

test.each([
  ['2026-12-31', '2027-01-01', 1],
  ['2028-02-28', '2028-03-01', 2],
  ['2026-02-28', '2026-03-01', 1],
  ['2026-11-23', '2026-11-23', 0],
  ['2026-11-23', '2025-11-23', -365],
])('from %s to %s are %i days', (from, to, days) => {
  expect(daysBetween(day(from), day(to))).toBe(days);
  expect(addDays(day(from), days)).toEqual(day(to));
  expect(isBefore(day(from), day(to))).toBe(days > 0);
  expect(isOnOrBefore(day(from), day(to))).toBe(days >= 0);
});

test('an instant falls on the civil day of the zone, not of UTC', () => {
  expect(dayOf(Temporal.Instant.from('2026-11-22T20:00:00Z'), 'Asia/Dubai')).toEqual(day('2026-11-23'));
  expect(dayOf(Temporal.Instant.from('2026-11-22T19:59:59Z'), 'Asia/Dubai')).toEqual(day('2026-11-22'));
});
