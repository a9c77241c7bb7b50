/**
 * A list whose cursor and marks sit on records, never on places. Pure, for every screen that has one. When data comes anew each row keeps its
 * place while it is read; rows that are new wait until the operator asks for order.
 */
export interface Listed {
  readonly id: number;
}

export interface ListState<Row extends Listed> {
  readonly rows: readonly Row[];
  /** Null only while there are no rows. */
  readonly cursorId: number | null;
  /** First row shown. */
  readonly top: number;
  readonly marks: ReadonlySet<number>;
  /** Where a range of marks began. */
  readonly rangeFrom: number | null;
  /** What was marked before it began: a range adds to it. */
  readonly marksBeforeRange: ReadonlySet<number>;
  /** Rows that have come and are not shown, because showing them would move the others. */
  readonly waiting: number;
  /** Put the rows in order when the next data comes. */
  readonly wantsOrder: boolean;
  /** Keys that act are refused until then: the row under the cursor has just gone. In the console's milliseconds. */
  readonly settlesAtMs: number;
}

/** A hand already on its way must not hit the neighbour of the row that went. */
const SETTLE_MS = 300;

export const emptyList = <Row extends Listed>(): ListState<Row> => ({
  rows: [],
  cursorId: null,
  top: 0,
  marks: new Set(),
  rangeFrom: null,
  marksBeforeRange: new Set(),
  waiting: 0,
  wantsOrder: true,
  settlesAtMs: 0,
});

export const cursorRow = <Row extends Listed>(list: ListState<Row>): Row | undefined => list.rows.find(({ id }) => id === list.cursorId);

/** The marked rows in their order, or the one under the cursor when none is. */
export function chosenRows<Row extends Listed>(list: ListState<Row>): readonly Row[] {
  if (list.marks.size > 0) return list.rows.filter(({ id }) => list.marks.has(id));
  const row = cursorRow(list);
  return row === undefined ? [] : [row];
}

/** @param fresh the page as it is now, in order. @returns the list, and whether the row under the cursor has gone. */
export function merged<Row extends Listed>(
  list: ListState<Row>,
  fresh: readonly Row[],
  atMs: number,
): { readonly list: ListState<Row>; readonly hasLost: boolean } {
  const now = new Map(fresh.map((row) => [row.id, row]));
  const kept = list.rows.flatMap(({ id }) => now.get(id) ?? []);
  const isOrdered = list.wantsOrder || kept.length === 0;
  const rows = isOrdered ? fresh : kept;
  const shown = new Set(rows.map(({ id }) => id));
  const hasLost = list.cursorId !== null && !shown.has(list.cursorId);
  const cursorId = hasLost || list.cursorId === null ? neighbourId(list, rows) : list.cursorId;
  return {
    list: {
      ...list,
      rows,
      cursorId,
      marks: new Set([...list.marks].filter((id) => shown.has(id))),
      marksBeforeRange: new Set([...list.marksBeforeRange].filter((id) => shown.has(id))),
      rangeFrom: list.rangeFrom !== null && shown.has(list.rangeFrom) ? list.rangeFrom : null,
      waiting: isOrdered ? 0 : fresh.length - kept.length,
      wantsOrder: false,
      settlesAtMs: hasLost ? atMs + SETTLE_MS : list.settlesAtMs,
    },
    hasLost,
  };
}

/** The row that stood next below the one that went, else the last one. */
function neighbourId<Row extends Listed>(list: ListState<Row>, rows: readonly Row[]): number | null {
  const shown = new Set(rows.map(({ id }) => id));
  const at = list.rows.findIndex(({ id }) => id === list.cursorId);
  const below = list.rows.slice(at + 1).find(({ id }) => shown.has(id));
  return below?.id ?? (at < 0 ? rows[0]?.id : rows[Math.min(at, rows.length - 1)]?.id) ?? null;
}

/** Moves the cursor by rows; `end` and `start` by infinity. */
export function moved<Row extends Listed>(list: ListState<Row>, by: number, shownRows: number): ListState<Row> {
  if (list.rows.length === 0) return list;
  const at = cursorAt(list);
  const to = Math.max(0, Math.min(list.rows.length - 1, at + by));
  const cursorId = list.rows[to]?.id ?? null;
  const marks = list.rangeFrom === null ? list.marks : new Set([...list.marksBeforeRange, ...rangeOf(list, list.rangeFrom, to)]);
  return scrolled({ ...list, cursorId, marks }, shownRows);
}

const cursorAt = <Row extends Listed>(list: ListState<Row>): number =>
  Math.max(
    0,
    list.rows.findIndex(({ id }) => id === list.cursorId),
  );

function rangeOf<Row extends Listed>(list: ListState<Row>, fromId: number, to: number): ReadonlySet<number> {
  const from = Math.max(
    0,
    list.rows.findIndex(({ id }) => id === fromId),
  );
  return new Set(list.rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id));
}

/** Keeps the cursor in sight. */
export function scrolled<Row extends Listed>(list: ListState<Row>, shownRows: number): ListState<Row> {
  const at = cursorAt(list);
  const last = Math.max(0, list.rows.length - shownRows);
  const top = Math.max(0, Math.min(last, at < list.top ? at : at >= list.top + shownRows ? at - shownRows + 1 : list.top));
  return top === list.top ? list : { ...list, top };
}

export function markToggled<Row extends Listed>(list: ListState<Row>): ListState<Row> {
  const { cursorId } = list;
  if (cursorId === null) return list;
  const marks = new Set(list.marks);
  if (!marks.delete(cursorId)) marks.add(cursorId);
  return { ...list, marks, rangeFrom: null };
}

export const rangeToggled = <Row extends Listed>(list: ListState<Row>): ListState<Row> =>
  list.rangeFrom === null && list.cursorId !== null
    ? { ...list, rangeFrom: list.cursorId, marksBeforeRange: list.marks, marks: new Set([...list.marks, list.cursorId]) }
    : { ...list, rangeFrom: null };

export const allMarked = <Row extends Listed>(list: ListState<Row>): ListState<Row> => ({
  ...list,
  marks: new Set(list.rows.map(({ id }) => id)),
  rangeFrom: null,
});

export const unmarked = <Row extends Listed>(list: ListState<Row>): ListState<Row> => ({ ...list, marks: new Set(), rangeFrom: null });
