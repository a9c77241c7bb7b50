/**
 * Which days off hold, out of everything the layers say. Later layers win over earlier ones, later announcements over
 * earlier ones of the same layer. Decides from rows alone; never looks at a clock, so that a day means the same to everyone.
 *
 * - A row takes the place of an earlier row of its own occasion and day: `confirmed` firms it up, `withdrawn` releases it.
 * - An announcement that supersedes an occasion drops all of that occasion's earlier rows. Without that word nothing is
 *   dropped: telling Wafa one day of an Eid must not release the others.
 * - A movable holiday that is only expected and falls in mid-week also holds the two ends of its week, because the Cabinet
 *   has moved most of them there at six to twenty-one days' notice. Both ends lie within five days of the day itself.
 *   Any announcement of the occasion ends that. Statutory days hold only themselves.
 */
import type { Day } from '../days.ts';
import type { DayOff, DayOffLayer, DayOffScope } from './day-off.ts';
import { toEpochDay, weekdayOf } from './epoch-day.ts';
import type { Weekday } from './epoch-day.ts';

/** A day that is closed, and what closes it. */
export interface ClosedDay {
  readonly row: DayOff;
  /** True when the day is closed only because a holiday of its week might be moved onto it. */
  readonly isHeld: boolean;
}

/** Rows of one occasion that hold, and the other days closed because of it. Day numbers since 1970-01-01. */
export interface Occasion {
  readonly key: string;
  readonly rows: readonly DayOff[];
  readonly heldEpochDays: readonly number[];
}

export interface DaysInForce {
  /** Everything that closes a day, by day number; most telling first: rows before holds. */
  readonly closed: ReadonlyMap<number, readonly ClosedDay[]>;
  readonly occasions: readonly Occasion[];
}

/** `scopes`: those whose rows count; rows for `all` always do. */
export function daysInForce(layers: readonly DayOffLayer[], scopes: readonly DayOffScope[]): DaysInForce {
  const known = inOrder(layers, new Set<DayOffScope>([...scopes, 'all']));
  const standing = withNatureOfOccasion(standingRows(known), known);
  const occasions = [...Map.groupBy(standing, (row) => row.key)].map(([key, rows]) => occasionOf(key, rows));
  const closings = [
    ...occasions.flatMap(({ rows }) => rows.map((row) => ({ epochDay: toEpochDay(row.on), row, isHeld: false }))),
    ...occasions.flatMap(({ rows, heldEpochDays }) =>
      rows.slice(0, 1).flatMap((row) => heldEpochDays.map((epochDay) => ({ epochDay, row, isHeld: true }))),
    ),
  ];
  return { closed: Map.groupBy(closings, ({ epochDay }) => epochDay), occasions };
}

interface LayeredRow {
  readonly row: DayOff;
  readonly depth: number;
}

/** The rows nothing later replaced, withdrawn ones included: they still say that their day is not to be held. */
function standingRows(known: readonly LayeredRow[]): readonly DayOff[] {
  const standing = new Map<string, LayeredRow>();
  for (const later of known) {
    if (later.row.supersedes !== null) {
      for (const [place, earlier] of standing) if (isDroppedBy(earlier, later)) standing.delete(place);
    }
    standing.set(`${later.row.key} ${later.row.on.toString()}`, later);
  }
  return [...standing.values()].map(({ row }) => row);
}

function inOrder(layers: readonly DayOffLayer[], scopes: ReadonlySet<DayOffScope>): readonly LayeredRow[] {
  return layers.flatMap((layer, depth) =>
    layer.daysOff
      .filter((row) => scopes.has(row.scope))
      .toSorted((a, b) => compareAnnounced(a.announcedOn, b.announcedOn))
      .map((row) => ({ row, depth })),
  );
}

/**
 * What a row leaves unsaid (Eid, mourning, movable) is as any row of its occasion says, replaced ones included: an operator who
 * confirms a day of Eid by its date alone must not turn it into an ordinary day off.
 */
function withNatureOfOccasion(standing: readonly DayOff[], known: readonly LayeredRow[]): readonly DayOff[] {
  const keysOf = (flag: 'isEid' | 'isMourning' | 'isMovable'): ReadonlySet<string> =>
    new Set(known.filter(({ row }) => row[flag] === true).map(({ row }) => row.key));
  const eids = keysOf('isEid');
  const mournings = keysOf('isMourning');
  const movables = keysOf('isMovable');
  return standing.map((row) => ({
    ...row,
    isEid: row.isEid ?? eids.has(row.key),
    isMourning: row.isMourning ?? mournings.has(row.key),
    isMovable: row.isMovable ?? movables.has(row.key),
  }));
}

function compareAnnounced(a: Day | null, b: Day | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return Temporal.PlainDate.compare(a, b);
}

/** Rows that supersede the same occasion on the same day in the same layer are one announcement: they stand together. */
function isDroppedBy(earlier: LayeredRow, later: LayeredRow): boolean {
  if (later.row.supersedes !== earlier.row.key) return false;
  const isSameAnnouncement =
    earlier.depth === later.depth &&
    earlier.row.supersedes === later.row.supersedes &&
    compareAnnounced(earlier.row.announcedOn, later.row.announcedOn) === 0;
  return !isSameAnnouncement;
}

function occasionOf(key: string, standing: readonly DayOff[]): Occasion {
  const rows = standing.filter((row) => row.status !== 'withdrawn');
  const isUndecided = rows.every((row) => row.status === 'expected');
  const decided = new Set(standing.map((row) => toEpochDay(row.on)));
  const ends = isUndecided ? rows.flatMap(weekEndsAround) : [];
  return { key, rows, heldEpochDays: [...new Set(ends)].filter((epochDay) => !decided.has(epochDay)) };
}

/** First and last day of the working week in which a holiday may be moved: Monday and Friday, in Kuwait Sunday and Thursday. */
function weekEndsAround(row: DayOff): readonly number[] {
  if (row.isMovable !== true) return [];
  const [first, last]: readonly [Weekday, Weekday] = row.scope === 'kuwait' || row.scope === 'saudi' ? [7, 4] : [1, 5];
  const epochDay = toEpochDay(row.on);
  const daysSinceFirst = (weekdayOf(epochDay) - first + 7) % 7;
  const workingSpan = (last - first + 7) % 7;
  const isMidWeek = daysSinceFirst > 0 && daysSinceFirst < workingSpan;
  return isMidWeek ? [epochDay - daysSinceFirst, epochDay - daysSinceFirst + workingSpan] : [];
}
