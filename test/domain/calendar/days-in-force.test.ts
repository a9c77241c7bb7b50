import { describe, expect, test } from 'vitest';
import type { ContactCalendar } from '../../../src/domain/calendar/contact-calendar.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import { isWorkingDay } from '../../../src/domain/calendar/working-days.ts';
import { day, dayOff, overlay, presetCalendar, withOverlay } from './calendars.ts';

/** Of the days given, those on which nothing is sent. */
const closedOf = (calendar: ContactCalendar, ...days: readonly string[]): readonly string[] =>
  days.filter((on) => !isWorkingDay(calendar, day(on)));

describe("a company's overlay", () => {
  test('adds a day, and touches no other', () => {
    const calendar = withOverlay(dayOff('stocktaking-2026', '2026-11-24'));
    expect(closedOf(calendar, '2026-11-23', '2026-11-24', '2026-11-25')).toEqual(['2026-11-24']);
  });

  test('works on a day off it withdraws, and only on that one', () => {
    const calendar = withOverlay(dayOff('national-day-2026', '2026-12-03', { status: 'withdrawn' }));
    expect(closedOf(calendar, '2026-12-02', '2026-12-03')).toEqual(['2026-12-02']);
  });

  test('moves a holiday when it supersedes it', () => {
    const moved = { announcedOn: day('2026-11-24'), supersedes: 'national-day-2026' };
    const calendar = withOverlay(dayOff('national-day-2026', '2026-11-30', moved), dayOff('national-day-2026', '2026-12-01', moved));
    expect(closedOf(calendar, '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03')).toEqual(['2026-11-30', '2026-12-01']);
  });

  test('that only adds a day of the occasion releases none of the others', () => {
    const calendar = withOverlay(dayOff('national-day-2026', '2026-12-01'));
    expect(closedOf(calendar, '2026-12-01', '2026-12-02', '2026-12-03')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
  });

  test('for another scope changes nothing, for all scopes it does', () => {
    expect(closedOf(withOverlay(dayOff('ministry-day', '2026-11-24', { scope: 'federal' })), '2026-11-24')).toEqual([]);
    expect(closedOf(withOverlay(dayOff('mourning-2026', '2026-11-24', { scope: 'all' })), '2026-11-24')).toEqual(['2026-11-24']);
  });

  test("wins over an older statement whatever day that was announced on; the customer's own calendar wins over both", () => {
    const company = overlay(dayOff('national-day-2026', '2026-12-02', { status: 'withdrawn', announcedOn: day('2026-01-01') }));
    const customer = overlay(dayOff('national-day-2026', '2026-12-02'));
    const layers = (...over: readonly (typeof company)[]) => presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, ...over] });
    expect(closedOf(layers(company), '2026-12-02')).toEqual([]);
    expect(closedOf(layers(company, customer), '2026-12-02')).toEqual(['2026-12-02']);
    expect(closedOf(layers(customer, company), '2026-12-02')).toEqual([]);
  });

  test('leaves the days of another occasion on the same date closed', () => {
    const calendar = withOverlay(
      dayOff('stocktaking-2026', '2026-12-02'),
      dayOff('national-day-2026', '2026-12-02', { status: 'withdrawn' }),
    );
    expect(closedOf(calendar, '2026-12-02')).toEqual(['2026-12-02']);
  });

  test('may correct Ramadan once the moon was seen', () => {
    const seen = { key: 'ramadan-1448', startsOn: day('2027-02-09'), endsOn: day('2027-03-09'), status: 'confirmed' as const };
    const calendar = presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, { ...overlay(), ramadans: [seen] }] });
    expect(calendar.dayAt(20_858)).toMatchObject({ on: day('2027-02-09'), isRamadan: true });
    expect(calendar.dayAt(20_857)).toMatchObject({ on: day('2027-02-08'), isRamadan: false });
    expect(presetCalendar('uae-private').dayAt(20_857)).toMatchObject({ isRamadan: true });
  });
});

describe('an announcement', () => {
  const second = { announcedOn: day('2026-11-25'), supersedes: 'founders-day' };

  test('replaces the earlier one of its occasion, in whatever order they are listed', () => {
    const first = dayOff('founders-day', '2026-12-07', { announcedOn: day('2026-11-20') });
    const calendar = withOverlay(dayOff('founders-day', '2026-12-08', second), dayOff('founders-day', '2026-12-09', second), first);
    expect(closedOf(calendar, '2026-12-07', '2026-12-08', '2026-12-09')).toEqual(['2026-12-08', '2026-12-09']);
  });

  test('corrected on the same day replaces what it corrects', () => {
    const first = dayOff('founders-day', '2026-12-07', { announcedOn: day('2026-11-25') });
    expect(closedOf(withOverlay(first, dayOff('founders-day', '2026-12-08', second)), '2026-12-07', '2026-12-08')).toEqual(['2026-12-08']);
  });
});

describe('Eid al-Fitr 2027', () => {
  const days = ['2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12'];

  test('closes all four days that could be off until the moon was seen', () => {
    expect(closedOf(presetCalendar('uae-private'), ...days)).toEqual(days);
  });

  test('releases the Friday when Ramadan had 29 days', () => {
    expect(closedOf(withOverlay(dayOff('eid-al-fitr-2027', '2027-03-12', { status: 'withdrawn' })), ...days)).toEqual(days.slice(0, 3));
    const confirmed = days
      .slice(0, 3)
      .map((on) => dayOff('eid-al-fitr-2027', on, { status: 'confirmed', supersedes: 'eid-al-fitr-2027', isEid: true }));
    expect(closedOf(withOverlay(...confirmed), ...days)).toEqual(days.slice(0, 3));
  });

  test('releases nothing when a single day of it is confirmed', () => {
    expect(closedOf(withOverlay(dayOff('eid-al-fitr-2027', '2027-03-09', { status: 'confirmed' })), ...days)).toEqual(days);
  });
});

describe('a movable holiday in mid-week that nobody has announced', () => {
  // Thursday 25 May 2028.
  const week = ['2028-05-22', '2028-05-23', '2028-05-24', '2028-05-25', '2028-05-26', '2028-05-29'];
  const key = 'hijri-new-year-2028';

  test('closes its own day and the Monday and Friday it may be moved to', () => {
    expect(closedOf(presetCalendar('uae-private'), ...week)).toEqual(['2028-05-22', '2028-05-25', '2028-05-26']);
  });

  test('announced for the Friday, closes the Friday alone', () => {
    expect(closedOf(withOverlay(dayOff(key, '2028-05-26', { supersedes: key })), ...week)).toEqual(['2028-05-26']);
  });

  test('confirmed for its own day, lets the ends of the week go', () => {
    expect(closedOf(withOverlay(dayOff(key, '2028-05-25', { status: 'confirmed' })), ...week)).toEqual(['2028-05-25']);
  });

  test('withdrawn altogether, closes nothing', () => {
    expect(closedOf(withOverlay(dayOff(key, '2028-05-25', { status: 'withdrawn' })), ...week)).toEqual([]);
  });

  test('lets one end of the week go when an operator releases that one', () => {
    expect(closedOf(withOverlay(dayOff(key, '2028-05-22', { status: 'withdrawn' })), ...week)).toEqual(['2028-05-25', '2028-05-26']);
  });

  test.each([
    ['2026-11-23', ['2026-11-23']],
    ['2026-11-24', ['2026-11-23', '2026-11-24', '2026-11-27']],
    ['2026-11-25', ['2026-11-23', '2026-11-25', '2026-11-27']],
    ['2026-11-26', ['2026-11-23', '2026-11-26', '2026-11-27']],
    ['2026-11-27', ['2026-11-27']],
    ['2026-11-28', []],
  ])('on %s closes %j', (on, closed) => {
    const calendar = withOverlay(dayOff('movable', on, { status: 'expected', isMovable: true }));
    expect(closedOf(calendar, '2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30')).toEqual(
      closed,
    );
  });

  test('does not hold its week when the law names it or when it cannot be moved', () => {
    const statutory = withOverlay(dayOff('movable', '2026-11-25', { status: 'statutory', isMovable: true }));
    const fixed = withOverlay(dayOff('fixed', '2026-11-25', { status: 'expected' }));
    expect(closedOf(statutory, '2026-11-23', '2026-11-25', '2026-11-27')).toEqual(['2026-11-25']);
    expect(closedOf(fixed, '2026-11-23', '2026-11-25', '2026-11-27')).toEqual(['2026-11-25']);
  });

  test('in Kuwait holds the Sunday and the Thursday', () => {
    expect(closedOf(presetCalendar('kuwait'), '2027-01-03', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07')).toEqual([
      '2027-01-03',
      '2027-01-05',
      '2027-01-07',
    ]);
  });
});
