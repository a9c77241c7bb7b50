/** Open invoices as of a day. What is open now is read from the index of open invoices alone; what took effect later is added back. */
import type { Day } from '../../../domain/days.ts';
import type { DueDay } from '../../../domain/insight/ledger-day.ts';
import type { Currency } from '../../../domain/money.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** Allocations after `$2` by invoice: few for a recent day, and the only way an invoice was open then and is not now. */
const LATER = `later as (
       select invoice_id, sum(amount_minor)::bigint as later_minor from allocations
        where company_id = $1 and effective_on > $2 group by invoice_id having sum(amount_minor) <> 0)`;

/**
 * Per currency and due day. An invoice that is open now and had later allocations is in both halves: its amounts add up, and it is counted in
 * the first only.
 */
export const openByDueDay = (tx: CompanyTx, asOn: Day): Promise<readonly DueDay[]> =>
  tx.query<DueDay>(
    `with ${LATER},
     part as (
       select currency, due_on, sum(open_minor)::bigint as minor, count(*) as items
         from invoices
        where company_id = $1 and kind = 'INVOICE' and open_minor > 0 and issued_on <= $2
        group by due_on, currency
       union all
       select i.currency, i.due_on, sum(l.later_minor)::bigint, count(*) filter (where i.open_minor = 0)
         from later l join invoices i on i.company_id = $1 and i.id = l.invoice_id
        where i.kind = 'INVOICE' and i.issued_on <= $2
        group by i.due_on, i.currency)
     select currency, due_on, sum(minor)::bigint as open_minor, sum(items)::bigint as items from part
      group by currency, due_on having sum(items) > 0 or sum(minor) > 0 order by due_on, currency`,
    [tx.companyId, asOn],
  );

export interface OverdueAccountsRow {
  readonly currency: Currency;
  readonly accounts: number;
}

/** Accounts with something overdue, per currency. Told apart in memory: a large company has hundreds of thousands. */
export async function overdueAccounts(tx: CompanyTx, asOn: Day): Promise<readonly OverdueAccountsRow[]> {
  await tx.execute(`set local work_mem = '64MB'`);
  return await tx.query<OverdueAccountsRow>(
    `with ${LATER},
     overdue as (
       select customer_id, currency from invoices
        where company_id = $1 and kind = 'INVOICE' and open_minor > 0 and issued_on <= $2 and due_on < $2
        group by customer_id, currency
       union all
       select i.customer_id, i.currency
         from later l join invoices i on i.company_id = $1 and i.id = l.invoice_id
        where i.kind = 'INVOICE' and i.issued_on <= $2 and i.due_on < $2 and i.open_minor + l.later_minor > 0),
     account as (
       select o.currency, c.account_id from overdue o join customers c on c.company_id = $1 and c.id = o.customer_id
        group by o.currency, c.account_id)
     select currency, count(*) as accounts from account group by currency order by currency`,
    [tx.companyId, asOn],
  );
}

export interface BilledRow {
  readonly on: Day;
  readonly currency: Currency;
  readonly billedMinor: bigint;
}

/** Invoices issued on each of the days, both included. */
export const billedByDay = (tx: CompanyTx, { from, to }: { readonly from: Day; readonly to: Day }): Promise<readonly BilledRow[]> =>
  tx.query<BilledRow>(
    `select issued_on as "on", currency, sum(total_minor)::bigint as billed_minor
       from invoices where company_id = $1 and kind = 'INVOICE' and issued_on between $2 and $3
      group by issued_on, currency order by issued_on, currency`,
    [tx.companyId, from, to],
  );

/** The first day anything was issued; `null` for an empty ledger. */
export const firstIssuedOn = async (tx: CompanyTx): Promise<Day | null> =>
  (
    await tx.one<{ firstOn: Day | null }>(`select min(issued_on) as first_on from invoices where company_id = $1 and kind = 'INVOICE'`, [
      tx.companyId,
    ])
  ).firstOn;
