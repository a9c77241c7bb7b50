/** What `calibrate` learns from: the lives of the invoices of some accounts. Days come as numbers since 1970-01-01, because they are only counted with. */
import type { CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface CalibrationAccountRow {
  readonly id: CustomerId;
  /** Day number; `null` when unknown. */
  readonly customerSince: number | null;
}

export interface CalibrationPage {
  readonly afterId: CustomerId | 0;
  readonly limit: number;
  /** Accounts are taken whose scrambled id falls below this, of 2^32. */
  readonly below: number;
}

/** The next accounts of the sample, in id order: the same ones each time, and no pattern in how ids were given matters. */
export const calibrationAccounts = (tx: CompanyTx, { afterId, limit, below }: CalibrationPage): Promise<readonly CalibrationAccountRow[]> =>
  tx.query<CalibrationAccountRow>(
    `select id, customer_since_on - date '1970-01-01' as customer_since
       from customers
      where company_id = $1 and bill_to_id is null and id > $2 and mod(mod(id, 1000000007) * 2654435761, 4294967296) < $4
      order by id
      limit $3`,
    [tx.companyId, afterId, limit, below],
  );

/** How many accounts there are, and the number of the first due day of an invoice. */
export const calibrationExtent = (tx: CompanyTx): Promise<readonly { readonly accounts: number; readonly firstDue: number | null }[]> =>
  tx.query(
    `select (select count(*) from customers where company_id = $1 and bill_to_id is null) as accounts,
            (select min(due_on) from invoices where company_id = $1 and kind = 'INVOICE') - date '1970-01-01' as first_due`,
    [tx.companyId],
  );

export interface InvoiceLifeRow {
  readonly accountId: CustomerId;
  readonly id: InvoiceId;
  readonly issued: number;
  readonly due: number;
  /** Day number; `null` while something is open. */
  readonly settled: number | null;
  readonly currency: Currency;
  readonly totalMinor: bigint;
}

/** Invoices of the accounts and their branches that were not settled for good before a day. */
export const invoiceLives = (tx: CompanyTx, accountIds: readonly CustomerId[], since: number): Promise<readonly InvoiceLifeRow[]> =>
  tx.query<InvoiceLifeRow>(
    `select c.account_id, i.id, i.issued_on - date '1970-01-01' as issued, i.due_on - date '1970-01-01' as due,
            i.settled_on - date '1970-01-01' as settled, i.currency, i.total_minor
       from customers c
       join invoices i on i.company_id = $1 and i.customer_id = c.id
      where c.company_id = $1 and c.account_id = any($2::bigint[]) and i.kind = 'INVOICE' and i.due_on is not null
        and (i.settled_on is null or i.settled_on >= date '1970-01-01' + $3::int)
      order by c.account_id, i.id`,
    [tx.companyId, accountIds, since],
  );

export interface InvoicePartRow {
  readonly invoiceId: InvoiceId;
  readonly on: number;
  readonly amountMinor: bigint;
}

/** What was allocated to those invoices on another day than the one that settled them. */
export const invoiceParts = (tx: CompanyTx, accountIds: readonly CustomerId[], since: number): Promise<readonly InvoicePartRow[]> =>
  tx.query<InvoicePartRow>(
    `select a.invoice_id, a.effective_on - date '1970-01-01' as "on", a.amount_minor
       from customers c
       join invoices i on i.company_id = $1 and i.customer_id = c.id
       join allocations a on a.company_id = $1 and a.invoice_id = i.id
      where c.company_id = $1 and c.account_id = any($2::bigint[]) and i.kind = 'INVOICE'
        and (i.settled_on is null or i.settled_on >= date '1970-01-01' + $3::int) and a.effective_on is distinct from i.settled_on`,
    [tx.companyId, accountIds, since],
  );

export interface BrokenPromiseRow {
  readonly accountId: CustomerId;
  readonly promised: number;
}

/** Promised days of the accounts' broken promises; one promise over several invoices counts once. */
export const brokenPromiseDays = (tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<readonly BrokenPromiseRow[]> =>
  tx.query<BrokenPromiseRow>(
    `select c.account_id, max(b.promised_on) - date '1970-01-01' as promised
       from customers c
       join blocks b on b.company_id = $1 and b.customer_id = c.id
      where c.company_id = $1 and c.account_id = any($2::bigint[]) and b.kind = 'PROMISE' and b.promised_on is not null
      group by c.account_id, coalesce(b.group_id, b.id)
     having bool_or(b.outcome = 'BROKEN')`,
    [tx.companyId, accountIds],
  );
