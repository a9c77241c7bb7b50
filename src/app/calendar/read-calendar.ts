/** The company's contact calendar as every face shows it: a month day by day, and what somebody has to confirm. */
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { calendarDayOf, type CalendarDay, type ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { unconfirmedWithin } from '../../domain/calendar/unconfirmed-days.ts';
import type { DayWindow } from '../../domain/calendar/weekly-windows.ts';
import { addDays, type Day } from '../../domain/days.ts';

/** One day; `windows` as `09:00-17:00` in the calendar's zone, none when closed. */
export interface CalendarDayView {
  readonly on: string;
  /** `unknown`: the year has no days off data, so nothing leaves by itself. */
  readonly state: 'open' | 'closed' | 'unknown';
  readonly windows: readonly string[];
  /** Why it is closed; `held`: a holiday of its week may be moved onto it. */
  readonly reason: 'weekly-rest' | 'day-off' | 'held' | null;
  readonly occasion: string | null;
  readonly status: string | null;
  readonly isRamadan: boolean;
  readonly season: string | null;
}

export interface CalendarMonth {
  readonly month: string;
  readonly preset: string;
  readonly timeZone: string;
  readonly quietUntil: string | null;
  /** Which data decided, as kept with every attempt to send. */
  readonly dataVersion: string;
  readonly days: readonly CalendarDayView[];
}

/** @param month Left out: the month of today, in the company's zone. */
export const readCalendarMonth = (session: Session, month?: Temporal.PlainYearMonth): Promise<CalendarMonth> =>
  act(
    session,
    'calendar show',
    async (context) => {
      const shown = month ?? context.today.toPlainYearMonth();
      const calendar = await context.calendar();
      const days = Array.from({ length: shown.daysInMonth }, (_, index) => shown.toPlainDate({ day: index + 1 }));
      return {
        month: shown.toString(),
        preset: context.policy.calendar.preset,
        timeZone: calendar.timeZone,
        quietUntil: stillQuiet(calendar, context.now),
        dataVersion: calendar.dataVersion,
        days: days.map((day) => calendarDayView(calendarDayOf(calendar, day))),
      };
    },
    { isReadOnly: true },
  );

/** An instant that is over says nothing any more. */
const stillQuiet = ({ quietUntil }: ContactCalendar, now: Temporal.Instant): string | null =>
  quietUntil !== null && Temporal.Instant.compare(now, quietUntil) < 0 ? quietUntil.toString() : null;

export function calendarDayView(day: CalendarDay): CalendarDayView {
  const on = day.on.toString();
  const nothing = { windows: [], reason: null, occasion: null, status: null };
  if (day.kind === 'no-data') return { ...nothing, on, state: 'unknown', isRamadan: false, season: null };
  const { isRamadan, season } = day;
  if (day.kind === 'working') return { ...nothing, on, state: 'open', windows: day.windows.map(windowText), isRamadan, season };
  const { why } = day;
  const occasion = why.code === 'weekly-rest' ? null : why.key;
  const status = why.code === 'day-off' ? why.status : null;
  return { ...nothing, on, state: 'closed', reason: why.code, occasion, status, isRamadan, season };
}

const windowText = ({ fromMinute, toMinute }: DayWindow): string => `${clockText(fromMinute)}-${clockText(toMinute)}`;

const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export interface CalendarCheck {
  readonly from: string;
  readonly to: string;
  /** Occasions nobody has announced or confirmed, nearest first. */
  readonly unconfirmed: readonly {
    readonly key: string;
    readonly status: 'statutory' | 'expected';
    readonly days: readonly string[];
    readonly heldDays: readonly string[];
    readonly source: string;
  }[];
  /** Years in the span without days off data: everything is closed in them. */
  readonly unknownYears: readonly number[];
}

/** What somebody has to look at from today up to and including `days` later. */
export const checkCalendar = (session: Session, days: number): Promise<CalendarCheck> =>
  act(
    session,
    'calendar show',
    async (context) => {
      const calendar = await context.calendar();
      const last = addDays(context.today, days);
      const unconfirmed = unconfirmedWithin(calendar, context.today, days).map((occasion) => ({
        ...occasion,
        days: occasion.days.map(String),
        heldDays: occasion.heldDays.map(String),
      }));
      return {
        from: context.today.toString(),
        to: last.toString(),
        unconfirmed,
        unknownYears: unknownYears(calendar, context.today, last),
      };
    },
    { isReadOnly: true },
  );

/** The span is at most a year, so its two ends name every year in it. */
const unknownYears = (calendar: ContactCalendar, first: Day, last: Day): readonly number[] => [
  ...new Set([first, last].filter((day) => calendarDayOf(calendar, day).kind === 'no-data').map((day) => day.year)),
];
