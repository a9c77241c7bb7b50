import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decimalText, LARGEST_MINOR } from '../../src/domain/money.ts';
import { parseAmount } from '../../src/intake/amount-text.ts';
import type { AmountFormat } from '../../src/intake/amount-text.ts';

const plain: AmountFormat = { decimal: '.', thousands: 'none', negatives: 'minus' };
const english: AmountFormat = { ...plain, thousands: ',' };
const german: AmountFormat = { decimal: ',', thousands: '.', negatives: 'minus' };
const french: AmountFormat = { decimal: ',', thousands: 'space', negatives: 'minus' };

describe('amounts', () => {
  it.each([
    ['8200', plain, 820_000n],
    ['8200.5', plain, 820_050n],
    ['8200.50', plain, 820_050n],
    ['8200.500', plain, 820_050n],
    ['-8200.50', plain, -820_050n],
    [' 8200.50 ', plain, 820_050n],
    ['0.01', plain, 1n],
    ['1,234,567.80', english, 123_456_780n],
    ['1.234.567,80', german, 123_456_780n],
    ['1 234,56', french, 123_456n],
    ['1\u202f234,56', french, 123_456n],
    ['(100.00)', { ...plain, negatives: 'brackets' }, -10_000n],
    ['100.00-', { ...plain, negatives: 'trailing-minus' }, -10_000n],
    ['١٬٢٣٤٫٥٦', plain, 123_456n],
    ['99999999999999.99', plain, LARGEST_MINOR],
  ] as const)('%s is read in its own notation', (text, format, minor) => {
    expect(parseAmount(text, format, 2)).toBe(minor);
  });

  it.each([
    ['1.234,56', english, 'bad-syntax'],
    ['1,23', english, 'bad-syntax'],
    ['12,34,567', english, 'bad-syntax'],
    ['1,234.56', german, 'bad-syntax'],
    ['1.23', german, 'bad-syntax'],
    ['1,234', plain, 'bad-syntax'],
    ['(100.00)', plain, 'bad-syntax'],
    ['100.00-', plain, 'bad-syntax'],
    ['.5', plain, 'bad-syntax'],
    ['5.', plain, 'bad-syntax'],
    ['a12.34', plain, 'bad-syntax'],
    ['1١', plain, 'bad-syntax'],
    ['--1', plain, 'formula'],
    ['100000000000000.00', plain, 'out-of-range'],
    ['9'.repeat(60_000), plain, 'out-of-range'],
  ] as const)('%s is not an amount there', (text, format, problem) => {
    expect(parseAmount(text, format, 2)).toBe(problem);
  });

  it('whatever we write as plain decimals reads back as the same minor units', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -LARGEST_MINOR, max: LARGEST_MINOR }), fc.constantFrom('AED', 'KWD', 'JPY'), (minor, currency) => {
        const exponent = { AED: 2, KWD: 3, JPY: 0 }[currency] ?? 2;
        expect(parseAmount(decimalText(minor, currency), plain, exponent)).toBe(minor);
      }),
    );
  });
});
