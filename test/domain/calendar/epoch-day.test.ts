import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromEpochDay, toEpochDay, weekdayOf } from '../../../src/domain/calendar/epoch-day.ts';
import { day } from './calendars.ts';

test('day numbers and weekdays agree with Temporal over four centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -73_000, max: 73_000 }), (epochDay) => {
      const on = fromEpochDay(epochDay);
      expect(toEpochDay(on)).toBe(epochDay);
      expect(weekdayOf(epochDay)).toBe(on.dayOfWeek);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2000-02-29', 11_016],
  ['2026-11-23', 20_780],
])('%s is day %d', (on, epochDay) => {
  expect(toEpochDay(day(on))).toBe(epochDay);
});
