/**
 * The contact calendars Wafa knows by name: weekly windows, Ramadan windows, gaps, zone and whose days off apply. All are
 * data; a company or customer may take one and change any part of it.
 *
 * The hours are times at which a reminder may *leave*, inside office hours everyone keeps: a letter at 07:31 or 17:30 looks
 * like a machine, and before 09:00 the morning's receipts are not in. Friday ends 11:30, before the 12:45 sermon.
 */
import type { DayOffScope, NationalScope } from './day-off.ts';
import type { WrittenWeek, WrittenWindow } from './weekly-windows.ts';

/** Hours and belonging of a calendar, without the days off themselves. */
export interface CalendarPattern {
  /** IANA name; wall-clock times below are in it. */
  readonly timeZone: string;
  /** Whose days off close it; a year without data for this scope is closed. `null`: it has no days off and needs no data. */
  readonly scope: NationalScope | null;
  /** Scopes that may add days, such as an emirate's government; they need no data of their own. */
  readonly localScopes: readonly DayOffScope[];
  readonly week: WrittenWeek;
  /** Takes the place of `week` in Ramadan; `null`: Ramadan changes nothing. */
  readonly ramadanWeek: WrittenWeek | null;
  /** Cut out of the windows, in Ramadan too. */
  readonly gaps: WrittenWeek;
}

const mondayToThursday = (window: WrittenWindow): WrittenWeek => ({ 1: [window], 2: [window], 3: [window], 4: [window] });
const sundayToThursday = (window: WrittenWindow): WrittenWeek => ({ 7: [window], ...mondayToThursday(window) });

/** 10:00-14:00 lies inside the federal 09:00-14:30 and a private day cut by two hours, and stays clear of iftar. */
const RAMADAN: WrittenWindow = ['10:00', '14:00'];
const OFFICE: WrittenWindow = ['09:00', '17:00'];
const GOVERNMENT: WrittenWindow = ['08:00', '15:00'];
const ALL_DAY: WrittenWindow = ['00:00', '24:00'];

const UAE_PRIVATE: CalendarPattern = {
  timeZone: 'Asia/Dubai',
  scope: 'private',
  localScopes: [],
  week: { ...mondayToThursday(OFFICE), 5: [['09:00', '11:30']] },
  ramadanWeek: { ...mondayToThursday(RAMADAN), 5: [['10:00', '11:30']] },
  gaps: {},
};

export const CALENDAR_PRESETS = {
  /** The default: Monday to Thursday and a short Friday. */
  'uae-private': UAE_PRIVATE,
  /** The government of Sharjah: four days, federal days off and its own. */
  sharjah: {
    ...UAE_PRIVATE,
    scope: 'federal',
    localScopes: ['SHJ-gov'],
    week: mondayToThursday(GOVERNMENT),
    ramadanWeek: mondayToThursday(RAMADAN),
  },
  /** Private companies that work the whole Friday, with a break for the Friday prayer. */
  'full-friday': {
    ...UAE_PRIVATE,
    week: { ...mondayToThursday(OFFICE), 5: [OFFICE] },
    ramadanWeek: { ...mondayToThursday(RAMADAN), 5: [['10:00', '12:00']] },
    gaps: { 5: [['12:00', '14:00']] },
  },
  /** Ministries and federal bodies, whose days off can be longer than the private sector's. */
  federal: {
    ...UAE_PRIVATE,
    scope: 'federal',
    week: { ...mondayToThursday(GOVERNMENT), 5: [['08:00', '11:30']] },
    ramadanWeek: { ...mondayToThursday(['09:30', '14:00']), 5: [['09:30', '11:30']] },
  },
  /** Customers in Saudi Arabia: Sunday to Thursday. */
  saudi: {
    timeZone: 'Asia/Riyadh',
    scope: 'saudi',
    localScopes: [],
    week: sundayToThursday(OFFICE),
    ramadanWeek: sundayToThursday(RAMADAN),
    gaps: {},
  },
  /** Customers in Kuwait: Sunday to Thursday. */
  kuwait: {
    timeZone: 'Asia/Kuwait',
    scope: 'kuwait',
    localScopes: [],
    week: sundayToThursday(OFFICE),
    ramadanWeek: sundayToThursday(RAMADAN),
    gaps: {},
  },
  /** Every day of every year is a working day, open at all hours: for books outside the Gulf and for trials. */
  continuous: {
    timeZone: 'Asia/Dubai',
    scope: null,
    localScopes: [],
    week: { 1: [ALL_DAY], 2: [ALL_DAY], 3: [ALL_DAY], 4: [ALL_DAY], 5: [ALL_DAY], 6: [ALL_DAY], 7: [ALL_DAY] },
    ramadanWeek: null,
    gaps: {},
  },
} as const satisfies Record<string, CalendarPattern>;

export type CalendarPresetName = keyof typeof CALENDAR_PRESETS;

/** The same names as a list, in the order operators read them. */
export const CALENDAR_PRESET_NAMES = [
  'uae-private',
  'sharjah',
  'full-friday',
  'federal',
  'saudi',
  'kuwait',
  'continuous',
] as const satisfies readonly CalendarPresetName[];
