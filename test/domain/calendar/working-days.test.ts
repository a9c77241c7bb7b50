import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  firstWorkingDayAfterLongBreak,
  isWorkingDay,
  latestDueOnOverdueBy,
  workingDaysBetween,
} from '../../../src/domain/calendar/working-days.ts';
import { day, dayOff, presetCalendar, withOverlay } from './calendars.ts';

const uae = presetCalendar('uae-private');
const anyDay = fc.integer({ min: 0, max: 2_900 }).map((offset) => day('2022-02-01').add({ days: offset }));

describe('a working day', () => {
  test.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-27', true, 'a Friday, short as it is'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-12-02', false, 'National Day'],
    ['2026-12-04', true, 'the Friday after it'],
    ['2026-03-18', true, '29 Ramadan'],
    ['2028-05-22', false, 'a Monday held for the Hijri New Year'],
    ['2031-02-03', false, 'a day of a year nobody knows'],
  ])('%s: %s (%s)', (on, expected) => {
    expect(isWorkingDay(uae, day(on))).toBe(expected);
  });

  test('is the Sunday in Riyadh and not in Dubai', () => {
    expect(isWorkingDay(presetCalendar('saudi'), day('2026-11-22'))).toBe(true);
    expect(isWorkingDay(uae, day('2026-11-22'))).toBe(false);
  });
});

describe('adding working days', () => {
  test.each([
    ['2026-11-26', 0, '2026-11-26'],
    ['2026-11-26', 1, '2026-11-27'],
    ['2026-11-26', 2, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-12-01', 1, '2026-12-04'],
    ['2026-12-31', 1, '2027-01-04'],
    ['2026-11-30', -1, '2026-11-27'],
    ['2026-12-04', -1, '2026-12-01'],
    ['2024-02-28', 1, '2024-02-29'],
  ])('%s and %d gives %s', (from, count, expected) => {
    expect(addWorkingDays(uae, day(from), count)).toEqual({ kind: 'day', on: day(expected) });
  });

  test('stops where the data ends, in either direction', () => {
    expect(addWorkingDays(uae, day('2030-12-31'), 1)).toEqual({ kind: 'no-data', year: 2031 });
    expect(addWorkingDays(uae, day('2022-01-03'), -1)).toEqual({ kind: 'no-data', year: 2021 });
  });

  test('needs no data where every day is worked', () => {
    expect(addWorkingDays(presetCalendar('continuous'), day('2013-04-28'), 3)).toEqual({ kind: 'day', on: day('2013-05-01') });
  });
});

describe('counting working days', () => {
  test.each([
    ['2026-11-23', '2026-11-23', 0],
    ['2026-11-23', '2026-11-24', 1],
    ['2026-11-26', '2026-11-30', 2],
    ['2026-11-27', '2026-11-29', 0],
    ['2026-12-01', '2026-12-04', 1],
    ['2026-12-31', '2027-01-04', 1],
    ['2026-11-30', '2026-11-26', -2],
    ['2026-11-29', '2026-11-28', 0],
  ])('from %s to %s there are %d', (from, to, expected) => {
    expect(workingDaysBetween(uae, day(from), day(to))).toEqual({ kind: 'count', days: expected });
  });

  test('is refused over a year without data', () => {
    expect(workingDaysBetween(uae, day('2021-12-30'), day('2022-01-04'))).toEqual({ kind: 'no-data', year: 2021 });
    expect(workingDaysBetween(uae, day('2030-12-30'), day('2031-01-04'))).toEqual({ kind: 'no-data', year: 2031 });
  });

  test('agrees with walking day by day, across any number of years', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const [from, to] = Temporal.PlainDate.compare(a, b) <= 0 ? [a, b] : [b, a];
        let walked = 0;
        for (let on = from.add({ days: 1 }); Temporal.PlainDate.compare(on, to) <= 0; on = on.add({ days: 1 }))
          walked += Number(isWorkingDay(uae, on));
        expect(workingDaysBetween(uae, from, to)).toEqual({ kind: 'count', days: walked });
      }),
      { numRuns: 200 },
    );
  });

  test('undoes adding', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (from, count) => {
        const added = addWorkingDays(uae, from, count);
        if (added.kind === 'no-data') throw new Error('inside the shipped years');
        expect(workingDaysBetween(uae, from, added.on)).toEqual({ kind: 'count', days: count });
      }),
    );
  });
});

describe('the latest due day that is overdue by three working days', () => {
  const latest = (asOn: string, workingDays = 3) => latestDueOnOverdueBy(uae, { asOn: day(asOn), workingDays });

  test.each([
    ['2026-11-26', '2026-11-23'],
    ['2026-11-29', '2026-11-24'],
    ['2026-11-30', '2026-11-25'],
    ['2026-12-04', '2026-11-29'],
  ])('on %s is %s', (asOn, expected) => {
    expect(latest(asOn)).toEqual({ kind: 'day', on: day(expected) });
  });

  test('is yesterday for one day where every day is worked', () => {
    expect(latestDueOnOverdueBy(presetCalendar('continuous'), { asOn: day('2013-05-01'), workingDays: 1 })).toEqual({
      kind: 'day',
      on: day('2013-04-30'),
    });
  });

  test('says the same as counting, due day by due day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 8 }), fc.integer({ min: -3, max: 20 }), (asOn, workingDays, before) => {
        const dueOn = asOn.subtract({ days: before });
        const limit = latestDueOnOverdueBy(uae, { asOn, workingDays });
        const counted = workingDaysBetween(uae, dueOn, asOn);
        if (limit.kind === 'no-data' || counted.kind === 'no-data') throw new Error('inside the shipped years');
        expect(Temporal.PlainDate.compare(dueOn, limit.on) <= 0).toBe(counted.days >= workingDays);
      }),
    );
  });

  test('needs no data for the year an old item was due in', () => {
    expect(latest('2022-01-10')).toEqual({ kind: 'day', on: day('2022-01-05') });
    expect(latest('2022-01-04')).toEqual({ kind: 'no-data', year: 2021 });
  });
});

describe('the first working day after a long break', () => {
  test.each([
    ['2026-11-23', false, 'after an ordinary weekend'],
    ['2026-11-24', false, 'after a working day'],
    ['2026-12-04', false, 'after two days of National Day'],
    ['2026-12-03', false, 'which is a day off itself'],
    ['2026-03-23', true, 'after Eid and the weekend'],
    ['2026-06-16', true, 'after a weekend and a Monday off'],
    ['2026-08-31', true, 'after a Friday off and a weekend'],
    ['2026-09-01', false, 'the second day back'],
    ['2022-01-03', true, 'after days of a year nobody knows'],
  ])('%s: %s (%s)', (on, expected) => {
    expect(firstWorkingDayAfterLongBreak(uae, day(on))).toBe(expected);
  });

  test('does not come every Monday where the weekend has three days', () => {
    const sharjah = presetCalendar('sharjah');
    expect(firstWorkingDayAfterLongBreak(sharjah, day('2026-11-23'))).toBe(false);
    expect(firstWorkingDayAfterLongBreak(sharjah, day('2026-06-16'))).toBe(true);
  });

  test('comes after a day the company closed for itself', () => {
    const calendar = withOverlay(dayOff('founders-day', '2026-11-23', { scope: 'all' }));
    expect(firstWorkingDayAfterLongBreak(calendar, day('2026-11-24'))).toBe(true);
  });
});
