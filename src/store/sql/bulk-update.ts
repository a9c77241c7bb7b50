/** The one way many rows of a tenant table change at once: `UPDATE … FROM (VALUES …)` in bounded chunks, found by their ids. */
import type { CompanyTx } from '../connection/with-company.ts';

export interface BulkUpdate {
  readonly table: string;
  /** `id` is implied and comes first in each row. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** More assignments, the same for every row; `t` is the row, `v` its new values. */
  readonly also?: readonly string[];
}

const CHUNK_ROWS = 1_000;

/** @returns how many rows were found and changed. */
export async function bulkUpdate(tx: CompanyTx, { table, columns, rows, also = [] }: BulkUpdate): Promise<number> {
  const sets = [...columns.map(({ name }) => `${name} = v.${name}`), ...also].join(', ');
  const names = ['id', ...columns.map(({ name }) => name)];
  const types = ['bigint', ...columns.map(({ type }) => type)];
  let changed = 0;
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.slice(start, start + CHUNK_ROWS);
    const text = `update ${table} t set ${sets} from (values ${typedPlaceholders(chunk.length, types)}) as v (${names.join(', ')})
      where t.company_id = $1 and t.id = v.id`;
    changed += await tx.execute(text, [tx.companyId, ...chunk.flat()]);
  }
  return changed;
}

/** The first row says the types; without them an all-null column would be read as text. */
const typedPlaceholders = (rows: number, types: readonly string[]): string =>
  Array.from({ length: rows }, (_, row) => {
    const members = types.map((type, column) => `$${2 + row * types.length + column}${row === 0 ? `::${type}` : ''}`);
    return `(${members.join(', ')})`;
  }).join(', ');
