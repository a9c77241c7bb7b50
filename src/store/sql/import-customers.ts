/** Customers and contacts of a staged ledger that are new or differ from what is recorded. A blank in the file keeps what is there. */
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';
import { bulkUpdate } from './bulk-update.ts';
import { inChunks } from './cursor.ts';

/** Column, its type, and what stands in for a blank of a new customer. */
const FIELDS = [
  { name: 'name', type: 'text' },
  { name: 'name_ar', type: 'text' },
  { name: 'language', type: 'text' },
  { name: 'trn', type: 'text' },
  { name: 'business_type', type: 'text' },
  { name: 'emirate', type: 'text' },
  { name: 'payment_terms_days', type: 'int' },
  { name: 'grace_days', type: 'int' },
  { name: 'calendar_preset', type: 'text' },
  { name: 'consolidation_preference', type: 'text', byDefault: `'ENABLED'` },
  { name: 'max_consolidation_amount_minor', type: 'bigint' },
  { name: 'preferred_contact_interval', type: 'int' },
  { name: 'collection_status', type: 'text', byDefault: `'NORMAL'` },
  { name: 'credit_limit_minor', type: 'bigint' },
  { name: 'customer_since_on', type: 'date' },
  { name: 'phone', type: 'text' },
  { name: 'is_active', type: 'boolean', byDefault: 'true' },
  { name: 'opening_contact_on', type: 'date' },
  { name: 'opening_level', type: 'text' },
] as const satisfies readonly { readonly name: string; readonly type: string; readonly byDefault?: string }[];

interface StagedCustomerRow {
  /** `null`: new. */
  readonly id: CustomerId | null;
  readonly code: string;
  readonly billToId: CustomerId | null;
  /** Accounts whose facts move with the customer: where it was, and where it belongs now. */
  readonly oldAccountId: CustomerId | null;
  readonly accountId: CustomerId | null;
  /** Values of {@link FIELDS}, in order, each a member of its own. */
  readonly [field: string]: unknown;
}

const fieldList = FIELDS.map((field) => {
  const fallback = 'byDefault' in field ? `, ${field.byDefault}` : '';
  return `coalesce(s.${field.name}, c.${field.name}${fallback}) as field_${field.name}`;
}).join(', ');
const wantedRow = `(${FIELDS.map(({ name }) => `coalesce(s.${name}, c.${name})`).join(', ')})`;
const recordedRow = `(${FIELDS.map(({ name }) => `c.${name}`).join(', ')})`;

/** Members of a row are camelCase: `field_name_ar` is `fieldNameAr`. */
const memberOf = (name: string): string => `field_${name}`.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const MEMBERS = FIELDS.map(({ name }) => memberOf(name));
const fieldValues = (row: StagedCustomerRow): readonly unknown[] => MEMBERS.map((member) => row[member]);

/**
 * New customers of the file: head offices first, so that the branches find them. `wave` names which of the two.
 */
const newCustomers = (tx: CompanyTx, wave: 'heads' | 'branches'): AsyncGenerator<readonly StagedCustomerRow[]> =>
  inChunks<StagedCustomerRow>(
    tx,
    `select null::bigint as id, s.code, (select h.id from customers h where h.company_id = $1 and h.code = s.bill_to_code) as bill_to_id,
            k.old_account_id, k.account_id, ${fieldList}
       from staged_customers s
       join staged_codes k on k.code = s.code
       left join customers c on false
      where k.customer_id is null and s.bill_to_code is ${wave === 'heads' ? 'null' : 'not null'}
      order by s.row_number`,
    [tx.companyId],
  );

/** Customers there are, of which the file says something new. */
const changedCustomers = (tx: CompanyTx): AsyncGenerator<readonly StagedCustomerRow[]> =>
  inChunks<StagedCustomerRow>(
    tx,
    `select c.id, s.code, coalesce(h.id, c.bill_to_id) as bill_to_id, k.old_account_id, k.account_id, ${fieldList}
       from staged_customers s
       join staged_codes k on k.code = s.code
      cross join lateral (select * from customers where company_id = $1 and id = k.customer_id offset 0) c
       left join lateral (select id from customers where company_id = $1 and code = s.bill_to_code offset 0) h on true
      where ${wantedRow} is distinct from ${recordedRow} or coalesce(h.id, c.bill_to_id) is distinct from c.bill_to_id
      order by c.id`,
    [tx.companyId],
  );

export interface CustomerCounts {
  readonly added: number;
  readonly changed: number;
}

/** Writes them. `batchId` is asked for only when there is something to write; `touch` hears of accounts whose facts move. */
export async function writeStagedCustomers(
  tx: CompanyTx,
  batchId: () => Promise<number>,
  touch: (accountId: CustomerId | null) => void,
): Promise<CustomerCounts> {
  let added = 0;
  let changed = 0;
  for (const wave of ['heads', 'branches'] as const) {
    for await (const rows of newCustomers(tx, wave)) {
      await insertCustomers(tx, rows, await batchId());
      rows.forEach((row) => touch(row.accountId));
      added += rows.length;
    }
  }
  for await (const rows of changedCustomers(tx)) {
    await batchId();
    await updateCustomers(tx, rows);
    rows.flatMap((row) => [row.oldAccountId, row.accountId]).forEach(touch);
    changed += rows.length;
  }
  return { added, changed };
}

async function insertCustomers(tx: CompanyTx, rows: readonly StagedCustomerRow[], batchId: number): Promise<void> {
  await bulkInsert(tx, {
    table: 'customers',
    columns: ['code', 'bill_to_id', 'import_batch_id', ...FIELDS.map(({ name }) => name)],
    rows: rows.map((row) => [row.code, row.billToId, batchId, ...fieldValues(row)]),
  });
}

async function updateCustomers(tx: CompanyTx, rows: readonly StagedCustomerRow[]): Promise<void> {
  await bulkUpdate(tx, {
    table: 'customers',
    columns: [{ name: 'bill_to_id', type: 'bigint' }, ...FIELDS],
    rows: rows.map((row) => [row.id, row.billToId, ...fieldValues(row)]),
    also: ['version = t.version + 1', 'updated_at = now()'],
  });
}
