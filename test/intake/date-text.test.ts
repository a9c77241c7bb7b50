import { describe, expect, it } from 'vitest';

import { dayReader, parseDay } from '../../src/intake/date-text.ts';
import type { DateFormat } from '../../src/intake/date-text.ts';

const read = (text: string, format: DateFormat): string => parseDay(text, format).toString();

describe('dates', () => {
  it.each([
    ['2026-11-22', 'yyyy-mm-dd', '2026-11-22'],
    ['2028-02-29', 'yyyy-mm-dd', '2028-02-29'],
    ['2000-02-29', 'yyyy-mm-dd', '2000-02-29'],
    ['٢٠٢٦-١١-٢٢', 'yyyy-mm-dd', '2026-11-22'],
    ['3/4/2026', 'd/m/yyyy', '2026-04-03'],
    ['3/4/2026', 'm/d/yyyy', '2026-03-04'],
    ['03.04.2026', 'd.m.yyyy', '2026-04-03'],
    ['22-Nov-2026', 'd-mmm-yyyy', '2026-11-22'],
    ['2100-02-29', 'yyyy-mm-dd', 'no-such-date'],
    ['22/11/2026', 'm/d/yyyy', 'no-such-date'],
    ['22-Xyz-2026', 'd-mmm-yyyy', 'no-such-date'],
    ['2101-01-01', 'yyyy-mm-dd', 'out-of-range'],
    ['03/04/2026', 'yyyy-mm-dd', 'bad-syntax'],
    ['2026-1-2', 'yyyy-mm-dd', 'bad-syntax'],
    ['3/4/26', 'd/m/yyyy', 'two-digit-year'],
  ] as const)('%s as %s is %s', (text, format, outcome) => {
    expect(read(text, format)).toBe(outcome);
  });

  it('a remembered day is the same as a fresh one, and days too far ahead are told apart', () => {
    const reader = dayReader('yyyy-mm-dd', Temporal.PlainDate.from('2027-01-01'));
    expect([reader('2026-11-22'), reader('2026-11-22')].map(String)).toEqual(['2026-11-22', '2026-11-22']);
    expect([reader('2027-01-01').toString(), reader('2027-01-02')]).toEqual(['2027-01-01', 'future']);
  });
});
