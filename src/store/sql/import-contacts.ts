/** Contacts of a staged ledger. One address is one contact of a customer, whatever its case; the ledger's first is the primary one. */
import type { ContactId, CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';
import { bulkUpdate } from './bulk-update.ts';
import { inChunks } from './cursor.ts';

interface StagedContactRow {
  /** `null`: new. */
  readonly id: ContactId | null;
  readonly customerId: CustomerId;
  readonly accountId: CustomerId | null;
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly role: string | null;
  readonly address: string;
  readonly language: string | null;
  readonly isPrimary: boolean;
}

/**
 * Contacts that are new or differ. A contact that somebody switched off stays off: the ledger goes on listing an address long after
 * its owner has left.
 */
const contactsToWrite = (tx: CompanyTx): AsyncGenerator<readonly StagedContactRow[]> =>
  inChunks<StagedContactRow>(
    tx,
    `select k.id, a.customer_id, a.account_id, coalesce(s.name, k.name) as name, coalesce(s.name_ar, k.name_ar) as name_ar,
            coalesce(s.title, k.title) as title, coalesce(s.role, k.role) as role, coalesce(k.address, s.address) as address,
            coalesce(s.language, k.language) as language, (s.place = 1 and s.is_primary) or coalesce(k.is_primary, false) as is_primary
       from (select d.*, row_number() over (partition by d.code order by d.is_primary desc, d.row_number) as place
               from (select distinct on (code, lower(address)) * from staged_contacts
                      order by code, lower(address), is_primary desc, row_number) d) s
       join staged_codes a on a.code = s.code
       left join lateral (select * from contacts
                           where company_id = $1 and customer_id = a.customer_id and lower(address) = lower(s.address) offset 0) k on true
      where k.id is null
         or (k.is_active and ((s.place = 1 and s.is_primary and not k.is_primary)
             or (k.name, k.name_ar, k.title, k.role, k.language) is distinct from
                (s.name, coalesce(s.name_ar, k.name_ar), coalesce(s.title, k.title), coalesce(s.role, k.role), coalesce(s.language, k.language))))
      order by s.row_number`,
    [tx.companyId],
  );

/** Writes them, each customer's new primary contact in the place of the old one, which stays as a further contact. */
export async function writeStagedContacts(
  tx: CompanyTx,
  onWrite: () => Promise<void>,
  touch: (accountId: CustomerId | null) => void,
): Promise<number> {
  let written = 0;
  for await (const rows of contactsToWrite(tx)) {
    await onWrite();
    await demotePrimaries(
      tx,
      rows.filter((row) => row.isPrimary).map((row) => row.customerId),
    );
    await insertContacts(
      tx,
      rows.filter((row) => row.id === null),
    );
    await updateContacts(
      tx,
      rows.filter((row) => row.id !== null),
    );
    rows.forEach((row) => touch(row.accountId));
    written += rows.length;
  }
  return written;
}

/** First, because the database allows one active primary contact per customer at any moment. */
async function demotePrimaries(tx: CompanyTx, customerIds: readonly CustomerId[]): Promise<void> {
  if (customerIds.length === 0) return;
  await tx.query(
    `update contacts set is_primary = false, version = version + 1, updated_at = now()
      where company_id = $1 and customer_id = any($2::bigint[]) and is_primary`,
    [tx.companyId, customerIds],
  );
}

async function insertContacts(tx: CompanyTx, rows: readonly StagedContactRow[]): Promise<void> {
  await bulkInsert(tx, {
    table: 'contacts',
    columns: ['customer_id', 'name', 'name_ar', 'title', 'role', 'address', 'language', 'is_primary', 'source'],
    rows: rows.map((row) => [
      row.customerId,
      row.name,
      row.nameAr,
      row.title,
      row.role,
      row.address,
      row.language,
      row.isPrimary,
      'import',
    ]),
  });
}

async function updateContacts(tx: CompanyTx, rows: readonly StagedContactRow[]): Promise<void> {
  await bulkUpdate(tx, {
    table: 'contacts',
    columns: [
      { name: 'name', type: 'text' },
      { name: 'name_ar', type: 'text' },
      { name: 'title', type: 'text' },
      { name: 'role', type: 'text' },
      { name: 'language', type: 'text' },
      { name: 'is_primary', type: 'boolean' },
    ],
    rows: rows.map((row) => [row.id, row.name, row.nameAr, row.title, row.role, row.language, row.isPrimary]),
    also: ['version = t.version + 1', 'updated_at = now()'],
  });
}
