import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cellWidth, truncated } from '../../src/cli/cell-width.ts';
import type { Column } from '../../src/cli/page.ts';
import { tableLines } from '../../src/cli/table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right' },
  { title: 'NAME', least: 6, leaveOut: 1 },
  { title: 'ASKED', align: 'right' },
  { title: 'STATUS', leaveOut: 2 },
];
const ROWS = [
  ['41', 'Al Noor General Trading LLC', 'AED 8,200.00', 'to approve'],
  ['7', 'شركة النور للتجارة', 'AED 12.50', 'sent'],
  ['112', '東京商事株式会社', 'JPY 1,200,000', 'check'],
];

describe('a table', () => {
  test('takes its natural width when there is room', () => {
    expect(tableLines(COLUMNS, ROWS, 80)).toMatchInlineSnapshot(`
      [
        " ID  NAME                                 ASKED  STATUS",
        " 41  Al Noor General Trading LLC   AED 8,200.00  to approve",
        "  7  ⁨شركة النور للتجارة⁩               AED 12.50  sent",
        "112  東京商事株式会社             JPY 1,200,000  check",
      ]
    `);
  });

  test('cuts names first, then leaves out columns, and keeps ids and amounts whole', () => {
    expect(tableLines(COLUMNS, ROWS, 46)).toMatchInlineSnapshot(`
      [
        " ID  NAME                    ASKED  STATUS",
        " 41  Al Noor Gener…   AED 8,200.00  to approve",
        "  7  ⁨شركة النور لل…⁩      AED 12.50  sent",
        "112  東京商事株式…   JPY 1,200,000  check",
      ]
    `);
    expect(tableLines(COLUMNS, ROWS, 30)).toMatchInlineSnapshot(`
      [
        " ID  NAME                ASKED",
        " 41  Al Noor G…   AED 8,200.00",
        "  7  ⁨شركة النو…⁩      AED 12.50",
        "112  東京商事…   JPY 1,200,000",
      ]
    `);
    expect(tableLines(COLUMNS, ROWS, 20)).toMatchInlineSnapshot(`
      [
        " ID          ASKED",
        " 41   AED 8,200.00",
        "  7      AED 12.50",
        "112  JPY 1,200,000",
      ]
    `);
  });

  test('has one line per row and fits whenever it can, whatever the text and the width', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), fc.integer({ min: 20, max: 100 }), (names, width) => {
        const rows = names.map(([name, status], index) => [String(index), name, 'AED 1.00', status]);
        const lines = tableLines(COLUMNS, rows, width);
        expect(lines).toHaveLength(rows.length + 1);
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
        for (const line of lines.slice(1)) expect(line).toContain('AED 1.00');
      }),
    );
  });
});

test.each([
  ['Al Noor', 7, 'Al Noor'],
  ['Al Noor', 6, 'Al No…'],
  ['Al Noor', 4, 'Al…'],
  ['東京商事', 5, '東京…'],
  ['👨‍👩‍👧 family', 3, '👨‍👩‍👧…'],
])('%j in %i cells is %j', (text, most, shown) => {
  expect(truncated(text, most)).toBe(shown);
});
