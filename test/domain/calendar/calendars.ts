/** Calendars for tests: a preset over the shipped days off, with what a test lays over it. */
import { CALENDAR_PRESETS } from '../../../src/domain/calendar/calendar-presets.ts';
import type { CalendarPresetName } from '../../../src/domain/calendar/calendar-presets.ts';
import { compileCalendar } from '../../../src/domain/calendar/contact-calendar.ts';
import type { ContactCalendar, ContactCalendarSpec } from '../../../src/domain/calendar/contact-calendar.ts';
import type { DayOff, DayOffLayer } from '../../../src/domain/calendar/day-off.ts';
import { SHIPPED_DAYS_OFF } from '../../../src/domain/calendar/shipped-days-off.ts';
import type { Day, Instant } from '../../../src/domain/days.ts';

export const day = (text: string): Day => Temporal.PlainDate.from(text);
export const instant = (text: string): Instant => Temporal.Instant.from(text);

export const presetCalendar = (preset: CalendarPresetName, changes: Partial<ContactCalendarSpec> = {}): ContactCalendar =>
  compileCalendar({ ...CALENDAR_PRESETS[preset], layers: [SHIPPED_DAYS_OFF], quietUntil: null, ...changes });

/** The default calendar with a company's rows over the shipped ones. */
export const withOverlay = (...rows: readonly DayOff[]): ContactCalendar =>
  presetCalendar('uae-private', { layers: [SHIPPED_DAYS_OFF, overlay(...rows)] });

export const overlay = (...daysOff: readonly DayOff[]): DayOffLayer => ({ version: 'company-1', covers: [], daysOff, ramadans: [] });

export const dayOff = (key: string, on: string, changes: Partial<DayOff> = {}): DayOff => ({
  key,
  scope: 'private',
  on: day(on),
  status: 'announced',
  source: 'test',
  announcedOn: null,
  supersedes: null,
  ...changes,
});
