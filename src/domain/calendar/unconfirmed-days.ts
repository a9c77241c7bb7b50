/**
 * The days off ahead that nobody has announced yet, for an operator to confirm, move or withdraw. Shown 21 days ahead,
 * the longest notice the authorities have lately given for a holiday that is not bound to the moon.
 */
import type { Day } from '../days.ts';
import type { DayOffStatus } from './day-off.ts';
import type { ContactCalendar } from './contact-calendar.ts';
import { toEpochDay } from './epoch-day.ts';

export interface UnconfirmedOccasion {
  readonly key: string;
  /** `expected` once any of its days is computed, else `statutory`: the law's own day, which the Cabinet may still move. */
  readonly status: Extract<DayOffStatus, 'statutory' | 'expected'>;
  /** Days the occasion closes, in order. */
  readonly days: readonly Day[];
  /** Further days closed until it is announced, because it may be moved onto them. */
  readonly heldDays: readonly Day[];
  readonly source: string;
}

/** Occasions with an unannounced day from `day` up to and including `days` later, nearest first. */
export function unconfirmedWithin(calendar: ContactCalendar, day: Day, days = 21): readonly UnconfirmedOccasion[] {
  const first = toEpochDay(day);
  const isNear = (on: Day): boolean => toEpochDay(on) >= first && toEpochDay(on) <= first + days;
  return calendar.occasions
    .flatMap(({ key, rows, heldEpochDays }) => {
      const open = rows.filter((row) => row.status === 'expected' || row.status === 'statutory');
      const [row] = open;
      if (!row) return [];
      return [
        {
          key,
          status: open.some(({ status }) => status === 'expected') ? ('expected' as const) : ('statutory' as const),
          days: open.map(({ on }) => on).toSorted(Temporal.PlainDate.compare),
          heldDays: heldEpochDays.toSorted((a, b) => a - b).map((epochDay) => calendar.dayAt(epochDay).on),
          source: row.source,
        },
      ];
    })
    .filter((occasion) => [...occasion.days, ...occasion.heldDays].some(isNear))
    .toSorted((a, b) => compareFirstDay(a, b));
}

const compareFirstDay = (a: UnconfirmedOccasion, b: UnconfirmedOccasion): number => {
  const [firstOfA] = a.days;
  const [firstOfB] = b.days;
  return firstOfA && firstOfB ? Temporal.PlainDate.compare(firstOfA, firstOfB) : 0;
};
