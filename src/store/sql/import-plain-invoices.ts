/**
 * New invoices of a staged ledger that nothing has been settled of: nearly all of any ledger, and the ones that ask for no decision.
 * They go from the temporary table into the ledger inside the server, which spares them the way to this program and back. A sharded
 * database refuses that statement (it would become a COPY under row-level security); there they go the way of all other documents.
 */
import type { CompanyTx } from '../connection/with-company.ts';

/** True where a statement may write from a temporary table: on any PostgreSQL but a sharded one. */
export async function canWriteFromStaging(tx: CompanyTx): Promise<boolean> {
  const { isSharded } = await tx.one<{ isSharded: boolean }>(
    `select exists (select from pg_extension where extname = 'citus') as is_sharded`,
  );
  return !isSharded;
}

/**
 * Whether a staged document `s` is a plain one, given what stands for "this file settles some of it". The rest of `is new` is left to
 * the statement. One text for the statement that writes them and the one that leaves them out.
 */
export const plainInvoice = (isSettled: string): string =>
  `(s.kind = 'INVOICE' and s.total_minor > 0 and s.linked_number is null
    and (s.stated_open_minor is null or s.stated_open_minor = s.total_minor) and not ${isSettled})`;

/** First and last row of the file with a document; both 0 when there is none. */
export const stagedRowRange = (tx: CompanyTx): Promise<{ readonly firstRow: number; readonly lastRow: number }> =>
  tx.one('select coalesce(min(row_number), 0) as first_row, coalesce(max(row_number), 0) as last_row from staged_documents');

export interface PlainInvoices {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly source: string;
  readonly importBatchId: number;
}

/**
 * Writes the plain invoices of a range of rows. @returns how many. In the order of the file, in which numbers mostly rise: their key, the
 * widest index of the table, then grows at its end, which takes a sixth fewer pages to be looked at than any other order.
 */
export const insertPlainInvoices = (tx: CompanyTx, { firstRow, lastRow, source, importBatchId }: PlainInvoices): Promise<number> =>
  tx.execute(
    `insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, is_due_computed, currency, total_minor, open_minor,
                           customer_reference, source, source_key, import_batch_id)
     select $1, k.customer_id, s.kind, s.number, s.issued_on, coalesce(s.due_on, s.issued_on + k.payment_terms_days),
            s.is_due_computed or s.due_on is null, s.currency, s.total_minor, s.total_minor, s.customer_reference, $4, s.source_key, $5
       from staged_documents s
       join staged_codes k on k.code = s.customer_code
      where s.row_number between $2 and $3 and ${NEW_AND_PLAIN}
      order by s.row_number`,
    [tx.companyId, firstRow, lastRow, source, importBatchId],
  );

/** Whether there is a plain invoice to write at all. */
export const hasPlainInvoices = async (tx: CompanyTx): Promise<boolean> =>
  (await tx.one<{ found: boolean }>(`select exists (select from staged_documents s where ${NEW_AND_PLAIN}) as found`)).found;

/**
 * Raises the facts versions of accounts recorded before that get a plain invoice. Under the account locks, before they are written.
 * `bill_to_id` is set for the reason `raiseFactsVersions` gives.
 */
export const raiseFactsOfPlainInvoices = (tx: CompanyTx): Promise<number> =>
  tx.execute(
    `update customers set facts_version = facts_version + 1, updated_at = now(), bill_to_id = bill_to_id
      where company_id = $1 and id = any(array(
        select distinct k.account_id from staged_documents s join staged_codes k on k.code = s.customer_code
         where k.account_id is not null and ${NEW_AND_PLAIN}))`,
    [tx.companyId],
  );

const NEW_AND_PLAIN = `${plainInvoice('exists (select from new_allocations n where n.invoice_number = s.number)')}
        and not exists (select from recorded_documents e where e.kind = s.kind and e.number = s.number)`;
