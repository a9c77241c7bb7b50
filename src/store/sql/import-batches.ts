/** One row per imported file: what was read from it, by whom, and when. */
import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface ImportedFile {
  readonly kind: string;
  readonly mapping: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly rowCount: number;
  readonly importedBy: UserId | null;
  readonly appliedAt: Instant;
}

export interface ImportBatchRow {
  readonly id: number;
  readonly appliedAt: Instant;
}

/** The standing batch of the very same file, read the same way. */
export const importBatchOf = (
  tx: CompanyTx,
  { sha256, kind, mapping }: Pick<ImportedFile, 'sha256' | 'kind' | 'mapping'>,
): Promise<ImportBatchRow | undefined> =>
  tx.maybeOne<ImportBatchRow>(
    'select id, applied_at from import_batches where company_id = $1 and sha256 = $2 and kind = $3 and mapping = $4 and undone_at is null',
    [tx.companyId, sha256, kind, mapping],
  );

/**
 * Opens the batch of a file, or the one it already has: the same file may bring something new once the ledger has moved on
 * in between. Its figures are stored by {@link closeImportBatch}.
 */
export async function openImportBatch(tx: CompanyTx, file: ImportedFile): Promise<number> {
  const known = await importBatchOf(tx, file);
  if (known) return known.id;
  const row = await tx.one<{ id: number }>(
    `insert into import_batches (company_id, kind, file_name, sha256, mapping, row_count, summary, imported_by, applied_at)
     values ($1, $2, $3, $4, $5, $6, '{}', $7, $8) returning id`,
    [tx.companyId, file.kind, file.fileName, file.sha256, file.mapping, file.rowCount, file.importedBy, file.appliedAt],
  );
  return row.id;
}

export async function closeImportBatch(tx: CompanyTx, id: number, file: ImportedFile, summary: unknown): Promise<void> {
  await tx.query(
    `update import_batches set row_count = $3, summary = $4, imported_by = $5, applied_at = $6, file_name = $7
      where company_id = $1 and id = $2`,
    [tx.companyId, id, file.rowCount, JSON.stringify(summary), file.importedBy, file.appliedAt, file.fileName],
  );
}
