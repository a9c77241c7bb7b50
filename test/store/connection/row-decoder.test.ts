import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BugError } from '../../../src/domain/operator-error.ts';
import { json } from '../../../src/store/connection/parameters.ts';
import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase({ isEmpty: true });

const one = (text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>> =>
  withInstallation(database().app, (sql) => sql.one<Record<string, unknown>>(text, values));

describe('rows become values', () => {
  it('by name and type, in one convention', async () => {
    const row = await one(`select 7::int8 as id, 9223372036854775807::int8 as open_minor, 3::int2 as level, 1.5::float8 as risk,
      12.340::numeric as rate, true as is_active, 'وفاء' as name_ar, null::date as paid_on, date '2026-02-28' as due_on,
      timestamptz '2026-02-28 09:30:00.123456+04' as sent_at, '{"a":[1]}'::jsonb as detail`);
    expect(row).toMatchObject({
      id: 7,
      openMinor: 9223372036854775807n,
      level: 3,
      risk: 1.5,
      rate: '12.340',
      isActive: true,
      nameAr: 'وفاء',
      paidOn: null,
      detail: { a: [1] },
    });
    expect(String(row['dueOn'])).toBe('2026-02-28');
    expect(String(row['sentAt'])).toBe('2026-02-28T05:30:00.123456Z');
  });

  it('arrays element by element', async () => {
    const row = await one(`select array[1,null,3]::int8[] as ids, array[5]::int8[] as open_minors, '{}'::int8[] as none,
      array[date '2026-01-01'] as due_ons, array['a,b','"c"',null,'NULL'] as names, array[true,false] as flags`);
    expect(row).toMatchObject({ ids: [1, null, 3], openMinors: [5n], none: [], names: ['a,b', '"c"', null, 'NULL'], flags: [true, false] });
    expect(String(row['dueOns'])).toBe('2026-01-01');
  });

  it('an integer too large to be exact is a fault of the statement, not a rounded number', async () => {
    await expect(one('select 9007199254740993::int8 as id')).rejects.toThrow(BugError);
    await expect(one('select 9007199254740991::int8 as id')).resolves.toEqual({ id: 9007199254740991 });
  });

  it('two columns of one name would lose one of them, and are refused', async () => {
    await expect(one('select 1 as due_on, 2 as due_on')).rejects.toThrow('two columns of one name');
  });

  it('every value comes back as it was sent', async () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10)));
    const microseconds = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 16n }).map((us) => Temporal.Instant.fromEpochNanoseconds(us * 1000n));
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    const minor = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    await fc.assert(
      fc.asyncProperty(day, microseconds, fc.array(text), fc.array(minor), fc.jsonValue(), async (due, sent, names, minors, detail) => {
        fc.pre(!JSON.stringify(detail).includes('\\u0000'));
        const row = await one(
          'select $1::date as due_on, $2::timestamptz as sent_at, $3::text[] as names, $4::int8[] as open_minors, $5::json as detail',
          [due, sent, names, minors, json(detail)],
        );
        expect((row['dueOn'] as Temporal.PlainDate).equals(due)).toBe(true);
        expect((row['sentAt'] as Temporal.Instant).equals(sent)).toBe(true);
        expect(row['names']).toEqual(names);
        expect(row['openMinors']).toEqual(minors);
        expect(JSON.stringify(row['detail'])).toBe(JSON.stringify(detail));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a Date', new Date(0)],
    ['not a number', Number.NaN],
    ['a function', () => 1],
  ])('%s is never sent', async (_, value) => {
    await expect(one('select $1::text as x', [value])).rejects.toThrow(BugError);
  });
});
