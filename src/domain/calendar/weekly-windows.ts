/**
 * Opening hours per weekday as an operator writes them (`09:00` to `17:00`), read into minutes of the day with gaps cut
 * out. Windows are half-open: the first minute is in, the last is out. Refuses hours that cannot be meant.
 */
import { OperatorError } from '../operator-error.ts';
import type { Weekday } from './epoch-day.ts';

/** Wall-clock `HH:MM` pair; `24:00` ends a day. A window never runs past midnight: write two. */
export type WrittenWindow = readonly [from: string, to: string];

/** Windows by ISO weekday, Monday 1 to Sunday 7; a weekday left out is a day of rest. */
export type WrittenWeek = { readonly [weekday in Weekday]?: readonly WrittenWindow[] };

/** Minutes since the day's midnight, `from` included, `to` excluded. */
export interface DayWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Open windows of a weekday, in order, gaps already cut out. */
export type OpenWeek = (weekday: Weekday) => readonly DayWindow[];

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** @throws OperatorError `calendar.bad-window` when a time is not `HH:MM`, ends before it starts or overlaps its neighbour. */
export function openWeek(week: WrittenWeek, gaps: WrittenWeek): OpenWeek {
  const byWeekday = new Map(
    WEEKDAYS.map((weekday) => [weekday, withoutGaps(readWindows(week[weekday] ?? []), readWindows(gaps[weekday] ?? []))]),
  );
  return (weekday) => byWeekday.get(weekday) ?? [];
}

export const isEverOpen = (week: OpenWeek): boolean => WEEKDAYS.some((weekday) => week(weekday).length > 0);

function readWindows(written: readonly WrittenWindow[]): readonly DayWindow[] {
  const windows = written
    .map(([from, to]) => ({ fromMinute: readMinute(from), toMinute: readMinute(to) }))
    .toSorted((a, b) => a.fromMinute - b.fromMinute);
  windows.forEach((window, index) => {
    const next = windows[index + 1];
    if (window.fromMinute >= window.toMinute) throw badWindow(`${clockText(window)} ends before it starts`);
    if (next && next.fromMinute < window.toMinute) throw badWindow(`${clockText(window)} and ${clockText(next)} overlap`);
  });
  return windows;
}

function readMinute(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!match || Number(match[2]) > 59 || minute > 24 * 60) throw badWindow(`${JSON.stringify(text.slice(0, 20))} is not a time`);
  return minute;
}

function withoutGaps(windows: readonly DayWindow[], gaps: readonly DayWindow[]): readonly DayWindow[] {
  return gaps.reduce<readonly DayWindow[]>(
    (open, gap) =>
      open.flatMap((window) =>
        [
          { fromMinute: window.fromMinute, toMinute: Math.min(window.toMinute, gap.fromMinute) },
          { fromMinute: Math.max(window.fromMinute, gap.toMinute), toMinute: window.toMinute },
        ].filter((part) => part.fromMinute < part.toMinute),
      ),
    windows,
  );
}

const clockText = (window: DayWindow): string => `${minuteText(window.fromMinute)}-${minuteText(window.toMinute)}`;

const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const badWindow = (what: string): OperatorError =>
  new OperatorError({
    code: 'calendar.bad-window',
    message: `In the contact calendar, ${what}.`,
    tryThis: 'Write windows as pairs of times on one day, for example ["09:00","17:00"]; a window past midnight is two windows.',
    kind: 'configuration',
  });
