import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { bytesSource, readWhole, smallMapping } from './reading.ts';

const mapping = smallMapping({
  dates: 'by-file',
  files: {
    invoices: {
      yields: {
        invoices: { fields: { number: 'no', customerCode: { constant: 'C' }, issuedOn: 'issued', dueOn: 'due', total: 'amount' } },
      },
    },
  },
});

const read = (days: readonly (readonly [string, string])[], dates?: 'dmy' | 'mdy') =>
  readWhole({
    source: bytesSource(['no,issued,due,amount', ...days.map(([issued, due], at) => `${at},${issued},${due},10`)].join('\n')),
    mapping,
    kind: 'invoices',
    choices: { dates },
  });
const issued = async (days: readonly (readonly [string, string])[], dates?: 'dmy' | 'mdy'): Promise<string> =>
  await read(days, dates).then(
    ({ invoices, faults }) => [...invoices.map(({ issuedOn }) => issuedOn.toString()), ...faults.map(({ code }) => code)].join(' '),
    (error: unknown) => (error instanceof OperatorError ? error.code : String(error)),
  );

describe('the order of day and month', () => {
  it('one day that fits one way decides for the whole file, wherever it stands', async () => {
    expect(
      await issued([
        ['03/04/2026', '03/05/2026'],
        ['05/04/2026', '31/05/2026'],
      ]),
    ).toBe('2026-04-03 2026-04-05');
    expect(
      await issued([
        ['03/04/2026', '03/05/2026'],
        ['05/04/2026', '05/31/2026'],
      ]),
    ).toBe('2026-03-04 2026-05-04');
  });

  it('is asked for when every day fits both ways, and obeyed when said', async () => {
    const days = [['03/04/2026', '05/06/2026']] as const;
    expect(await issued(days)).toBe('import.ambiguous-dates');
    expect(await issued(days, 'dmy')).toBe('2026-04-03');
    expect(await issued(days, 'mdy')).toBe('2026-03-04');
  });

  it('is refused when the file contradicts itself', async () => {
    expect(
      await issued([
        ['31/01/2026', '01/03/2026'],
        ['01/31/2026', '01/03/2026'],
      ]),
    ).toBe('import.mixed-dates');
  });

  it('does not matter where both ways say the same, or the year comes first', async () => {
    expect(
      await issued([
        ['04/04/2026', '05/05/2026'],
        ['2026-04-13', '2026-05-13'],
      ]),
    ).toBe('2026-04-04 2026-04-13');
  });

  it('said wrongly, refuses the days that do not exist', async () => {
    expect(await issued([['31/01/2026', '28/02/2026']], 'mdy')).toBe('import.bad-date');
  });

  it('never turns a file of real days into other days', async () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 20 }), fc.constantFrom('dmy', 'mdy'), async (days, order) => {
        const iso = days.map((each) => each.toISOString().slice(0, 10));
        const written = iso.map((each) => {
          const [year = '', month = '', date = ''] = each.split('-');
          return order === 'dmy' ? `${date}/${month}/${year}` : `${month}/${date}/${year}`;
        });
        const outcome = await issued(written.map((each) => [each, each]));
        expect(['import.ambiguous-dates', iso.join(' ')]).toContain(outcome);
      }),
      { numRuns: 60 },
    );
  });
});
