import { describe, expect, test } from 'vitest';

import { cellWidth } from '../../src/cli/cell-width.ts';
import { gap, heading, hint, line, pairs } from '../../src/cli/page.ts';
import { wrapped } from '../../src/cli/wrap-text.ts';
import { shownAt } from './shown.ts';

const SENTENCE =
  'Nothing is sent to Al Noor Trading LLC before Fri 27 Nov 2026: they were contacted on Fri 20 Nov 2026 and the interval is 7 days.';

describe('a sentence', () => {
  test('is broken between words, and nothing of it is lost', () => {
    for (const width of [20, 40, 79, 80, 81, 200]) {
      const lines = wrapped(SENTENCE, width);
      expect(lines.join(' ')).toBe(SENTENCE);
      for (const each of lines) expect(cellWidth(each)).toBeLessThanOrEqual(width);
    }
  });

  test.each([
    ['one cell short of the width', 'x'.repeat(9), 10, 1],
    ['exactly as wide', `${'x'.repeat(4)} ${'x'.repeat(5)}`, 10, 1],
    ['one cell too wide', `${'x'.repeat(5)} ${'x'.repeat(5)}`, 10, 2],
    ['empty', '', 10, 1],
  ])('%s takes the lines it needs', (_, text, width, lines) => {
    expect(wrapped(text, width)).toHaveLength(lines);
  });

  test('of wide characters is counted in cells, not in letters', () => {
    const lines = wrapped('名前 名前 名前', 9);
    expect(lines).toEqual(['名前 名前', '名前']);
    expect(wrapped('شركة النور للتجارة', 10)).toEqual(['شركة النور', 'للتجارة']);
  });

  test('keeps a command in one piece, and a word that is too long whole', () => {
    expect(wrapped('Run `wafa release 41` to compose it anew.', 24)).toEqual(['Run `wafa release 41` to', 'compose it anew.']);
    expect(wrapped('at https://example.com/a/very/long/address there', 20)).toEqual([
      'at',
      'https://example.com/a/very/long/address',
      'there',
    ]);
  });
});

test('a page at 80 columns has no line wider than that, and hints and values go on below themselves', () => {
  const page = [heading(SENTENCE), line(SENTENCE), hint(SENTENCE), gap, pairs(['Last contact', SENTENCE], ['No', ''])];
  const lines = shownAt(page, 80).trimEnd().split('\n');
  for (const each of lines) expect(cellWidth(each)).toBeLessThanOrEqual(80);
  expect(lines).toContain('    contacted on Fri 20 Nov 2026 and the interval is 7 days.');
  expect(lines.at(-2)).toMatch(/^ {14}\S/);
});

test('a pipe that names no width gets sentences whole', () => {
  expect(shownAt([line(SENTENCE)], 1_000)).toBe(`${SENTENCE}\n`);
});
