import { afterEach, describe, expect, test } from 'vitest';
import { CALENDAR_PRESETS } from '../../../src/domain/calendar/calendar-presets.ts';
import { nextAllowed } from '../../../src/domain/calendar/next-allowed.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import { day, dayOff, instant, overlay, presetCalendar, withOverlay } from './calendars.ts';
import { KNOWN_INSTANTS } from './instants-through-the-years.ts';

describe.each(['UTC', 'America/New_York', 'Pacific/Auckland'])('on a machine in %s', (zone) => {
  const zoneOfMachine = process.env['TZ'];
  afterEach(() => {
    if (zoneOfMachine === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zoneOfMachine;
  });

  test.each(KNOWN_INSTANTS)('$what ($preset)', ({ preset, at, next }) => {
    process.env['TZ'] = zone;
    expect(Temporal.Now.timeZoneId()).toBe(zone);
    const answer = nextAllowed(presetCalendar(preset), instant(at));
    expect(answer.kind).toBe(at === next ? 'open' : 'closed');
    const given = answer.kind === 'open' ? answer.at : answer.kind === 'closed' ? answer.until : null;
    expect(given?.toString()).toBe(instant(next).toString());
  });
});

describe('why an instant is closed', () => {
  const whyAt = (at: string, calendar = presetCalendar('uae-private')) => {
    const answer = nextAllowed(calendar, instant(at));
    return answer.kind === 'closed' ? answer.why : answer.kind;
  };

  test('names the hours, the weekly rest, the day off or the day held for one', () => {
    expect(whyAt('2026-11-24T20:00:00Z')).toEqual({ code: 'outside-hours', on: day('2026-11-25') });
    expect(whyAt('2026-11-21T06:00:00Z')).toEqual({ code: 'weekly-rest', on: day('2026-11-21') });
    expect(whyAt('2026-12-02T06:00:00Z')).toEqual({
      code: 'day-off',
      key: 'national-day-2026',
      status: 'statutory',
      on: day('2026-12-02'),
    });
    expect(whyAt('2028-05-22T06:00:00Z')).toEqual({ code: 'held', key: 'hijri-new-year-2028', on: day('2028-05-22') });
  });

  test('names the quiet of the company before anything else', () => {
    const until = instant('2026-12-10T06:00:00Z');
    expect(whyAt('2026-12-02T06:00:00Z', presetCalendar('uae-private', { quietUntil: until }))).toEqual({ code: 'quiet', until });
  });
});

describe('quiet until', () => {
  const quiet = (text: string) => presetCalendar('uae-private', { quietUntil: instant(text) });

  test('closes an open hour, and opens at its very instant when that lies in a window', () => {
    expect(nextAllowed(quiet('2026-11-24T07:15:00Z'), instant('2026-11-24T06:00:00Z'))).toMatchObject({
      until: instant('2026-11-24T07:15:00Z'),
    });
    expect(nextAllowed(quiet('2026-11-24T07:15:00Z'), instant('2026-11-24T07:15:00Z')).kind).toBe('open');
  });

  test('ending at night leads to the next window, even months ahead', () => {
    expect(nextAllowed(quiet('2027-02-26T20:00:00Z'), instant('2026-11-24T06:00:00Z'))).toMatchObject({
      until: instant('2027-03-01T06:00:00Z'),
    });
  });

  test('is not cut short by a fraction of a millisecond', () => {
    expect(nextAllowed(quiet('2026-11-24T07:15:00.000000001Z'), instant('2026-11-24T07:15:00Z')).kind).toBe('closed');
  });
});

describe('a year without data', () => {
  test('is never open, neither when asked about nor when reached', () => {
    expect(nextAllowed(presetCalendar('uae-private'), instant('2031-02-03T06:00:00Z'))).toEqual({ kind: 'no-data', year: 2031 });
    expect(nextAllowed(presetCalendar('uae-private'), instant('2030-12-31T18:00:00Z'))).toEqual({ kind: 'no-data', year: 2031 });
    expect(nextAllowed(presetCalendar('uae-private'), instant('2021-06-01T06:00:00Z'))).toEqual({ kind: 'no-data', year: 2021 });
  });

  test('begins at midnight in Dubai, not in London', () => {
    expect(nextAllowed(presetCalendar('uae-private'), instant('2021-12-31T19:59:59Z'))).toEqual({ kind: 'no-data', year: 2021 });
    expect(nextAllowed(presetCalendar('uae-private'), instant('2021-12-31T20:00:00Z')).kind).toBe('closed');
  });

  test('opens once somebody answers for it, which is what kept it closed', () => {
    const covered = { ...overlay(), covers: [{ scope: 'private', fromYear: 2031, toYear: 2031 } as const] };
    const calendar = presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, covered] });
    expect(nextAllowed(calendar, instant('2031-02-03T06:00:00Z')).kind).toBe('open');
  });

  test('stays closed when only another country answers for it', () => {
    const covered = { ...overlay(), covers: [{ scope: 'saudi', fromYear: 2031, toYear: 2031 } as const] };
    const calendar = presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, covered] });
    expect(nextAllowed(calendar, instant('2031-02-03T06:00:00Z')).kind).toBe('no-data');
  });
});

describe('a calendar shut for two months', () => {
  const closedFor = (days: number) =>
    withOverlay(
      ...Array.from({ length: days }, (_, offset) => dayOff('works-closure', day('2026-06-01').add({ days: offset }).toString())),
    );

  test('is told apart from one that is merely closed', () => {
    expect(nextAllowed(closedFor(60), instant('2026-06-01T00:00:00Z'))).toMatchObject({
      kind: 'closed',
      until: instant('2026-07-31T05:00:00Z'),
    });
    expect(nextAllowed(closedFor(61), instant('2026-06-01T00:00:00Z'))).toEqual({ kind: 'misconfigured', closedForDays: 60 });
  });
});

describe('a zone with summer time', () => {
  const berlin = (window: readonly [string, string]) =>
    presetCalendar('continuous', { timeZone: 'Europe/Berlin', week: { ...CALENDAR_PRESETS.continuous.week, 7: [window] } });

  test('opens at nine by the wall clock on both sides of the change', () => {
    expect(nextAllowed(berlin(['09:00', '17:00']), instant('2026-03-29T00:00:00Z'))).toMatchObject({
      until: instant('2026-03-29T07:00:00Z'),
    });
    expect(nextAllowed(berlin(['09:00', '17:00']), instant('2026-10-25T00:00:00Z'))).toMatchObject({
      until: instant('2026-10-25T08:00:00Z'),
    });
  });

  test('a window inside the skipped hour comes an hour later, and one that is the skipped hour does not come', () => {
    expect(nextAllowed(berlin(['02:10', '02:50']), instant('2026-03-29T00:30:00Z'))).toMatchObject({
      until: instant('2026-03-29T01:10:00Z'),
    });
    expect(nextAllowed(berlin(['02:00', '03:00']), instant('2026-03-29T00:30:00Z'))).toMatchObject({
      until: instant('2026-03-29T22:00:00Z'),
    });
  });
});
