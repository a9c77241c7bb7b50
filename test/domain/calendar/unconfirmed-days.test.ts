import { describe, expect, test } from 'vitest';
import { unconfirmedWithin } from '../../../src/domain/calendar/unconfirmed-days.ts';
import { day, dayOff, presetCalendar, withOverlay } from './calendars.ts';

const uae = presetCalendar('uae-private');

describe('days to confirm', () => {
  test('name the National Day nobody has announced', () => {
    expect(unconfirmedWithin(uae, day('2026-11-23'))).toMatchObject([
      { key: 'national-day-2026', status: 'statutory', days: [day('2026-12-02'), day('2026-12-03')], heldDays: [] },
    ]);
  });

  test('appear 21 days ahead, not 22, and stay until the last of them is past', () => {
    const keysOn = (on: string) => unconfirmedWithin(uae, day(on)).map(({ key }) => key);
    expect(keysOn('2027-02-15')).toEqual([]);
    expect(keysOn('2027-02-16')).toEqual(['eid-al-fitr-2027']);
    expect(keysOn('2027-03-12')).toEqual(['eid-al-fitr-2027']);
    expect(keysOn('2027-03-13')).toEqual([]);
  });

  test('tell which days are held for a holiday that may be moved', () => {
    expect(unconfirmedWithin(uae, day('2028-05-12'))).toMatchObject([
      { key: 'hijri-new-year-2028', status: 'expected', days: [day('2028-05-25')], heldDays: [day('2028-05-22'), day('2028-05-26')] },
    ]);
  });

  test('come nearest first', () => {
    expect(unconfirmedWithin(uae, day('2027-12-01'), 45).map(({ key }) => key)).toEqual(['national-day-2027', 'new-year-2028']);
  });

  test('are gone once announced', () => {
    const announced = { supersedes: 'national-day-2026' };
    const calendar = withOverlay(
      dayOff('national-day-2026', '2026-12-02', announced),
      dayOff('national-day-2026', '2026-12-03', announced),
    );
    expect(unconfirmedWithin(calendar, day('2026-11-23'))).toEqual([]);
  });

  test('remain where only one of two days was announced', () => {
    const calendar = withOverlay(dayOff('national-day-2026', '2026-12-02'));
    expect(unconfirmedWithin(calendar, day('2026-11-23'))).toMatchObject([{ days: [day('2026-12-03')] }]);
  });
});
