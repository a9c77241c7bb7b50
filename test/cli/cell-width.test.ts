/** Widths are counted without the tables where they are known; the tables stay the judge. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';

import { cellWidth, truncated } from '../../src/cli/cell-width.ts';

it('agrees with the tables about every character', () => {
  const differing = Array.from({ length: 0xd8_00 - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).filter(
    (character) => cellWidth(character) !== stringWidth(character),
  );
  expect(differing).toEqual([]);
  const presentation = Array.from({ length: 0x2_00 }, (_, at) => String.fromCodePoint(0xfe_00 + at));
  expect(presentation.filter((character) => cellWidth(character) !== stringWidth(character))).toEqual([]);
});

it('agrees with the tables about characters beside each other', () => {
  const character = fc.constantFrom(...Array.from('aZ é–…❯●█العمﻻﺟ٣株式👍\u0301\u200D\uFE0F'));
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
      expect(cellWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: 1_000 },
  );
});

it('cuts to no more cells than asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.integer({ min: 1, max: 10 }), (text, most) => {
      expect(cellWidth(truncated(text, most))).toBeLessThanOrEqual(most);
    }),
  );
});
