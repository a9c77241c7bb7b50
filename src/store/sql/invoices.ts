/** Documents of the ledger as facts are recorded about them: found by number, locked, written in bulk, settled. */
import type { Day } from '../../domain/days.ts';
import type { CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { InvoiceKind } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { UNDONE } from './allocations.ts';
import { bulkInsert } from './bulk-insert.ts';
import { bulkUpdate } from './bulk-update.ts';

export interface DocumentRow {
  readonly id: InvoiceId;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly customerId: CustomerId;
  readonly accountId: CustomerId;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly openMinor: bigint;
}

const COLUMNS = `i.id, i.kind, i.number, i.customer_id, c.account_id, i.issued_on, i.due_on, i.currency, i.total_minor, i.open_minor`;
const FROM = 'from invoices i join customers c on c.company_id = i.company_id and c.id = i.customer_id';

/** Documents of one kind by their numbers; unknown numbers and those of other companies are simply not found. */
export const documentsByNumber = (tx: CompanyTx, kind: InvoiceKind, numbers: readonly string[]): Promise<readonly DocumentRow[]> =>
  tx.query<DocumentRow>(`select ${COLUMNS} ${FROM} where i.company_id = $1 and i.kind = $2 and i.number = any($3::text[]) order by i.id`, [
    tx.companyId,
    kind,
    numbers,
  ]);

/** Locks the documents in id order and reads them again: balances read before the lock may be old. */
export const lockDocuments = (tx: CompanyTx, ids: readonly InvoiceId[]): Promise<readonly DocumentRow[]> =>
  tx.query<DocumentRow>(
    `select ${COLUMNS} ${FROM} where i.company_id = $1 and i.id = any($2::bigint[]) order by i.id for no key update of i`,
    [tx.companyId, ids],
  );

/** Open invoices of an account and its branches in one currency, oldest due first, locked in that order under the account lock. */
export const lockOpenInvoices = (tx: CompanyTx, accountId: CustomerId, currency: Currency): Promise<readonly DocumentRow[]> =>
  tx.query<DocumentRow>(
    `select ${COLUMNS} ${FROM}
      where i.company_id = $1 and c.company_id = $1 and c.account_id = $2 and i.kind = 'INVOICE' and i.currency = $3 and i.open_minor > 0
      order by i.due_on, i.id for no key update of i`,
    [tx.companyId, accountId, currency],
  );

/** The same in every currency. */
export const lockOpenInvoicesOfAccount = (tx: CompanyTx, accountId: CustomerId): Promise<readonly DocumentRow[]> =>
  tx.query<DocumentRow>(
    `select ${COLUMNS} ${FROM}
      where i.company_id = $1 and c.company_id = $1 and c.account_id = $2 and i.kind = 'INVOICE' and i.open_minor > 0
      order by i.due_on, i.id for no key update of i`,
    [tx.companyId, accountId],
  );

/** True of a credit note that was taken back by hand. */
export async function isUndone(tx: CompanyTx, id: InvoiceId): Promise<boolean> {
  const found = await tx.maybeOne(
    `select 1 as one from allocations where company_id = $1 and invoice_id = $2 and kind = 'ADJUSTMENT' and reference = '${UNDONE}' limit 1`,
    [tx.companyId, id],
  );
  return found !== undefined;
}

/** Lets a credit note that was taken back give up its number, so that the right one can be recorded under it. */
export async function giveUpNumber(tx: CompanyTx, id: InvoiceId): Promise<void> {
  await tx.query(
    `update invoices set number = left(number, 70) || ' (undone ' || id || ')', version = version + 1, updated_at = now()
      where company_id = $1 and id = $2 and kind = 'CREDIT_NOTE'`,
    [tx.companyId, id],
  );
}

export interface NewDocument {
  readonly customerId: CustomerId;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly openMinor: bigint;
  readonly settledOn: Day | null;
  readonly customerReference: string | null;
  readonly linkedInvoiceId: InvoiceId | null;
  readonly linkedNumber: string | null;
  readonly source: string;
  readonly sourceKey: string | null;
  readonly importBatchId: number | null;
}

/** Inserts documents and gives their ids back by number. */
export const insertDocuments = (
  tx: CompanyTx,
  documents: readonly NewDocument[],
): Promise<readonly { readonly id: InvoiceId; readonly kind: InvoiceKind; readonly number: string }[]> =>
  bulkInsert(tx, {
    table: 'invoices',
    columns: [
      'customer_id',
      'kind',
      'number',
      'issued_on',
      'due_on',
      'is_due_computed',
      'currency',
      'total_minor',
      'open_minor',
      'settled_on',
      'customer_reference',
      'linked_invoice_id',
      'linked_number',
      'source',
      'source_key',
      'import_batch_id',
    ],
    rows: documents.map((document) => [
      document.customerId,
      document.kind,
      document.number,
      document.issuedOn,
      document.dueOn,
      document.isDueComputed,
      document.currency,
      document.totalMinor,
      document.openMinor,
      document.settledOn,
      document.customerReference,
      document.linkedInvoiceId,
      document.linkedNumber,
      document.source,
      document.sourceKey,
      document.importBatchId,
    ]),
    suffix: 'returning id, kind, number',
  });

export interface DocumentChange {
  readonly id: InvoiceId;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly totalMinor: bigint;
  readonly customerReference: string | null;
  readonly linkedNumber: string | null;
  readonly linkedInvoiceId: InvoiceId | null;
}

/** Changes what a ledger says of documents; what is allocated to them stays, so their balance moves with their total. */
export const updateDocuments = (tx: CompanyTx, changes: readonly DocumentChange[]): Promise<number> =>
  bulkUpdate(tx, {
    table: 'invoices',
    columns: [
      { name: 'issued_on', type: 'date' },
      { name: 'due_on', type: 'date' },
      { name: 'is_due_computed', type: 'boolean' },
      { name: 'total_minor', type: 'bigint' },
      { name: 'customer_reference', type: 'text' },
      { name: 'linked_number', type: 'text' },
      { name: 'linked_invoice_id', type: 'bigint' },
    ],
    rows: changes.map((change) => [
      change.id,
      change.issuedOn,
      change.dueOn,
      change.isDueComputed,
      change.totalMinor,
      change.customerReference,
      change.linkedNumber,
      change.linkedInvoiceId,
    ]),
    also: ['open_minor = v.total_minor - (t.total_minor - t.open_minor)', 'version = t.version + 1', 'updated_at = now()'],
  });

export interface AllocatedDocument {
  readonly id: InvoiceId;
  readonly number: string;
  readonly totalMinor: bigint;
  readonly issuedOn: Day;
  readonly allocatedMinor: bigint;
  readonly lastEffectiveOn: Day | null;
}

/** The documents with the sums of every allocation to them or, for credits, of them. */
export const allocatedDocuments = (tx: CompanyTx, ids: readonly InvoiceId[]): Promise<readonly AllocatedDocument[]> =>
  tx.query<AllocatedDocument>(
    `select i.id, i.number, i.total_minor, i.issued_on, coalesce(sum(a.amount_minor), 0)::bigint as allocated_minor,
            max(a.effective_on) as last_effective_on
       from invoices i
       left join lateral (select amount_minor, effective_on from allocations where company_id = $1 and invoice_id = i.id
                          union all
                          select amount_minor, effective_on from allocations where company_id = $1 and credit_note_id = i.id) a on true
      where i.company_id = $1 and i.id = any($2::bigint[])
      group by i.id, i.number, i.total_minor, i.issued_on
      order by i.id`,
    [tx.companyId, ids],
  );

export const storeSettlements = (
  tx: CompanyTx,
  settlements: readonly { readonly id: InvoiceId; readonly openMinor: bigint; readonly settledOn: Day | null }[],
): Promise<number> =>
  bulkUpdate(tx, {
    table: 'invoices',
    columns: [
      { name: 'open_minor', type: 'bigint' },
      { name: 'settled_on', type: 'date' },
    ],
    rows: settlements.map(({ id, openMinor, settledOn }) => [id, openMinor, settledOn]),
    also: ['version = t.version + 1', 'updated_at = now()'],
  });
