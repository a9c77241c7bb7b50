/**
 * The one way many rows get into a tenant table: multi-row `INSERT … VALUES` in bounded chunks. Not COPY, which row-level security
 * refuses, and not `INSERT … SELECT` from a function or a temporary table, which a sharded database refuses. Bounded chunks, each its
 * own statement, also keep an empty table's statistics from turning the foreign-key checks of one huge statement into scans.
 */
import type { CompanyTx } from '../connection/with-company.ts';

export interface BulkInsert {
  readonly table: string;
  /** Without `company_id`, which is put in front of every row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** `on conflict …` and `returning …`; only columns of the inserted row and immutable expressions. */
  readonly suffix?: string;
}

/** Rows of a chunk: enough to spread the cost of a round trip, few enough to keep one statement's parameters and plan small. */
const CHUNK_ROWS = 1_000;

/** The protocol counts parameters in 16 bits. */
const MOST_PARAMETERS = 65_535;

/** Inserts the rows in order and gives back what `returning` names, chunk after chunk. */
export async function bulkInsert<Row>(tx: CompanyTx, { table, columns, rows, suffix = '' }: BulkInsert): Promise<readonly Row[]> {
  const chunkRows = Math.min(CHUNK_ROWS, Math.floor((MOST_PARAMETERS - 1) / columns.length));
  const returned: Row[] = [];
  for (let start = 0; start < rows.length; start += chunkRows) {
    const chunk = rows.slice(start, start + chunkRows);
    const text = `insert into ${table} (company_id, ${columns.join(', ')}) values ${placeholders(chunk.length, columns.length)} ${suffix}`;
    const values: unknown[] = [tx.companyId];
    for (const row of chunk) for (const value of row) values.push(value);
    for (const row of await tx.query<Row>(text, values)) returned.push(row);
  }
  return returned;
}

const placeholdersBySize = new Map<string, string>();

/** `($1, $2, $3), ($1, $4, $5)`: the company's id is always the first parameter. Kept per size, because full chunks repeat. */
function placeholders(rows: number, columns: number): string {
  const key = `${rows}x${columns}`;
  const known = placeholdersBySize.get(key);
  if (known !== undefined) return known;
  const made = Array.from({ length: rows }, (_, row) => {
    const members = Array.from({ length: columns }, (__, column) => `$${2 + row * columns + column}`);
    return `($1, ${members.join(', ')})`;
  }).join(', ');
  if (rows === CHUNK_ROWS) placeholdersBySize.set(key, made);
  return made;
}
