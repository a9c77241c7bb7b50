/**
 * The short form in which the shipped days off are written down, one line per occasion, and how it unfolds into one row per
 * scope and day. Data only: what a row means is decided elsewhere.
 */
import type { DayOff, DayOffScope, DayOffStatus, RamadanSpan } from './day-off.ts';

export interface TableLine {
  readonly key: string;
  readonly scopes: readonly DayOffScope[];
  /** ISO days, both included. */
  readonly from: string;
  readonly to?: string;
  readonly announcedOn?: string;
  readonly supersedes?: string;
  readonly isMourning?: boolean;
  readonly isEid?: boolean;
  readonly isMovable?: boolean;
}

export function unfold(lines: readonly TableLine[], status: DayOffStatus, source: string): readonly DayOff[] {
  return lines.flatMap((line) =>
    line.scopes.flatMap((scope) =>
      daysFromTo(line.from, line.to ?? line.from).map((on) => ({
        key: line.key,
        scope,
        on,
        status,
        source,
        announcedOn: line.announcedOn === undefined ? null : Temporal.PlainDate.from(line.announcedOn),
        supersedes: line.supersedes ?? null,
        isMourning: line.isMourning ?? false,
        isEid: line.isEid ?? false,
        isMovable: line.isMovable ?? false,
      })),
    ),
  );
}

/** `[Hijri year, first day, last day]`. */
export const ramadanSpans = (
  lines: readonly (readonly [number, string, string])[],
  status: RamadanSpan['status'],
): readonly RamadanSpan[] =>
  lines.map(([hijriYear, first, last]) => ({
    key: `ramadan-${hijriYear}`,
    startsOn: Temporal.PlainDate.from(first),
    endsOn: Temporal.PlainDate.from(last),
    status,
  }));

function daysFromTo(first: string, last: string): readonly Temporal.PlainDate[] {
  const from = Temporal.PlainDate.from(first);
  const count = from.until(last, { largestUnit: 'day' }).days + 1;
  return Array.from({ length: count }, (_, offset) => from.add({ days: offset }));
}
