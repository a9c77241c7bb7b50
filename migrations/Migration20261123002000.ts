import { Migration } from '@mikro-orm/migrations';
import { onRowsOf } from './tenant-table.ts';

/**
 * Tables that are filled by the hundred thousand: each foreign key costs a look-up per row, more than writing the row itself. Their
 * company is already that of the customer, invoice, reminder or run they cannot be without, whose own keys lead to `companies`; and what
 * says by which import a row came is written by the transaction that wrote the import's row, which nobody may delete.
 */
const LED_TO_THEIR_COMPANY = [
  'contacts',
  'invoices',
  'payments',
  'allocations',
  'blocks',
  'customer_consolidated_reminders',
  'consolidated_reminder_items',
  'account_plans',
  'plan_skips',
];

const IMPORTED = ['customers', 'invoices', 'payments', 'allocations'];

export class Migration20261123002000 extends Migration {
  override up(): void {
    for (const table of LED_TO_THEIR_COMPANY) this.addSql(`alter table ${table} drop constraint ${companyKey(table)};`);
    for (const table of IMPORTED) this.addSql(`alter table ${table} drop constraint ${batchKey(table)};`);
    // A view of nobody's had nothing that led it to its company.
    this.addSql(
      onRowsOf(
        ['companies', 'saved_views'],
        `alter table saved_views add constraint ${companyKey('saved_views')} foreign key (company_id) references companies (company_id)`,
      ),
    );
  }

  override down(): void {
    this.addSql(`alter table saved_views drop constraint ${companyKey('saved_views')};`);
    this.addSql(
      onRowsOf(
        ['companies', 'import_batches', ...new Set([...LED_TO_THEIR_COMPANY, ...IMPORTED])],
        [
          ...LED_TO_THEIR_COMPANY.map(
            (table) =>
              `alter table ${table} add constraint ${companyKey(table)} foreign key (company_id) references companies (company_id);`,
          ),
          ...IMPORTED.map(
            (table) =>
              `alter table ${table} add constraint ${batchKey(table)} foreign key (company_id, import_batch_id) references import_batches (company_id, id);`,
          ),
        ].join('\n'),
      ),
    );
  }
}

const companyKey = (table: string): string => `${table}_company_id_fkey`;
const batchKey = (table: string): string => `${table}_company_id_import_batch_id_fkey`;
