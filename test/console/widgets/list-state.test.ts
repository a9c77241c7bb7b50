import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  allMarked,
  chosenRows,
  cursorRow,
  emptyList,
  markToggled,
  merged,
  moved,
  rangeToggled,
} from '../../../src/console/widgets/list-state.ts';

interface Row {
  readonly id: number;
  readonly amount: number;
}

const rows = (...ids: readonly number[]): readonly Row[] => ids.map((id) => ({ id, amount: id * 10 }));
const listOf = (...ids: readonly number[]) => merged(emptyList<Row>(), rows(...ids), 0).list;

describe('a list that is being read', () => {
  it('keeps the cursor on its record when others come and go around it', () => {
    const list = moved(listOf(1, 2, 3, 4), 2, 10);
    const fresh = merged(list, rows(9, 8, 4, 3, 1), 100);
    expect(cursorRow(fresh.list)?.id).toBe(3);
    expect(fresh.hasLost).toBe(false);
  });

  it('holds the order while it is read, and says how many wait', () => {
    const { list } = merged(listOf(1, 2, 3), rows(9, 3, 2, 1), 0);
    expect(list.rows.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(list.waiting).toBe(1);
    expect(merged({ ...list, wantsOrder: true }, rows(9, 3, 2, 1), 0).list.rows.map(({ id }) => id)).toEqual([9, 3, 2, 1]);
  });

  it('shows new values in place', () => {
    const { list } = merged(
      listOf(1, 2),
      [
        { id: 2, amount: 7 },
        { id: 1, amount: 5 },
      ],
      0,
    );
    expect(list.rows).toEqual([
      { id: 1, amount: 5 },
      { id: 2, amount: 7 },
    ]);
  });

  it('goes to the neighbour when the row under the cursor leaves, and lets no key act for a moment', () => {
    const { list, hasLost } = merged(moved(listOf(1, 2, 3), 1, 10), rows(1, 3), 1_000);
    expect([hasLost, list.cursorId, list.settlesAtMs]).toEqual([true, 3, 1_300]);
    expect(merged(moved(listOf(1, 2, 3), 2, 10), rows(1, 2), 0).list.cursorId).toBe(2);
    expect(merged(listOf(1), [], 0).list.cursorId).toBeNull();
  });

  it('marks rows, ranges and all, and acts on marks before the cursor', () => {
    expect(chosenRows(listOf(1, 2)).map(({ id }) => id)).toEqual([1]);
    expect(chosenRows(markToggled(moved(listOf(1, 2, 3), 1, 9))).map(({ id }) => id)).toEqual([2]);
    const first = markToggled(listOf(1, 2, 3, 4));
    // A range adds to what was marked, and gives back what it no longer covers.
    const added = moved(moved(rangeToggled(moved(first, 1, 9)), 2, 9), -1, 9);
    expect(chosenRows(added).map(({ id }) => id)).toEqual([1, 2, 3]);
    const range = moved(rangeToggled(moved(listOf(1, 2, 3, 4), 1, 9)), 2, 9);
    expect(chosenRows(range).map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(chosenRows(allMarked(listOf(5, 6))).map(({ id }) => id)).toEqual([5, 6]);
  });

  it('drops the mark of a row that has left', () => {
    const list = allMarked(listOf(1, 2, 3));
    expect([...merged(list, rows(1, 3), 0).list.marks]).toEqual([1, 3]);
  });

  it('never points at a record that was not chosen, whatever comes', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, fc.integer({ min: -3, max: 3 })), { maxLength: 12 }), (steps) => {
        let list = emptyList<Row>();
        for (const [fresh, by] of steps) {
          const before = list.cursorId;
          const result = merged(list, rows(...fresh), 0);
          // The cursor changes its record only when that record is gone, and then it says so.
          expect(result.list.cursorId === before || result.hasLost || before === null).toBe(true);
          expect(result.list.rows.length === 0 || cursorRow(result.list) !== undefined).toBe(true);
          list = moved(result.list, by, 4);
          const at = list.rows.findIndex(({ id }) => id === list.cursorId);
          expect(list.rows.length === 0 || (at >= list.top && at < list.top + 4)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
