import { expect, test } from 'vitest';

import { cellWidth } from '../../src/cli/cell-width.ts';
import { wrapped } from '../../src/cli/wrap-text.ts';
import { SKIP_ORDER } from '../../src/domain/skip-reasons.ts';
import { answerTo, SITUATIONS } from './situations.ts';

test.each(SITUATIONS.map((one) => [one.title, one] as const))('%s: the answer names the reason that holds', (_, one) => {
  const { code, sentences } = answerTo(one);
  expect(code).toBe(one.code);
  expect(sentences.length).toBeGreaterThan(0);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/s);
});

test('at 80 columns no line is wider and no word is broken', () => {
  const sentences = SITUATIONS.flatMap((one) => answerTo(one).sentences);
  for (const sentence of sentences) {
    const lines = wrapped(sentence, 80);
    expect(lines.join(' ')).toBe(sentence);
    expect(Math.max(...lines.map(cellWidth))).toBeLessThanOrEqual(80);
  }
});

test('every reason for silence but inactivity and the weekly cap alone has its situation', () => {
  const met = new Set(SITUATIONS.map(({ code }) => code));
  expect(SKIP_ORDER.filter((code) => !met.has(code))).toEqual(['inactive', 'weekly-cap']);
});
