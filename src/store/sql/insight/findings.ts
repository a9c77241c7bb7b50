/** Facts that a person should look into: counted, with what is open on them per currency and the accounts with the most. */
import type { Day } from '../../../domain/days.ts';
import type { Currency } from '../../../domain/money.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import type { Span } from './mail-days.ts';

export interface FindingRow {
  readonly currency: Currency;
  readonly invoices: number;
  readonly openMinor: bigint;
}

/** Open invoices that were due before a day. */
export const dueBefore = (tx: CompanyTx, on: Day): Promise<readonly FindingRow[]> =>
  tx.query<FindingRow>(
    `select currency, count(*) as invoices, sum(open_minor)::bigint as open_minor from invoices
      where company_id = $1 and kind = 'INVOICE' and open_minor > 0 and due_on < $2 group by currency order by currency`,
    [tx.companyId, on],
  );

/** Open, overdue invoices that were issued between two days, both included. */
export const issuedBetween = (
  tx: CompanyTx,
  { from, to, dueBeforeOn }: { readonly from: Day; readonly to: Day; readonly dueBeforeOn: Day },
): Promise<readonly FindingRow[]> =>
  tx.query<FindingRow>(
    `select currency, count(*) as invoices, sum(open_minor)::bigint as open_minor from invoices
      where company_id = $1 and kind = 'INVOICE' and open_minor > 0 and due_on < $4 and issued_on between $2 and $3
      group by currency order by currency`,
    [tx.companyId, from, to, dueBeforeOn],
  );

export interface AccountFindingRow {
  readonly accounts: number;
  /** Of at most three, those with the most first. */
  readonly codes: readonly string[];
}

/** Accounts that broke two promises or more since a day and have something overdue. */
export const brokenPromisers = (
  tx: CompanyTx,
  { since, today }: { readonly since: Day; readonly today: Day },
): Promise<AccountFindingRow> =>
  tx.one<AccountFindingRow>(
    `with broken as (
       select account_id, count(*) as promises from (
         select c.account_id from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id
          where b.company_id = $1 and b.kind = 'PROMISE' and b.outcome = 'BROKEN' and b.promised_on >= $2
          group by c.account_id, coalesce(b.group_id, b.id)) one
        group by account_id having count(*) >= 2),
     overdue as (
       select b.account_id, b.promises from broken b
        where exists (select from customers c join invoices i on i.company_id = $1 and i.customer_id = c.id and i.open_minor > 0
                       where c.company_id = $1 and c.account_id = b.account_id and i.kind = 'INVOICE' and i.due_on < $3))
     select count(*) as accounts, coalesce((array_agg(a.code order by o.promises desc, a.code))[1:3], '{}') as codes
       from overdue o join customers a on a.company_id = $1 and a.id = o.account_id`,
    [tx.companyId, since, today],
  );

export interface LimitFindingRow extends AccountFindingRow {
  /** By how much they are over, in base currency. */
  readonly overMinor: bigint;
}

/** What one minor unit of a currency is worth in minor units of the base currency, as a fraction. */
export interface BaseWorth {
  readonly currency: Currency;
  readonly dividend: bigint;
  readonly divisor: bigint;
}

/** Accounts with more open than their credit limit; currencies without a rate count one for one. */
export const beyondLimit = (tx: CompanyTx, worths: readonly BaseWorth[]): Promise<LimitFindingRow> =>
  tx.one<LimitFindingRow>(
    `with worth as (select * from unnest($2::text[], $3::numeric[], $4::numeric[]) as w (currency, dividend, divisor)),
     used as (
       select a.code, a.credit_limit_minor, round(sum(i.open_minor * coalesce(w.dividend / w.divisor, 1))) as used_minors
         from customers a
         join customers c on c.company_id = $1 and c.account_id = a.id
         join invoices i on i.company_id = $1 and i.customer_id = c.id and i.open_minor > 0 and i.kind = 'INVOICE'
         left join worth w on w.currency = i.currency
        where a.company_id = $1 and a.credit_limit_minor is not null and a.bill_to_id is null
        group by a.id, a.code, a.credit_limit_minor)
     select count(*) as accounts, coalesce((array_agg(code order by used_minors - credit_limit_minor desc, code))[1:3], '{}') as codes,
            coalesce(sum(used_minors - credit_limit_minor), 0)::bigint as over_minor
       from used where used_minors > credit_limit_minor`,
    [
      tx.companyId,
      worths.map(({ currency }) => currency),
      worths.map(({ dividend }) => dividend.toString()),
      worths.map(({ divisor }) => divisor.toString()),
    ],
  );

/** Contacts with customers of preference AUTO that took several mails of one invoice each, and those mails. */
export const splitForAuto = (tx: CompanyTx, { from, to, timeZone }: Span): Promise<{ readonly contacts: number; readonly mails: number }> =>
  tx.one(
    `select count(*) as contacts, coalesce(sum(mails), 0)::bigint as mails
       from (select l.customer_id, count(*) as mails
               from email_logs l join customers a on a.company_id = $1 and a.id = l.customer_id and a.consolidation_preference = 'AUTO'
              where l.company_id = $1 and l.business_at >= $2 and l.business_at < $3 and l.outcome = 'ACCEPTED' and l.invoice_count = 1
              group by l.customer_id, (l.business_at at time zone $4)::date having count(*) > 1) contact`,
    [tx.companyId, from, to, timeZone],
  );
