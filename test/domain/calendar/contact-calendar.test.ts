import { describe, expect, test } from 'vitest';
import { calendarDayOf, compileCalendar, isRamadan } from '../../../src/domain/calendar/contact-calendar.ts';
import { CALENDAR_PRESETS } from '../../../src/domain/calendar/calendar-presets.ts';
import { nextAllowed } from '../../../src/domain/calendar/next-allowed.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import type { WrittenWeek } from '../../../src/domain/calendar/weekly-windows.ts';
import { day, instant, overlay, presetCalendar } from './calendars.ts';

const withWeek = (week: WrittenWeek, gaps: WrittenWeek = {}) => presetCalendar('continuous', { week, gaps });

describe('hours that cannot be meant', () => {
  test.each<[string, WrittenWeek]>([
    ['not a time', { 1: [['9', '17:00']] }],
    ['not a time', { 1: [['09:60', '17:00']] }],
    ['not a time', { 1: [['09:00', '24:01']] }],
    ['ends before it starts', { 1: [['17:00', '09:00']] }],
    ['ends before it starts', { 1: [['09:00', '09:00']] }],
    [
      'overlap',
      {
        1: [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    ],
  ])('are refused: %s in %j', (what, week) => {
    expect(() => withWeek(week)).toThrow(what);
  });

  test('are refused when nothing is ever open, or gaps swallow every window', () => {
    expect(() => withWeek({})).toThrow('no open window');
    expect(() => withWeek({ 1: [['09:00', '12:00']] }, { 1: [['08:00', '12:00']] })).toThrow('no open window');
    expect(() => presetCalendar('uae-private', { ramadanWeek: {} })).toThrow('no open window');
  });

  test('are refused in a zone that does not exist', () => {
    expect(() => presetCalendar('uae-private', { timeZone: 'Asia/Atlantis' })).toThrow('Asia/Atlantis');
  });
});

describe('windows', () => {
  test('are cut by gaps, several a day, in order', () => {
    const calendar = withWeek(
      {
        1: [
          ['14:00', '17:00'],
          ['08:00', '12:00'],
        ],
      },
      {
        1: [
          ['09:00', '10:00'],
          ['11:30', '15:00'],
        ],
      },
    );
    expect(calendarDayOf(calendar, day('2026-11-23'))).toMatchObject({
      kind: 'working',
      windows: [
        { fromMinute: 480, toMinute: 540 },
        { fromMinute: 600, toMinute: 690 },
        { fromMinute: 900, toMinute: 1020 },
      ],
    });
  });

  test('that touch at midnight leave no closed instant between them', () => {
    const calendar = withWeek({ 1: [['20:00', '24:00']], 2: [['00:00', '02:00']] });
    expect(nextAllowed(calendar, instant('2026-11-23T19:59:59.999Z')).kind).toBe('open');
    expect(nextAllowed(calendar, instant('2026-11-23T20:00:00Z')).kind).toBe('open');
    expect(nextAllowed(calendar, instant('2026-11-23T22:00:00Z')).kind).toBe('closed');
  });
});

test('Ramadan is known by the day, and never in a calendar without Ramadan hours', () => {
  expect(isRamadan(presetCalendar('uae-private'), day('2026-02-17'))).toBe(false);
  expect(isRamadan(presetCalendar('uae-private'), day('2026-02-18'))).toBe(true);
  expect(isRamadan(presetCalendar('continuous'), day('2026-02-18'))).toBe(false);
});

test('the versions of the data are named in layer order', () => {
  expect(presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, overlay()] }).dataVersion).toBe('shipped-2026-11-22 + company-1');
});

test("an emirate's government keeps the federal days and its own", () => {
  const ownDay = {
    key: 'sharjah-day',
    scope: 'SHJ-gov',
    on: day('2026-11-24'),
    status: 'announced',
    source: 'test',
    announcedOn: null,
    supersedes: null,
  } as const;
  const layers = [SHIPPED_DAYS_OFF, overlay(ownDay)];
  const off = (preset: 'sharjah' | 'federal', on: string) =>
    calendarDayOf(compileCalendar({ ...CALENDAR_PRESETS[preset], layers, quietUntil: null }), day(on)).kind;
  expect([off('sharjah', '2026-11-24'), off('sharjah', '2026-12-02'), off('federal', '2026-11-24')]).toEqual(['off', 'off', 'working']);
});

test('a day is told as working, off or unknown', () => {
  const uae = presetCalendar('uae-private');
  expect(calendarDayOf(uae, day('2026-11-28'))).toMatchObject({ kind: 'off', why: { code: 'weekly-rest' } });
  expect(calendarDayOf(uae, day('2026-12-02'))).toMatchObject({
    kind: 'off',
    why: { code: 'day-off', key: 'national-day-2026' },
    isWeeklyRest: false,
  });
  expect(calendarDayOf(uae, day('2031-01-01'))).toEqual({ kind: 'no-data', year: 2031, on: day('2031-01-01') });
});
