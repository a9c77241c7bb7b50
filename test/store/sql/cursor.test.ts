import { describe, expect, it } from 'vitest';
import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { copyRow } from '../../../src/store/sql/copy-text.ts';
import { inChunks } from '../../../src/store/sql/cursor.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();

describe('reading a large result', () => {
  it('gives every row once, in chunks', async () => {
    const sizes = await withInstallation(database().app, async (sql) => {
      const found: number[] = [];
      for await (const rows of inChunks<{ n: number }>(sql, 'select n from generate_series(1, $1) n', [12_345])) found.push(rows.length);
      return found;
    });
    expect(sizes).toEqual([5_000, 5_000, 2_345]);
  });

  it('can be left early and begun again in the same transaction', async () => {
    const days = await withInstallation(database().app, async (sql) => {
      const found: unknown[] = [];
      for (let time = 0; time < 2; time += 1) {
        for await (const rows of inChunks<{ day: Temporal.PlainDate }>(sql, 'select $1 as day from generate_series(1, 9000)', [
          Temporal.PlainDate.from('2026-11-23'),
        ])) {
          found.push(rows[0]?.day.toString());
          break;
        }
      }
      return found;
    });
    expect(days).toEqual(['2026-11-23', '2026-11-23']);
  });
});

describe('a staged cell', () => {
  it('comes back byte for byte, whatever COPY would take it for', async () => {
    const cells = ['\\N', '\\.', 'tab\there', 'line\nbreak\r', 'back\\slash\\t', '', 'وفاء', '"quoted", and more', '\\x41'];
    const back = await withInstallation(database().app, async (sql) => {
      await sql.query('create temporary table cells (n int, cell text) on commit drop');
      await sql.copyIn(
        'copy cells from stdin',
        [...cells, null].map((cell, index) => copyRow([index, cell])),
      );
      return await sql.query<{ cell: string | null }>('select cell from cells order by n');
    });
    expect(back.map(({ cell }) => cell)).toEqual([...cells, null]);
  });
});
