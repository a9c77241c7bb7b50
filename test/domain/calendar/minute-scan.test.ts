/**
 * `nextAllowed` against the dullest program that could do its work: every minute of 2022-2027 marked open or closed by
 * arithmetic on a fixed four-hour offset, then a scan from the instant to the next open minute.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALENDAR_PRESETS } from '../../../src/domain/calendar/calendar-presets.ts';
import type { CalendarPattern, CalendarPresetName } from '../../../src/domain/calendar/calendar-presets.ts';
import { nextAllowed } from '../../../src/domain/calendar/next-allowed.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import type { WrittenWeek, WrittenWindow } from '../../../src/domain/calendar/weekly-windows.ts';
import { presetCalendar } from './calendars.ts';

const FIRST_MS = Date.UTC(2022, 0, 1, -4);
const LAST_MS = Date.UTC(2028, 0, 1, -4);
const MINUTE_MS = 60_000;
const RUNS = 10_000;

const CLOCK = Array.from({ length: 1440 }, (_, minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16));

/** Marks each minute from 2022 to 2027 that is open in Dubai; every shipped row of the scope closes its day. */
function openMinutes(preset: CalendarPresetName): Uint8Array {
  const { week, ramadanWeek, gaps, scope }: CalendarPattern = CALENDAR_PRESETS[preset];
  const off = new Set(SHIPPED_DAYS_OFF.daysOff.filter((row) => row.scope === scope).map((row) => row.on.toString()));
  const ramadans = SHIPPED_DAYS_OFF.ramadans.map((span) => [span.startsOn.toString(), span.endsOn.toString()] as const);
  const open = new Uint8Array((LAST_MS - FIRST_MS) / MINUTE_MS);
  for (let midnight = 0; midnight < open.length; midnight += 1440) {
    const inDubai = new Date(FIRST_MS + midnight * MINUTE_MS + 4 * 3_600_000);
    const on = inDubai.toISOString().slice(0, 10);
    if (off.has(on)) continue;
    const isRamadan = ramadans.some(([from, to]) => from <= on && on <= to);
    const weekday = (inDubai.getUTCDay() || 7) as keyof WrittenWeek;
    const windows = (isRamadan && ramadanWeek ? ramadanWeek : week)[weekday] ?? [];
    const gapsOfDay = gaps[weekday] ?? [];
    CLOCK.forEach((clock, minute) => {
      const isIn = ([from, to]: WrittenWindow) => from <= clock && clock < to;
      open[midnight + minute] = Number(windows.some(isIn) && !gapsOfDay.some(isIn));
    });
  }
  return open;
}

function scan(open: Uint8Array, atMs: number): number | null {
  const minute = Math.floor((atMs - FIRST_MS) / MINUTE_MS);
  if (open[minute] === 1) return atMs;
  for (let later = minute + 1; later < open.length; later += 1) if (open[later] === 1) return FIRST_MS + later * MINUTE_MS;
  return null;
}

test.each(['uae-private', 'full-friday', 'sharjah', 'federal'] as const)('the %s calendar agrees with a scan of every minute', (preset) => {
  const open = openMinutes(preset);
  const calendar = presetCalendar(preset);
  fc.assert(
    fc.property(fc.integer({ min: FIRST_MS, max: LAST_MS - 15 * 86_400_000 }), (atMs) => {
      const answer = nextAllowed(calendar, Temporal.Instant.fromEpochMilliseconds(atMs));
      const next = answer.kind === 'open' ? answer.at : answer.kind === 'closed' ? answer.until : null;
      expect(next?.epochMilliseconds).toBe(scan(open, atMs));
    }),
    { numRuns: RUNS / 4 },
  );
});

test('the scan would notice a calendar that forgot one day off', () => {
  const forgetful = { ...SHIPPED_DAYS_OFF, daysOff: SHIPPED_DAYS_OFF.daysOff.filter((row) => row.key !== 'mawlid-2026') };
  const atMs = Date.UTC(2026, 7, 28, 5, 30);
  const answer = nextAllowed(presetCalendar('uae-private', { layers: [forgetful] }), Temporal.Instant.fromEpochMilliseconds(atMs));
  expect(answer.kind).toBe('open');
  expect(scan(openMinutes('uae-private'), atMs)).not.toBe(atMs);
});
