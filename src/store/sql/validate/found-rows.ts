/** What a check of the data finds: which record, and what is wrong with it in a few words. */
import type { CompanyTx } from '../../connection/with-company.ts';

export interface FoundRow {
  /** The record's kind as in the audit: `reminder`, `invoice`, `customer` … */
  readonly objectKind: string;
  readonly objectId: number | null;
  /** Numbers, codes and amounts in minor units; never a person's name or address. */
  readonly found: string;
}

export interface FoundRows {
  readonly rows: readonly FoundRow[];
  /** Of all there are, of which `rows` shows the first. */
  readonly total: number;
}

/** Enough to see what is wrong; a table that is wrong throughout must not fill the memory. */
export const MOST_SHOWN = 50;

/** @param select gives `object_kind`, `object_id` and `found` of every wrong record; `$1` is the company. */
export async function foundRows(tx: CompanyTx, select: string, values: readonly unknown[] = []): Promise<FoundRows> {
  const rows = await tx.query<FoundRow & { readonly total: number }>(
    `select object_kind, object_id, found, (count(*) over ())::int as total from (${select}) wrong order by object_id limit ${MOST_SHOWN}`,
    [tx.companyId, ...values],
  );
  return { rows: rows.map(({ objectKind, objectId, found }) => ({ objectKind, objectId, found })), total: rows[0]?.total ?? 0 };
}
