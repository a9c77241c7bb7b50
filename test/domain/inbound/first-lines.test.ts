import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { firstLines } from '../../../src/domain/inbound/first-lines.ts';

describe('the first lines of an answer', () => {
  test('are what they wrote, without what they quote', () => {
    expect(firstLines('Paid yesterday.\r\n\r\nThanks\r\n\r\nOn Mon, 23 Nov 2026 Falcon wrote:\r\n> Please pay')).toBe(
      'Paid yesterday.\nThanks',
    );
    expect(firstLines('Noted\n-----Original Message-----\nFrom: Falcon')).toBe('Noted');
    expect(firstLines('تم الدفع\nفي الاثنين كتب:\n> فواتير')).toBe('تم الدفع');
  });

  test('are empty when everything is quoted', () => {
    expect(firstLines('> one\n> two')).toBe('');
  });

  test('end after eight lines and two hundred characters each', () => {
    const shown = firstLines(Array.from({ length: 30 }, () => 'x'.repeat(5_000)).join('\n'));
    expect(shown.length).toBeLessThanOrEqual(800);
    expect(shown.split('\n')[0]).toHaveLength(200);
  });

  test('hold nothing a screen obeys, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = firstLines(text);
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
        expect(shown.length).toBeLessThanOrEqual(1_600);
      }),
    );
  });
});
