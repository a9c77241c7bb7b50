/**
 * A contact calendar made ready for use: for every civil day whether it is a working day, when it is open and why not.
 * Decides from a pattern of hours, layers of days off and a quiet-until instant; never looks at a clock or the process's
 * zone. Remembers what it worked out about each day, because a run asks about the same days for every item of a ledger.
 *
 * A year nobody has days off for is unknown, not open: callers get `no-data` and automatic sending stops.
 */
import type { Day, Instant } from '../days.ts';
import { OperatorError } from '../operator-error.ts';
import type { CalendarPattern } from './calendar-presets.ts';
import type { DayOffLayer, DayOffStatus } from './day-off.ts';
import { daysInForce } from './days-in-force.ts';
import type { ClosedDay, DaysInForce, Occasion } from './days-in-force.ts';
import { epochDayOf, fromEpochDay, rememberByNumber, toEpochDay, weekdayOf } from './epoch-day.ts';
import { isEverOpen, openWeek } from './weekly-windows.ts';
import type { DayWindow } from './weekly-windows.ts';

export interface ContactCalendarSpec extends CalendarPattern {
  /** Earliest first: shipped data, the company's overlay, the customer's own. */
  readonly layers: readonly DayOffLayer[];
  /** Nothing is open before it; `null`: not quiet. */
  readonly quietUntil: Instant | null;
}

/** The year has no days off data, so nothing is known about its days. */
export interface NoData {
  readonly kind: 'no-data';
  readonly year: number;
}

/** Why a whole day is closed. `held`: a holiday of its week may yet be moved onto it. */
export type OffReason =
  | { readonly code: 'weekly-rest' }
  | { readonly code: 'day-off'; readonly key: string; readonly status: DayOffStatus }
  | { readonly code: 'held'; readonly key: string };

/** Times in which nothing above FIRM is sent. */
export type Season = 'ramadan-last-ten' | 'eid' | 'mourning';

interface KnownDay {
  readonly on: Day;
  readonly isRamadan: boolean;
  readonly season: Season | null;
}

export type CalendarDay =
  | (KnownDay & { readonly kind: 'working'; readonly windows: readonly DayWindow[] })
  /** `isWeeklyRest`: closed even without the day off. */
  | (KnownDay & { readonly kind: 'off'; readonly why: OffReason; readonly isWeeklyRest: boolean })
  | (NoData & { readonly on: Day });

/** Working days of one civil year, for counting: `before[i]` are those before day `i` of the year, the last entry all of them. */
export interface WorkingYear {
  readonly kind: 'working-year';
  readonly firstEpochDay: number;
  readonly before: Uint16Array;
}

export interface ContactCalendar {
  readonly timeZone: string;
  readonly quietUntil: Instant | null;
  /** The versions of all layers, to be kept with every decision made by this calendar. */
  readonly dataVersion: string;
  readonly occasions: readonly Occasion[];
  /** By day number since 1970-01-01. */
  readonly dayAt: (epochDay: number) => CalendarDay;
  /** First millisecond of the civil day in the calendar's zone, since 1970-01-01T00:00Z. */
  readonly startOfDayMs: (epochDay: number) => number;
  /** Open windows as milliseconds: start, end, start, end … Ends are excluded. */
  readonly windowEdgesMs: (epochDay: number) => readonly number[];
  readonly workingYear: (year: number) => WorkingYear | NoData;
}

/**
 * @throws OperatorError `calendar.bad-window`, `calendar.never-open` or `calendar.bad-zone` (configuration) when the hours
 * cannot be meant.
 */
export function compileCalendar(spec: ContactCalendarSpec): ContactCalendar {
  assertKnownZone(spec.timeZone);
  const inForce = daysOffOf(spec);
  const dayAt = rememberByNumber(dayLookup(spec, inForce));
  const startOfDayMs = rememberByNumber((epochDay) => wallClockMs(fromEpochDay(epochDay), 0, spec.timeZone));
  return {
    timeZone: spec.timeZone,
    quietUntil: spec.quietUntil,
    dataVersion: spec.layers.map((layer) => layer.version).join(' + '),
    occasions: inForce.occasions,
    dayAt,
    startOfDayMs,
    windowEdgesMs: rememberByNumber((epochDay) => edgesOf(dayAt(epochDay), spec.timeZone)),
    workingYear: rememberByNumber((year) => workingYearOf(year, dayAt)),
  };
}

/** What the calendar says of one civil day. */
export const calendarDayOf = (calendar: ContactCalendar, day: Day): CalendarDay => calendar.dayAt(toEpochDay(day));

/** True in Ramadan, when mornings start later. False for calendars without Ramadan hours and for years without data. */
export function isRamadan(calendar: ContactCalendar, day: Day): boolean {
  const known = calendarDayOf(calendar, day);
  return known.kind !== 'no-data' && known.isRamadan;
}

const daysOffOf = ({ scope, localScopes, layers }: ContactCalendarSpec): DaysInForce =>
  scope === null ? { closed: new Map(), occasions: [] } : daysInForce(layers, [scope, ...localScopes]);

function dayLookup(spec: ContactCalendarSpec, { closed }: DaysInForce): (epochDay: number) => CalendarDay {
  const week = openWeek(spec.week, spec.gaps);
  const ramadanWeek = spec.ramadanWeek === null ? week : openWeek(spec.ramadanWeek, spec.gaps);
  if (!isEverOpen(week) || !isEverOpen(ramadanWeek)) throw neverOpen();
  const isCovered = rememberByNumber((year) => coversYear(spec, year));
  const ramadans = spec.scope === null ? [] : ramadansInForce(spec.layers);
  return (epochDay) => {
    const on = fromEpochDay(epochDay);
    if (!isCovered(on.year)) return { kind: 'no-data', year: on.year, on };
    const ramadan = ramadans.find((span) => span.first <= epochDay && epochDay <= span.last);
    const windows = (ramadan ? ramadanWeek : week)(weekdayOf(epochDay));
    const closings = closed.get(epochDay) ?? [];
    const known = { on, isRamadan: ramadan !== undefined, season: seasonOf(closings, ramadan, epochDay) };
    const [closing] = closings;
    if (closing) return { kind: 'off', ...known, why: reasonOf(closing), isWeeklyRest: windows.length === 0 };
    if (windows.length === 0) return { kind: 'off', ...known, why: { code: 'weekly-rest' }, isWeeklyRest: true };
    return { kind: 'working', ...known, windows };
  };
}

const coversYear = ({ scope, layers }: ContactCalendarSpec, year: number): boolean =>
  scope === null ||
  layers.some((layer) => layer.covers.some((years) => years.scope === scope && years.fromYear <= year && year <= years.toYear));

interface SpanOfDays {
  readonly first: number;
  readonly last: number;
}

function ramadansInForce(layers: readonly DayOffLayer[]): readonly SpanOfDays[] {
  const byKey = new Map(layers.flatMap((layer) => layer.ramadans).map((span) => [span.key, span]));
  return [...byKey.values()].map((span) => ({ first: toEpochDay(span.startsOn), last: toEpochDay(span.endsOn) }));
}

/** The last ten nights are counted from 21 Ramadan, whichever length the month turns out to have. */
const DAYS_BEFORE_LAST_TEN = 20;

function seasonOf(closings: readonly ClosedDay[], ramadan: SpanOfDays | undefined, epochDay: number): Season | null {
  if (closings.some(({ row }) => row.isMourning === true)) return 'mourning';
  if (closings.some(({ row, isHeld }) => row.isEid === true && !isHeld)) return 'eid';
  return ramadan && epochDay >= ramadan.first + DAYS_BEFORE_LAST_TEN ? 'ramadan-last-ten' : null;
}

const reasonOf = ({ row, isHeld }: ClosedDay): OffReason =>
  isHeld ? { code: 'held', key: row.key } : { code: 'day-off', key: row.key, status: row.status };

function edgesOf(day: CalendarDay, timeZone: string): readonly number[] {
  if (day.kind !== 'working') return [];
  return day.windows.flatMap(({ fromMinute, toMinute }) => [
    wallClockMs(day.on, fromMinute, timeZone),
    wallClockMs(day.on, toMinute, timeZone),
  ]);
}

/** Where summer time skips the wall-clock time, as much later as was skipped; where the time comes twice, the first one. */
function wallClockMs(on: Day, minute: number, timeZone: string): number {
  if (minute === 0) return on.toZonedDateTime(timeZone).epochMilliseconds;
  if (minute === 24 * 60) return on.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const plainTime = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return on.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function workingYearOf(year: number, dayAt: (epochDay: number) => CalendarDay): WorkingYear | NoData {
  const firstEpochDay = epochDayOf(year, 1, 1);
  const length = epochDayOf(year + 1, 1, 1) - firstEpochDay;
  const before = new Uint16Array(length + 1);
  for (let index = 0; index < length; index += 1) {
    const day = dayAt(firstEpochDay + index);
    if (day.kind === 'no-data') return { kind: 'no-data', year };
    before[index + 1] = (before[index] ?? 0) + Number(day.kind === 'working');
  }
  return { kind: 'working-year', firstEpochDay, before };
}

function assertKnownZone(timeZone: string): void {
  try {
    new Temporal.ZonedDateTime(0n, timeZone);
  } catch (cause) {
    throw new OperatorError({
      code: 'calendar.bad-zone',
      message: `The contact calendar names the time zone ${JSON.stringify(timeZone.slice(0, 40))}, which does not exist.`,
      tryThis: 'Give an IANA zone name such as Asia/Dubai.',
      kind: 'configuration',
      cause,
    });
  }
}

const neverOpen = (): OperatorError =>
  new OperatorError({
    code: 'calendar.never-open',
    message: 'The contact calendar has no open window on any weekday.',
    tryThis: 'Give at least one weekday a window that its gaps do not cover, in the ordinary week and in the Ramadan week.',
    kind: 'configuration',
  });
