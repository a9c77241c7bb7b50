/** Reads a large result in bounded memory, through a cursor of the transaction. */
import type { Day } from '../../domain/days.ts';
import { assert } from '../../domain/operator-error.ts';
import type { Sql } from '../connection/sql.ts';

/** About a megabyte of ledger rows: enough to spread the cost of a round trip. */
const CHUNK_ROWS = 5_000;

let opened = 0;

/**
 * Chunks of the rows as they were when the first is asked for: what is written meanwhile does not show in it. The cursor is
 * closed when the reader stops early, too.
 */
export async function* inChunks<Row>(sql: Sql, text: string, values: readonly (number | Day)[]): AsyncGenerator<readonly Row[]> {
  opened += 1;
  const name = `wafa_rows_${opened}`;
  // All rows will be read, so the plan must be the fastest for all of them, not for the first few.
  await sql.query('set local cursor_tuple_fraction = 1.0');
  await sql.query(`declare ${name} no scroll cursor for ${withLiterals(text, values)}`);
  try {
    for (;;) {
      const rows = await sql.query<Row>(`fetch forward ${CHUNK_ROWS} from ${name}`);
      if (rows.length > 0) yield rows;
      if (rows.length < CHUNK_ROWS) break;
    }
  } finally {
    await sql.query(`close ${name}`);
  }
}

/** PostgreSQL takes no parameters in DECLARE; whole numbers and days are the only values that can be written out without quoting rules. */
const withLiterals = (text: string, values: readonly (number | Day)[]): string =>
  text.replace(/\$(\d+)/g, (_, position: string) => {
    const value = values[Number(position) - 1];
    if (value instanceof Temporal.PlainDate) return `date '${value.toString()}'`;
    assert(value !== undefined && Number.isSafeInteger(value), 'a cursor takes whole numbers and days');
    return String(value);
  });
