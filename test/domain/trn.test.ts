import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTrn, trnFromSerial, trnText } from '../../src/domain/trn.ts';

const valid = trnFromSerial(123_456);

describe('reading a TRN', () => {
  test.each([
    ['plain', valid],
    ['grouped by dashes', trnText(valid)],
    ['with spaces', ` ${valid.slice(0, 3)} ${valid.slice(3, 7)} ${valid.slice(7)} `],
    ['with no-break spaces and direction marks', `\u200E${valid.slice(0, 5)}\u00A0${valid.slice(5)}\u200F`],
    ['in Arabic-Indic digits', [...valid].map((digit) => String.fromCharCode(0x0660 + Number(digit))).join('')],
    ['in Extended Arabic-Indic digits', [...valid].map((digit) => String.fromCharCode(0x06f0 + Number(digit))).join('')],
  ])('accepts it %s', (_how, text) => {
    expect(readTrn(text)).toEqual({ kind: 'ok', trn: valid, warnings: [] });
  });

  test.each([
    ['', 'not-digits'],
    ['AE100123456700003', 'not-digits'],
    ['١٠٠x', 'not-digits'],
    [valid.slice(1), 'not-fifteen-digits'],
    [`${valid}0`, 'not-fifteen-digits'],
    [`2${valid.slice(1)}`, 'not-starting-with-1'],
  ])('refuses %j as %s', (text, code) => {
    expect(readTrn(text)).toMatchObject({ kind: 'error', code });
  });

  test('warns of what looks mistyped without refusing it', () => {
    expect(readTrn('100123456700003')).toMatchObject({ kind: 'ok', warnings: ['check-digit'] });
    expect(readTrn(`${valid.slice(0, 13)}04`)).toMatchObject({ kind: 'ok', warnings: ['unusual-end'] });
    expect(readTrn('123456789000001')).toMatchObject({ kind: 'ok', warnings: ['unusual-start', 'unusual-end', 'check-digit'] });
  });

  test('notices any single digit of the TIN typed wrong', () => {
    fc.assert(
      fc.property(fc.nat(999_999), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (serial, at, by) => {
        const trn = trnFromSerial(serial);
        const mistyped = trn.slice(0, at) + String((Number(trn[at]) + by) % 10) + trn.slice(at + 1);
        expect(readTrn(mistyped)).toMatchObject({ warnings: expect.arrayContaining(['check-digit']) as unknown });
      }),
    );
  });
});

describe('a TRN made from a serial', () => {
  test('raises no warning, and no two serials share one', () => {
    const made = Array.from({ length: 2_000 }, (_, index) => trnFromSerial(index * 499));
    expect(new Set(made).size).toBe(made.length);
    for (const trn of made) expect(readTrn(trn)).toEqual({ kind: 'ok', trn, warnings: [] });
  });

  test.each([-1, 1_000_000, 1.5])('is refused for %d', (serial) => {
    expect(() => trnFromSerial(serial)).toThrow('outside 0-999,999');
  });

  test('is shown in the groups invoices use', () => {
    expect(trnText('100000000000003')).toBe('100-0000-0000-0003');
  });
});
