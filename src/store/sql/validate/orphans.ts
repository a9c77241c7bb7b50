/** Rows that name another row which is not there: of each key in the catalogue, and of what says by which import a row came. */
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRow, type FoundRows, MOST_SHOWN } from './found-rows.ts';

interface Key {
  readonly table: string;
  readonly column: string;
  readonly parent: string;
}

/** Keys of one column beside the company. The names are the catalogue's own, quoted by it. */
const keys = (tx: CompanyTx): Promise<readonly Key[]> =>
  tx.query<Key>(
    `select k.conrelid::regclass::text as table, quote_ident(a.attname) as column, k.confrelid::regclass::text as parent
       from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
      where k.contype = 'f' and cardinality(k.conkey) = 2 and k.connamespace = 'public'::regnamespace
      order by 1, 2`,
  );

/** These four have no key for it: looking each row's import up would cost an import more than writing the row. */
const IMPORTED: readonly Key[] = ['customers', 'invoices', 'payments', 'allocations'].map((table) => ({
  table,
  column: 'import_batch_id',
  parent: 'import_batches',
}));

/** One statement per key, each a hash of the parents' ids: small next to one statement over everything. */
export async function orphans(tx: CompanyTx): Promise<FoundRows> {
  const rows: FoundRow[] = [];
  let total = 0;
  for (const { table, column, parent } of [...(await keys(tx)), ...IMPORTED]) {
    const found = await foundRows(
      tx,
      `select '${table}' as object_kind, ${table === 'companies' ? 'c.company_id' : 'c.id'} as object_id, format('${column} is %s, which is not in ${parent}', c.${column}) as found
         from ${table} c
        where c.company_id = $1 and c.${column} is not null
          and not exists (select from ${parent} p where p.company_id = $1 and p.id = c.${column})`,
    );
    rows.push(...found.rows);
    total += found.total;
  }
  return { rows: rows.slice(0, MOST_SHOWN), total };
}
