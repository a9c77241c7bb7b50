import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { arrayLiteral } from '../../../src/store/sql/array-literal.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();

describe('an array written for PostgreSQL', () => {
  it('comes back as it was, whatever the texts in it say', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0')),
      fc.constantFrom('', 'NULL', 'null', '{}', '{a,b}', 'a"b', '\\', '\\"', ' padded ', 'line\nline', 'وفاء'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { minLength: 1 }), async (texts) => {
        const rows = await withInstallation(database().app, (sql) =>
          sql.query<{ one: string | null }>('select one from unnest($1::text[]) with ordinality as u (one, at) order by at', [
            arrayLiteral(texts),
          ]),
        );
        expect(rows.map(({ one }) => one)).toEqual(texts);
      }),
      { numRuns: 60 },
    );
  });

  it('carries an array inside as text, which a cast turns back', async () => {
    const rows = await withInstallation(database().app, (sql) =>
      sql.query<{ one: readonly string[] }>('select c::text[] as one from unnest($1::text[]) as u (c)', [
        arrayLiteral([['a', 'b "quoted", with a comma'], [], ['\\']]),
      ]),
    );
    expect(rows.map(({ one }) => one)).toEqual([['a', 'b "quoted", with a comma'], [], ['\\']]);
  });

  it('refuses what has no text of its own', () => {
    expect(() => arrayLiteral([Symbol('x')])).toThrow(/cannot be an element/);
  });
});
