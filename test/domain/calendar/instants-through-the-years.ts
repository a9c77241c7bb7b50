/**
 * Instants with the answer the contact calendar owes, checked by hand against the announcements. Times are UTC; Dubai is four
 * hours ahead. `next` equal to `at` means open.
 */
import type { CalendarPresetName } from '../../../src/domain/calendar/calendar-presets.ts';

export interface KnownInstant {
  readonly what: string;
  readonly preset: CalendarPresetName;
  readonly at: string;
  readonly next: string;
}

export const KNOWN_INSTANTS: readonly KnownInstant[] = [
  { what: 'Tuesday 09:00 sharp is open', preset: 'uae-private', at: '2026-11-24T05:00:00Z', next: '2026-11-24T05:00:00Z' },
  {
    what: 'Tuesday, a nanosecond before 09:00, waits for it',
    preset: 'uae-private',
    at: '2026-11-24T04:59:59.999999999Z',
    next: '2026-11-24T05:00:00Z',
  },
  {
    what: 'Tuesday 17:00 sharp is closed until Wednesday',
    preset: 'uae-private',
    at: '2026-11-24T13:00:00Z',
    next: '2026-11-25T05:00:00Z',
  },
  { what: 'late on Sunday in UTC is Monday in Dubai', preset: 'uae-private', at: '2026-11-22T23:00:00Z', next: '2026-11-23T05:00:00Z' },
  {
    what: 'Friday 11:29:59 is the last open second of the week',
    preset: 'uae-private',
    at: '2026-11-20T07:29:59Z',
    next: '2026-11-20T07:29:59Z',
  },
  { what: 'Friday 11:30 is closed until Monday', preset: 'uae-private', at: '2026-11-20T07:30:00Z', next: '2026-11-23T05:00:00Z' },
  { what: 'a full Friday pauses at 12:00 for the prayer', preset: 'full-friday', at: '2026-11-20T08:00:00Z', next: '2026-11-20T10:00:00Z' },
  { what: 'a full Friday goes on at 14:00', preset: 'full-friday', at: '2026-11-20T10:00:00Z', next: '2026-11-20T10:00:00Z' },
  { what: 'a full Friday in Ramadan ends at 12:00', preset: 'full-friday', at: '2026-02-20T08:00:00Z', next: '2026-02-23T06:00:00Z' },
  { what: 'Sharjah rests on Friday', preset: 'sharjah', at: '2026-11-20T06:00:00Z', next: '2026-11-23T04:00:00Z' },
  { what: 'federal offices leave at 11:30 on Friday', preset: 'federal', at: '2026-11-20T07:30:00Z', next: '2026-11-23T04:00:00Z' },
  {
    what: 'National Day 2026 leaves Friday 4 December open',
    preset: 'uae-private',
    at: '2026-12-02T06:00:00Z',
    next: '2026-12-04T05:00:00Z',
  },
  {
    what: 'Monday 30 November 2026 is not held for a statutory day',
    preset: 'uae-private',
    at: '2026-11-30T06:00:00Z',
    next: '2026-11-30T06:00:00Z',
  },
  {
    what: 'National Day 2025 was moved to Monday and Tuesday',
    preset: 'uae-private',
    at: '2025-12-01T06:00:00Z',
    next: '2025-12-03T05:00:00Z',
  },
  {
    what: "the Prophet's birthday 2026 itself was worked",
    preset: 'uae-private',
    at: '2026-08-25T06:00:00Z',
    next: '2026-08-25T06:00:00Z',
  },
  { what: "the Prophet's birthday 2025 fell on a Friday", preset: 'uae-private', at: '2025-09-05T06:00:00Z', next: '2025-09-08T05:00:00Z' },
  { what: 'mourning in May 2022 closed Monday', preset: 'uae-private', at: '2022-05-16T06:00:00Z', next: '2022-05-17T05:00:00Z' },
  {
    what: 'the longer National Day notice of 2023 replaced the shorter',
    preset: 'uae-private',
    at: '2023-12-04T05:00:00Z',
    next: '2023-12-05T05:00:00Z',
  },
  {
    what: 'Eid al-Fitr 2024 ran to Friday in private companies',
    preset: 'uae-private',
    at: '2024-04-08T06:00:00Z',
    next: '2024-04-15T05:00:00Z',
  },
  { what: '25 May 2026 was worked in private companies', preset: 'uae-private', at: '2026-05-25T06:00:00Z', next: '2026-05-25T06:00:00Z' },
  { what: '25 May 2026 was off in ministries', preset: 'federal', at: '2026-05-25T06:00:00Z', next: '2026-06-01T04:00:00Z' },
  { what: '5 May 2022 was worked in private companies', preset: 'uae-private', at: '2022-05-05T06:00:00Z', next: '2022-05-05T06:00:00Z' },
  {
    what: 'Eid al-Fitr 2025 followed a Ramadan of 29 days',
    preset: 'uae-private',
    at: '2025-03-28T08:00:00Z',
    next: '2025-04-02T05:00:00Z',
  },
  {
    what: 'the day after a Ramadan of 29 days is back to normal hours',
    preset: 'uae-private',
    at: '2025-04-02T12:59:00Z',
    next: '2025-04-02T12:59:00Z',
  },
  {
    what: 'every day that could be Eid al-Fitr 2027 is closed',
    preset: 'uae-private',
    at: '2027-03-09T06:00:00Z',
    next: '2027-03-15T05:00:00Z',
  },
  { what: 'the first Ramadan of 2030 has its hours', preset: 'uae-private', at: '2030-01-07T05:00:00Z', next: '2030-01-07T06:00:00Z' },
  { what: 'the second Ramadan of 2030 has its hours', preset: 'uae-private', at: '2030-12-26T05:00:00Z', next: '2030-12-26T06:00:00Z' },
  { what: 'Saudi Arabia works on Sunday, an hour behind Dubai', preset: 'saudi', at: '2026-11-22T06:00:00Z', next: '2026-11-22T06:00:00Z' },
  { what: 'Kuwait rests on Friday and Saturday', preset: 'kuwait', at: '2026-11-20T07:00:00Z', next: '2026-11-22T06:00:00Z' },
  {
    what: 'a continuous calendar is open at any hour of any year',
    preset: 'continuous',
    at: '2013-05-01T23:59:59Z',
    next: '2013-05-01T23:59:59Z',
  },
];
