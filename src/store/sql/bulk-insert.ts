/**
 * The one way many rows get into a tenant table from this program, in bounded chunks. Not COPY, which row-level security refuses. On a
 * plain PostgreSQL each column goes as one array and `unnest` makes rows of them: a few parameters instead of thousands to parse and plan.
 * A sharded database refuses that (it would turn it into a COPY); there it is multi-row `VALUES`, which works everywhere.
 *
 * Bounded chunks, each its own statement, also keep an empty table's statistics from turning the foreign-key checks of one huge statement
 * into scans.
 */
import { BugError } from '../../domain/operator-error.ts';
import { encodeParameter } from '../connection/parameters.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { arrayLiteral } from './array-literal.ts';

export interface BulkInsert {
  readonly table: string;
  /** Without `company_id`, which is put in front of every row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** `on conflict …` and `returning …`; only columns of the inserted row and immutable expressions. */
  readonly suffix?: string;
  /** Whether the database is sharded; asked of it when left out. */
  readonly isSharded?: boolean;
}

/** Rows of a chunk: enough to spread the cost of a round trip, few enough to keep one statement's parameters and plan small. */
const CHUNK_ROWS = 1_000;

/** The protocol counts parameters in 16 bits. */
const MOST_PARAMETERS = 65_535;

/** Inserts the rows in order and gives back what `returning` names, chunk after chunk. */
export async function bulkInsert<Row>(tx: CompanyTx, insert: BulkInsert): Promise<readonly Row[]> {
  const { columns, rows } = insert;
  if (rows.length === 0) return [];
  const shape = await shapeOf(tx, insert.table);
  const isSharded = insert.isSharded ?? shape.isSharded;
  const chunkRows = isSharded ? Math.min(CHUNK_ROWS, Math.floor((MOST_PARAMETERS - 1) / columns.length)) : CHUNK_ROWS;
  const returned: Row[] = [];
  for (let start = 0; start < rows.length; start += chunkRows) {
    const chunk = rows.slice(start, start + chunkRows);
    const { text, values } = isSharded ? asValues(tx, insert, chunk) : asArrays(tx, insert, chunk, shape.types);
    for (const row of await tx.query<Row>(text, values)) returned.push(row);
  }
  return returned;
}

interface TableShape {
  readonly isSharded: boolean;
  /** Type of each column as SQL writes it. */
  readonly types: ReadonlyMap<string, string>;
}

/** Tables do not change while a process runs, and a process works on one database. */
const shapes = new Map<string, TableShape>();

async function shapeOf(tx: CompanyTx, table: string): Promise<TableShape> {
  const known = shapes.get(table);
  if (known !== undefined) return known;
  const columns = await tx.query<{ readonly name: string; readonly type: string; readonly isSharded: boolean }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, exists (select from pg_extension where extname = 'citus') as is_sharded
       from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  const shape = { isSharded: columns[0]?.isSharded ?? false, types: new Map(columns.map(({ name, type }) => [name, type])) };
  shapes.set(table, shape);
  return shape;
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Arrays of arrays would be flattened by `unnest`: a column that is an array itself travels as text and is cast on arrival. */
function asArrays(
  tx: CompanyTx,
  { table, columns, suffix = '' }: BulkInsert,
  rows: readonly (readonly unknown[])[],
  types: ReadonlyMap<string, string>,
): Statement {
  const typed = columns.map((name) => {
    const type = types.get(name);
    if (type === undefined) throw new BugError(`${table} has no column ${name}`);
    return { type, isArray: type.endsWith('[]') };
  });
  const taken = typed.map(({ type, isArray }, at) => (isArray ? `c${at}::${type}` : `c${at}`));
  const given = typed.map(({ type, isArray }, at) => `$${at + 2}::${isArray ? 'text' : type}[]`);
  return {
    text: `insert into ${table} (company_id, ${columns.join(', ')})
           select $1, ${taken.join(', ')} from unnest(${given.join(', ')}) as u (${typed.map((_, at) => `c${at}`).join(', ')}) ${suffix}`,
    values: [tx.companyId, ...columns.map((_, at) => arrayLiteral(rows.map((row) => encodeParameter(row[at]))))],
  };
}

function asValues(tx: CompanyTx, { table, columns, suffix = '' }: BulkInsert, rows: readonly (readonly unknown[])[]): Statement {
  const values: unknown[] = [tx.companyId];
  for (const row of rows) for (const value of row) values.push(value);
  return {
    text: `insert into ${table} (company_id, ${columns.join(', ')}) values ${placeholders(rows.length, columns.length)} ${suffix}`,
    values,
  };
}

/** `($1, $2, $3), ($1, $4, $5)`: the company's id is always the first parameter. */
function placeholders(rows: number, columns: number): string {
  return Array.from({ length: rows }, (_, row) => {
    const members = Array.from({ length: columns }, (__, column) => `$${2 + row * columns + column}`);
    return `($1, ${members.join(', ')})`;
  }).join(', ');
}
