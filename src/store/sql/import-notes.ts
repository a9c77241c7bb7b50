/**
 * What an import learns from its staged rows once they are all there: whose accounts to lock, which applications are new, and under which
 * ids its own documents and payments were written. Works on the temporary tables of `import-staging.ts`, in the same transaction.
 */
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { copyInto, copyRow } from './copy-text.ts';

/** Takes the lock of every account the ledger speaks of, in id order; see `account-lock.ts`. */
export async function holdStagedAccounts(tx: CompanyTx): Promise<void> {
  await tx.query(
    `select count(*) as held from (
       select id from customers
        where company_id = $1 and id in (select account_id from staged_codes union select old_account_id from staged_codes)
        order by id for no key update) locked`,
    [tx.companyId],
  );
}

/** Finds what of the file is recorded already. Under the account locks: what it finds stays so until the import is over. */
export async function compareWithRecorded(tx: CompanyTx): Promise<void> {
  await findRecordedDocuments(tx);
  await compareAllocations(tx);
}

/** Looks each staged document up by its key, once; everything later asks this table. */
async function findRecordedDocuments(tx: CompanyTx): Promise<void> {
  await tx.query(
    `insert into recorded_documents
     select s.row_number, s.kind, s.number, e.*
       from staged_documents s
      cross join lateral (
        select id, customer_id, issued_on, due_on, is_due_computed, currency, total_minor, open_minor, customer_reference, linked_number,
               linked_invoice_id
          from invoices where company_id = $1 and kind = s.kind and number = s.number offset 0) e`,
    [tx.companyId],
  );
  await tx.query('create index on recorded_documents (number)');
  await tx.query('analyze recorded_documents');
}

/**
 * Joins the staged allocations with what is recorded already, one row per pair of source and invoice. Under the account locks.
 * What a person took back counts as recorded: a ledger that goes on listing it does not bring it back. `offset 0` keeps the planner from pulling the inner query apart: only then does it use the whole key of `payments`.
 */
async function compareAllocations(tx: CompanyTx): Promise<void> {
  await tx.query(
    `insert into new_allocations
     select g.row_number, g.source, g.source_number, g.customer_code, g.invoice_number, g.amount_minor, g.effective_on,
            p.id, n.id, i.id, r.recorded_minor
       from (select a.*, k.customer_id
               from (select min(row_number) as row_number, source, source_number, customer_code, invoice_number,
                            sum(amount_minor)::bigint as amount_minor, max(effective_on) as effective_on
                       from staged_allocations group by source, source_number, customer_code, invoice_number) a
               left join staged_codes k on k.code = a.customer_code
             offset 0) g
       left join lateral (select id from payments
                           where g.source = 'PAYMENT' and company_id = $1 and customer_id = g.customer_id and reference = g.source_number) p on true
       left join lateral (select id from invoices
                           where g.source = 'CREDIT_NOTE' and company_id = $1 and kind in ('CREDIT_NOTE', 'ADVANCE') and number = g.source_number
                           order by kind desc limit 1) n on true
       left join lateral (select id from invoices where company_id = $1 and kind = 'INVOICE' and number = g.invoice_number) i on true
       left join lateral (select sum(a.amount_minor)::bigint as recorded_minor from allocations a
                           where (p.id is not null or n.id is not null) and a.company_id = $1 and a.invoice_id = i.id
                             and (a.payment_id = p.id or a.credit_note_id = n.id)
                             and a.reverses_id is null) r on true`,
    [tx.companyId],
  );
  await tx.query('create index on new_allocations (invoice_number)');
  await tx.query('analyze new_allocations');
}

/** Notes the ids of documents this import has written, for its own allocations to find. */
export async function noteDocuments(
  tx: CompanyTx,
  written: readonly { readonly kind: string; readonly number: string; readonly id: number }[],
): Promise<void> {
  await copyInto(
    tx,
    'written_documents',
    written.map(({ kind, number, id }) => copyRow([kind, number, id])),
  );
}

export async function notePayments(
  tx: CompanyTx,
  written: readonly { readonly customerCode: string; readonly reference: string; readonly id: number }[],
): Promise<void> {
  await copyInto(
    tx,
    'written_payments',
    written.map(({ customerCode, reference, id }) => copyRow([customerCode, reference, id])),
  );
}

/** Once all are noted: gives the planner figures about them. */
export async function analyzeNotes(tx: CompanyTx): Promise<void> {
  await tx.query('analyze written_documents');
  await tx.query('analyze written_payments');
}

/** Accounts the ledger speaks of that have a reminder a person approved and nobody has claimed. */
export async function stagedAccountsWithApproved(tx: CompanyTx): Promise<readonly CustomerId[]> {
  const rows = await tx.query<{ customerId: CustomerId }>(
    `select distinct r.customer_id from customer_consolidated_reminders r
      where r.company_id = $1 and r.delivery_status = 'QUEUED' and r.approval_kind = 'PERSON'
        and r.customer_id in (select account_id from staged_codes union select old_account_id from staged_codes)
      order by r.customer_id`,
    [tx.companyId],
  );
  return rows.map(({ customerId }) => customerId);
}

/** Recorded customers that the file has given to another account, with the one they had. After they are written. */
export const movedStagedCustomers = (tx: CompanyTx): Promise<readonly { readonly id: CustomerId; readonly accountId: CustomerId }[]> =>
  tx.query(
    `select k.customer_id as id, k.old_account_id as account_id
       from staged_codes k
      cross join lateral (select account_id from customers where company_id = $1 and id = k.customer_id offset 0) c
      where k.is_staged and k.old_account_id <> c.account_id
      order by k.customer_id`,
    [tx.companyId],
  );
