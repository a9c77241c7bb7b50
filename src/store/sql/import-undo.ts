/** What an import brought and what rests on it since: the statements of taking one back. Under the company's lock and the accounts'. */
import type { Day, Instant } from '../../domain/days.ts';
import type { CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface ImportBatch {
  readonly id: number;
  readonly kind: string;
  readonly fileName: string;
  readonly mapping: string;
  readonly rowCount: number;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly importedBy: string | null;
  readonly appliedAt: Instant;
  readonly undoneAt: Instant | null;
}

const COLUMNS = `b.id, b.kind, b.file_name, b.mapping, b.row_count, b.summary, u.display_name as imported_by, b.applied_at, b.undone_at`;
const FROM = `from import_batches b left join users u on u.company_id = $1 and u.id = b.imported_by`;

/** The latest first. */
export const importBatches = (tx: CompanyTx, limit: number): Promise<readonly ImportBatch[]> =>
  tx.query<ImportBatch>(`select ${COLUMNS} ${FROM} where b.company_id = $1 order by b.applied_at desc, b.id desc limit $2`, [
    tx.companyId,
    limit,
  ]);

export const importBatchById = (tx: CompanyTx, id: number): Promise<ImportBatch | undefined> =>
  tx.maybeOne<ImportBatch>(`select ${COLUMNS} ${FROM} where b.company_id = $1 and b.id = $2`, [tx.companyId, id]);

/** Accounts of everything the batch brought, its allocations included. */
export async function accountsOfBatch(tx: CompanyTx, batchId: number): Promise<readonly CustomerId[]> {
  const rows = await tx.query<{ id: CustomerId }>(
    `select distinct c.account_id as id
       from (select customer_id from invoices where company_id = $1 and import_batch_id = $2
             union all select customer_id from payments where company_id = $1 and import_batch_id = $2
             union all select id from customers where company_id = $1 and import_batch_id = $2
             union all select i.customer_id from allocations a join invoices i on i.company_id = $1 and i.id = a.invoice_id
                        where a.company_id = $1 and a.import_batch_id = $2) b
      cross join lateral (select account_id from customers where company_id = $1 and id = b.customer_id offset 0) c
      order by 1`,
    [tx.companyId, batchId],
  );
  return rows.map(({ id }) => id);
}

/** Why a batch cannot be taken back, as the rest of a sentence with how often. */
export type Dependence = 'reminder' | 'allocation' | 'block' | 'credit-note' | 'changed-document' | 'document' | 'branch' | 'contact';

/** Each gives how much rests on the batch `$2` of company `$1`, and one example of it. */
const DEPENDENCES: Readonly<Record<Dependence, string>> = {
  reminder: `select count(distinct r.id) as count, min(r.id)::text as example
       from consolidated_reminder_items i
       join customer_consolidated_reminders r on r.company_id = $1 and r.id = i.reminder_id
       left join invoices d on d.company_id = $1 and d.id = i.invoice_id
       left join payments p on p.company_id = $1 and p.id = i.payment_id
      where i.company_id = $1 and (d.import_batch_id = $2 or p.import_batch_id = $2)
        and not (r.delivery_status in ('PROPOSED', 'CANCELLED') and r.attempt_count = 0)`,
  allocation: `select count(*) as count, min(d.number) as example
       from allocations a
       join invoices d on d.company_id = $1 and d.id = a.invoice_id
       left join payments p on p.company_id = $1 and p.id = a.payment_id
       left join invoices n on n.company_id = $1 and n.id = a.credit_note_id
      where a.company_id = $1 and a.import_batch_id is distinct from $2
        and (d.import_batch_id = $2 or p.import_batch_id = $2 or n.import_batch_id = $2)`,
  block: `select count(*) as count, min(b.id)::text as example
       from blocks b
       left join invoices d on d.company_id = $1 and d.id = b.invoice_id
       join customers c on c.company_id = $1 and c.id = b.customer_id
      where b.company_id = $1 and (b.import_batch_id = $2 or d.import_batch_id = $2 or c.import_batch_id = $2)`,
  'credit-note': `select count(*) as count, min(n.number) as example
       from invoices n join invoices d on d.company_id = $1 and d.id = n.linked_invoice_id
      where n.company_id = $1 and d.import_batch_id = $2 and n.import_batch_id is distinct from $2`,
  'changed-document': `select count(*) as count, min(d.number) as example
       from invoices d
      where d.company_id = $1 and d.import_batch_id = $2 and d.version > 1
        and exists (select from import_batches l
                     where l.company_id = $1 and l.id > $2 and l.undone_at is null and (l.summary ->> 'documentsChanged')::int > 0)`,
  document: `select count(*) as count, min(d.number) as example
       from (select number, customer_id, import_batch_id from invoices where company_id = $1
             union all select reference, customer_id, import_batch_id from payments where company_id = $1) d
       join customers c on c.company_id = $1 and c.id = d.customer_id
      where c.import_batch_id = $2 and d.import_batch_id is distinct from $2`,
  branch: `select count(*) as count, min(b.code) as example
       from customers b join customers c on c.company_id = $1 and c.id = b.bill_to_id
      where b.company_id = $1 and c.import_batch_id = $2 and b.import_batch_id is distinct from $2`,
  contact: `select count(*) as count, min(l.id)::text as example
       from contact_log l join customers c on c.company_id = $1 and c.id = l.customer_id
      where l.company_id = $1 and c.import_batch_id = $2`,
};

export interface DependenceFound {
  readonly on: Dependence;
  readonly count: number;
  readonly example: string;
}

export async function dependencesOn(tx: CompanyTx, batchId: number): Promise<readonly DependenceFound[]> {
  const found: DependenceFound[] = [];
  for (const [on, text] of Object.entries(DEPENDENCES) as [Dependence, string][]) {
    const { count, example } = await tx.one<{ count: number; example: string | null }>(text, [tx.companyId, batchId]);
    if (count > 0) found.push({ on, count, example: example ?? '' });
  }
  return found;
}

/** Contacts that came with the batch's own customers; those it gave to customers there were are not told apart any more. */
export const contactsOfNewCustomers = async (tx: CompanyTx, batchId: number): Promise<number> =>
  (
    await tx.one<{ count: number }>(
      `select count(*) as count from contacts k join customers c on c.company_id = $1 and c.id = k.customer_id
        where k.company_id = $1 and c.import_batch_id = $2`,
      [tx.companyId, batchId],
    )
  ).count;

/** Proposals that list something of the batch; nobody has approved them. */
export interface ProposalOfBatch {
  readonly id: number;
  readonly version: number;
  readonly isLive: boolean;
}

export const proposalsOfBatch = (tx: CompanyTx, batchId: number): Promise<readonly ProposalOfBatch[]> =>
  tx.query<ProposalOfBatch>(
    `select distinct r.id, r.version, r.delivery_status = 'PROPOSED' as is_live
       from consolidated_reminder_items i
       join customer_consolidated_reminders r on r.company_id = $1 and r.id = i.reminder_id
       left join invoices d on d.company_id = $1 and d.id = i.invoice_id
       left join payments p on p.company_id = $1 and p.id = i.payment_id
      where i.company_id = $1 and (d.import_batch_id = $2 or p.import_batch_id = $2)
      order by r.id`,
    [tx.companyId, batchId],
  );

/** Takes the rows of reminders that never were more than proposals; the reminder itself stays, cancelled. */
export async function deleteRowsOfProposals(tx: CompanyTx, reminderIds: readonly number[]): Promise<void> {
  await tx.query('delete from consolidated_reminder_items where company_id = $1 and reminder_id = any($2::bigint[])', [
    tx.companyId,
    reminderIds,
  ]);
}

/** Takes the batch's allocations back. @returns the documents they concerned, of this batch and of others. */
export async function deleteAllocationsOfBatch(tx: CompanyTx, batchId: number): Promise<ReadonlySet<InvoiceId>> {
  const rows = await tx.query<{ invoiceId: InvoiceId; creditNoteId: InvoiceId | null }>(
    'delete from allocations where company_id = $1 and import_batch_id = $2 returning invoice_id, credit_note_id',
    [tx.companyId, batchId],
  );
  return new Set(rows.flatMap(({ invoiceId, creditNoteId }) => (creditNoteId === null ? [invoiceId] : [invoiceId, creditNoteId])));
}

/** Gives receipts their money back that allocations taken away had used. */
export async function freePayments(tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<void> {
  await tx.query(
    `update payments p set unallocated_minor = f.unallocated_minor, version = p.version + 1, updated_at = now()
       from (select q.id, q.amount_minor - coalesce((select sum(a.amount_minor) from allocations a
                                                      where a.company_id = $1 and a.payment_id = q.id), 0) as unallocated_minor
               from payments q
              where q.company_id = $1
                and q.customer_id in (select id from customers where company_id = $1 and account_id = any($2::bigint[]))) f
      where p.company_id = $1 and p.id = f.id and p.unallocated_minor <> f.unallocated_minor`,
    [tx.companyId, accountIds],
  );
}

/** In an order that leaves nothing pointing at what is gone. */
export async function deleteRowsOfBatch(tx: CompanyTx, batchId: number): Promise<void> {
  const customers = 'select id from customers where company_id = $1 and import_batch_id = $2';
  for (const statement of [
    `delete from invoices where company_id = $1 and import_batch_id = $2 and kind <> 'INVOICE'`,
    'delete from invoices where company_id = $1 and import_batch_id = $2',
    'delete from payments where company_id = $1 and import_batch_id = $2',
    `delete from account_plans where company_id = $1 and id in (${customers})`,
    `delete from plan_skips where company_id = $1 and customer_id in (${customers})`,
    `delete from contacts where company_id = $1 and customer_id in (${customers})`,
    'delete from customers where company_id = $1 and import_batch_id = $2 and bill_to_id is not null',
    'delete from customers where company_id = $1 and import_batch_id = $2',
  ]) {
    await tx.query(statement, [tx.companyId, batchId]);
  }
}

export async function markUndone(tx: CompanyTx, batchId: number, undoneAt: Instant): Promise<void> {
  await tx.query('update import_batches set undone_at = $3 where company_id = $1 and id = $2', [tx.companyId, batchId, undoneAt]);
}

/** Sets the ledger's days back to what the standing imports say; without one that says anything, nothing is known. */
export async function restoreLedgerDays(tx: CompanyTx): Promise<{ readonly invoicesAsOn: Day | null; readonly receiptsAsOn: Day | null }> {
  return await tx.one(
    `update companies
        set ledger_invoices_as_on = b.invoices_as_on, ledger_receipts_as_on = b.receipts_as_on,
            facts_version = facts_version + 1, updated_at = now()
       from (select max(coalesce(summary ->> 'invoicesAsOn', summary ->> 'ledgerOn')::date) filter (where kind = 'invoices') as invoices_as_on,
                    max(coalesce(summary ->> 'receiptsAsOn', case when not summary ? 'rejected' then summary ->> 'ledgerOn' end)::date)
                      filter (where kind = 'payments' or summary ? 'receiptsAsOn') as receipts_as_on
               from import_batches where company_id = $1 and undone_at is null) b
      where company_id = $1
      returning ledger_invoices_as_on as invoices_as_on, ledger_receipts_as_on as receipts_as_on`,
    [tx.companyId],
  );
}

/** Of these documents those that are still there. */
export async function documentsThatStay(tx: CompanyTx, ids: readonly InvoiceId[]): Promise<readonly InvoiceId[]> {
  const rows = await tx.query<{ id: InvoiceId }>('select id from invoices where company_id = $1 and id = any($2::bigint[])', [
    tx.companyId,
    ids,
  ]);
  return rows.map(({ id }) => id);
}
