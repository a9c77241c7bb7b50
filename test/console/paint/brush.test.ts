import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cellWidth } from '../../../src/cli/cell-width.ts';
import { Brush, widthOf } from '../../../src/console/paint/brush.ts';
import { planColumns, rowPieces } from '../../../src/console/paint/columns.ts';
import type { Line } from '../../../src/console/paint/line.ts';
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../../src/console/paint/symbols.ts';
import { badInputs, badText, hasBadInputs } from '../../support/bad-inputs.ts';

const brush = new Brush({ bidi: 'app', symbols: UNICODE_SYMBOLS });
const textOf = ({ pieces }: Line): string => pieces.map(({ text }) => text).join('');

describe('the brush', () => {
  it('fills and cuts a cell to exactly its width, and says where it was cut', () => {
    expect(brush.cell('abc', 5).text).toBe('abc  ');
    expect(brush.cell('abc', 5, { align: 'right' }).text).toBe('  abc');
    expect(brush.cell('abcdef', 4).text).toBe('abc…');
    expect(new Brush({ bidi: 'app', symbols: ASCII_SYMBOLS }).cell('abcdef', 4).text).toBe('abc~');
  });

  it('joins and turns Arabic for terminals that do not, and leaves it to those that do', () => {
    expect(brush.piece('شركة ABC-12').text).toBe('ABC-12 ﺔﻛﺮﺷ');
    expect(new Brush({ bidi: 'terminal', symbols: UNICODE_SYMBOLS }).piece('شركة ABC-12').text).toBe('شركة ABC-12');
  });

  it('wraps between words, and breaks only what is longer than a line', () => {
    expect(brush.wrapped('they would be contacted', 10).map(textOf)).toEqual(['they would', 'be        ', 'contacted ']);
    expect(brush.wrapped('abcdefghij', 4).map((line) => textOf(line).trim())).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('never breaks a wide character in two, nor loses one', () => {
    expect(brush.wrapped('株式会社', 5).map((line) => textOf(line).trim())).toEqual(['株式', '会社']);
    expect(brush.wrapped('株', 1).length).toBe(1);
  });

  it('draws lines of exactly the width asked for, whatever is in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 120 }),
        (texts, width) => {
          const line = brush.line(
            texts.map((text) => brush.piece(text)),
            width,
          );
          expect(widthOf(line.pieces)).toBe(width);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.skipIf(!hasBadInputs)('lets no control code and no line end of a hostile name through (skipped without the shared cases)', () => {
    for (const name of badInputs('names')) {
      const text = badText(name);
      if (text === null) continue;
      const shown = textOf(brush.line([brush.cell(text, 30)], 40));
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      expect(cellWidth(shown)).toBe(40);
    }
  });
});

describe('the columns of a table', () => {
  const columns = [
    { title: 'ID', width: 6, leaveOut: 2, text: () => '41' },
    { title: 'NAME', width: 20, least: 8, most: 40, text: () => 'Al Noor' },
    { title: 'ASKED', width: 14, align: 'right' as const, text: () => 'AED 1,200.00' },
  ];

  it('narrows names first, then leaves out what is of least use, and never cuts an amount', () => {
    expect(planColumns(columns, 80).map(({ width }) => width)).toEqual([6, 40, 14]);
    expect(planColumns(columns, 34).map(({ width }) => width)).toEqual([6, 10, 14]);
    expect(planColumns(columns, 30).map(({ column, width }) => [column.title, width])).toEqual([
      ['NAME', 14],
      ['ASKED', 14],
    ]);
  });

  it('fills exactly the width that was planned', () => {
    for (let width = 24; width < 120; width += 1) {
      const placed = planColumns(columns, width);
      expect(widthOf(rowPieces(brush, placed, {}))).toBeLessThanOrEqual(width);
    }
  });
});
