/** Files that were read into the ledger. */
import { defineEntity, p } from '@mikro-orm/core';

import { belongsTo, companyKey, identity, instant } from './column-types.ts';
import type { Json } from './json.ts';
import { tenantTable } from './tenant-table.ts';
import { User } from './user.entity.ts';

const ImportBatchSchema = defineEntity({
  ...tenantTable,
  name: 'ImportBatch',
  tableName: 'import_batches',
  properties: {
    companyId: companyKey(),
    id: identity<'import-batch'>(),
    kind: p.text(),
    fileName: p.text(),
    sha256: p.text().check(`sha256 ~ '^[0-9a-f]{64}$'`),
    mapping: p.text(),
    rowCount: p.integer().check('row_count >= 0'),
    summary: p.json<Json>(),
    importedBy: () => belongsTo(User, 'imported_by').nullable(),
    appliedAt: instant(),
    undoneAt: instant().nullable(),
  },
  uniques: [{ name: 'import_batches_once', properties: ['companyId', 'sha256', 'kind', 'mapping'], where: 'undone_at is null' }],
});

export class ImportBatch extends ImportBatchSchema.class {}
ImportBatchSchema.setClass(ImportBatch);
