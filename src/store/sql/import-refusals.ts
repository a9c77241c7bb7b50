/**
 * Which rows of a staged ledger are left out, and why. Works on temporary tables of its own beside those of `import-staging.ts`, in the same
 * transaction, so that a file of a million faulty rows is kept track of without being held in memory.
 */
import type { CompanyTx } from '../connection/with-company.ts';
import { copyInto, copyRow } from './copy-text.ts';
import { inChunks } from './cursor.ts';
import { compareWithRecorded } from './import-notes.ts';
import { joinStagedCodes } from './import-staged-codes.ts';

export interface Refusal {
  readonly row: number;
  readonly says: string;
  readonly tryThis: string;
  /** It is the row's customer that cannot be taken, not only a document of theirs. */
  readonly isOfCustomer: boolean;
}

const TABLES = [
  'create temporary table staged_refusals (row_number int not null, says text not null, try_this text not null, is_of_customer boolean not null) on commit drop',
  'create temporary table staged_pairs (row_number int not null, other_number int not null) on commit drop',
  'create temporary table refused_rows (row_number int primary key) on commit drop',
] as const;

export async function createRefusals(tx: CompanyTx): Promise<void> {
  for (const statement of TABLES) await tx.query(statement);
}

export async function addRefusals(tx: CompanyTx, refusals: readonly Refusal[]): Promise<void> {
  await copyInto(
    tx,
    'staged_refusals',
    refusals.map(({ row, says, tryThis, isOfCustomer }) => copyRow([row, says, tryThis, isOfCustomer])),
  );
}

export async function addPairs(tx: CompanyTx, pairs: readonly { readonly row: number; readonly with: number }[]): Promise<void> {
  await copyInto(
    tx,
    'staged_pairs',
    pairs.map((pair) => copyRow([pair.row, pair.with])),
  );
}

/** Every row that settles the same invoice, or uses up the same credit: which of them is wrong, nobody can tell. */
export const rowsSettling = async (tx: CompanyTx, side: 'invoice' | 'credit', numbers: readonly string[]): Promise<readonly number[]> =>
  (
    await tx.query<{ rowNumber: number }>(
      `select distinct row_number from staged_allocations
        where $1::bigint is not null and ${side === 'invoice' ? 'invoice_number' : "source = 'CREDIT_NOTE' and source_number"} = any($2)`,
      [tx.companyId, numbers],
    )
  ).map(({ rowNumber }) => rowNumber);

/** Refuses what was said since, and every row that stands or falls with a refused one. @returns how many rows are refused now. */
export async function closeRefusals(tx: CompanyTx): Promise<number> {
  await tx.query('analyze staged_pairs');
  await tx.query('insert into refused_rows select distinct row_number from staged_refusals on conflict do nothing');
  let added = 1;
  while (added > 0) {
    added = await tx.execute(
      `insert into refused_rows
       select distinct p.other from (select row_number as own, other_number as other from staged_pairs
                                     union all select other_number, row_number from staged_pairs) p
         join refused_rows r on r.row_number = p.own
       on conflict do nothing`,
    );
  }
  const { count } = await tx.one<{ count: number }>('select count(*)::int as count from refused_rows');
  return count;
}

/**
 * Takes the refused rows out of what is staged. Where rows are documents that merely mention their customer (`isDerived`), a customer whom
 * other rows need stays, though the row that was first to mention them is refused for something else.
 */
export async function leaveOutRefused(tx: CompanyTx, isDerived: boolean): Promise<void> {
  await tx.query('analyze refused_rows');
  for (const table of ['staged_documents', 'staged_payments', 'staged_allocations'])
    await tx.query(`delete from ${table} s using refused_rows r where s.row_number = r.row_number`);
  await tx.query(
    `delete from staged_customers s using refused_rows r
      where s.row_number = r.row_number
        and (not $1 or s.row_number in (select row_number from staged_refusals where is_of_customer)
             or s.code not in (select customer_code from staged_documents union select customer_code from staged_payments
                               union select customer_code from staged_allocations))`,
    [isDerived],
  );
  await tx.query(
    `delete from staged_contacts s using refused_rows r
      where s.row_number = r.row_number and s.code not in (select code from staged_customers)`,
  );
}

/** What was found by comparing rows that are gone since is found anew. */
export async function compareAnew(tx: CompanyTx): Promise<void> {
  for (const table of ['staged_codes', 'recorded_documents', 'new_allocations']) await tx.query(`truncate ${table}`);
  await joinStagedCodes(tx);
  await compareWithRecorded(tx);
}

/** Of some rows, those that are refused. */
export async function refusedAmong(tx: CompanyTx, rows: readonly number[]): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set();
  const refused = await tx.query<{ rowNumber: number }>('select row_number from refused_rows where row_number = any($1)', [rows]);
  return new Set(refused.map(({ rowNumber }) => rowNumber));
}

/** What is told of a refused row. */
interface ToldRow {
  readonly row: number;
  readonly problem: string;
  readonly tryThis: string;
}

/** All refused rows in the order of the file, each with everything that is wrong with it. */
export async function* refusedRows(tx: CompanyTx): AsyncGenerator<ToldRow> {
  const batches = inChunks<ToldRow>(
    tx,
    `select r.row_number as row, coalesce(f.problem, 'Refused with row ' || p.other || ', with which it belongs together or is at odds.') as problem,
            coalesce(f.try_this, 'Correct that row, and import both again.') as try_this
       from refused_rows r
       left join (select row_number, string_agg(distinct says, ' ') as problem, string_agg(distinct try_this, ' ') as try_this
                    from staged_refusals group by row_number) f on f.row_number = r.row_number
       left join (select own, min(other) as other
                    from (select row_number as own, other_number as other from staged_pairs
                          union all select other_number, row_number from staged_pairs) x group by own) p on p.own = r.row_number
      order by r.row_number`,
    [],
  );
  for await (const rows of batches) yield* rows;
}
