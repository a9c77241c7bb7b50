/** What became of the invoices of reminders that arrived, and of the account's earlier invoices at the same age: sums for the domain to judge. */
import type { Day } from '../../../domain/days.ts';
import { RESPONSE_DAYS, type EffectDimension, type ResponseSums } from '../../../domain/insight/response.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { segmentCase, type Span } from './mail-days.ts';

/** Of 2^32: accounts whose scrambled id is below take part, the same ones each time. */
export interface ResponseQuestion extends Span {
  readonly today: Day;
  readonly below: number;
}

export const EVERY_ACCOUNT = 4_294_967_296;

/** How far back earlier invoices of an account are compared with. In days before the reminder, by due day. */
const HISTORY_DAYS = 730;

export const remindersSent = async (tx: CompanyTx, { from, to }: Span): Promise<number> =>
  (
    await tx.one<{ sent: number }>(
      'select count(*) as sent from customer_consolidated_reminders where company_id = $1 and sent_at >= $2 and sent_at < $3',
      [tx.companyId, from, to],
    )
  ).sent;

const REMINDER = `reminder as materialized (
       select r.id, r.customer_id as account_id, (r.sent_at at time zone $4)::date as sent_on, r.escalation_level as level, r.language,
              trim(to_char((r.sent_at at time zone $4)::date, 'ID')) as weekday, ${segmentCase('a.business_type')} as segment, r.responded_at
         from customer_consolidated_reminders r
         join customers a on a.company_id = $1 and a.id = r.customer_id
        where r.company_id = $1 and r.sent_at >= $2 and r.sent_at < $3 and r.delivery_status in ('SENT', 'DELIVERED')
          and mod(mod(r.customer_id, 1000000007) * 2654435761, 4294967296) < $5::bigint)`;

const BY_DIMENSION = (row: string): string =>
  `cross join lateral (values ('all', 'all'), ('level', ${row}.level), ('language', ${row}.language), ('weekday', ${row}.weekday),
                              ('segment', ${row}.segment)) d (dimension, value)`;

interface SumRow {
  readonly dimension: EffectDimension;
  readonly value: string;
  readonly days: number;
  readonly settled: readonly number[];
  readonly difference: readonly number[];
}

const sums = (
  cases: string,
  sum: string,
): string => `array[count(*) filter (where ${cases} > 0), coalesce(sum(${cases}), 0), coalesce(sum(${sum}), 0),
              coalesce(sum(${sum} * ${sum}), 0), coalesce(sum(${sum} * ${cases}), 0), coalesce(sum(${cases} * ${cases}), 0)]::float8[]`;

/** Per dimension, value and number of days, over accounts. */
export const responseSums = async (
  tx: CompanyTx,
  { from, to, timeZone, today, below }: ResponseQuestion,
): Promise<readonly ResponseSums[]> =>
  (
    await tx.query<SumRow>(
      `with ${REMINDER},
     item as materialized (
       select m.account_id, m.sent_on, m.level, m.language, m.weekday, m.segment, i.id, m.sent_on - v.due_on as age, v.settled_on
         from reminder m
         join consolidated_reminder_items i on i.company_id = $1 and i.reminder_id = m.id and i.kind = 'INVOICE'
         join invoices v on v.company_id = $1 and v.id = i.invoice_id),
     history as materialized (
       select c.account_id, h.due_on, h.settled_on
         from (select distinct account_id from item) a
         join customers c on c.company_id = $1 and c.account_id = a.account_id
         join invoices h on h.company_id = $1 and h.customer_id = c.id and h.kind = 'INVOICE'),
     horizon (days) as (values ${RESPONSE_DAYS.map((days) => `(${days})`).join(', ')}),
     earlier as (
       select i.id, d.days, avg((p.settled_on <= p.due_on + i.age + d.days and p.settled_on is not null)::int)::float8 as share
         from item i
         join history p on p.account_id = i.account_id and p.due_on > i.sent_on - ${HISTORY_DAYS}
         join horizon d on p.due_on + i.age + d.days < i.sent_on
        where p.settled_on is null or p.settled_on > p.due_on + i.age
        group by i.id, d.days),
     looked_at as (
       select i.account_id, i.level, i.language, i.weekday, i.segment, d.days, e.share,
              (i.settled_on is not null and i.settled_on <= i.sent_on + d.days)::int as settled
         from item i
         cross join horizon d
         left join earlier e on e.id = i.id and e.days = d.days
        where i.sent_on + d.days <= $6::date),
     account as (
       select d.dimension, d.value, l.days, count(*)::float8 as cases, sum(l.settled)::float8 as settled, count(l.share)::float8 as compared,
              coalesce(sum(l.settled - l.share), 0)::float8 as difference
         from looked_at l ${BY_DIMENSION('l')}
        group by d.dimension, d.value, l.days, l.account_id)
     select dimension, value, days, ${sums('cases', 'settled')} as settled, ${sums('compared', 'difference')} as difference
       from account group by dimension, value, days order by dimension, value, days`,
      [tx.companyId, from, to, timeZone, below, today],
    )
  ).map(({ settled, difference, ...row }) => ({ ...row, settled: clusterSums(settled), difference: clusterSums(difference) }));

const clusterSums = ([accounts = 0, cases = 0, sum = 0, sumSquares = 0, crossSum = 0, caseSquares = 0]: readonly number[]) => ({
  accounts,
  cases,
  sum,
  sumSquares,
  crossSum,
  caseSquares,
});

export interface AnswerRow {
  readonly dimension: EffectDimension;
  readonly value: string;
  readonly reminders: number;
  /** Answered by mail within fourteen days. */
  readonly replied: number;
  /** The account made a promise within seven days; of those, kept and broken since. */
  readonly promised: number;
  readonly kept: number;
  readonly broken: number;
}

/** Answers and promises that followed reminders. */
export const answersTo = (tx: CompanyTx, { from, to, timeZone, below }: Omit<ResponseQuestion, 'today'>): Promise<readonly AnswerRow[]> =>
  tx.query<AnswerRow>(
    `with ${REMINDER},
     promise as materialized (
       select c.account_id, min(b.started_on) as made_on, bool_or(b.outcome = 'BROKEN') as is_broken, bool_and(b.outcome = 'KEPT') as is_kept
         from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id
        where b.company_id = $1 and b.kind = 'PROMISE' and b.started_on >= ($2 at time zone $4)::date
        group by c.account_id, coalesce(b.group_id, b.id)),
     answered as (
       select m.*, m.responded_at < (m.sent_on + 15)::timestamp at time zone $4 as is_replied, p.is_promised, p.is_kept, p.is_broken
         from reminder m
         left join lateral (
           select true as is_promised, coalesce(bool_or(is_kept), false) as is_kept, coalesce(bool_or(is_broken), false) as is_broken from promise
            where account_id = m.account_id and made_on between m.sent_on and m.sent_on + 7 having count(*) > 0) p on true)
     select d.dimension, d.value, count(*) as reminders, count(*) filter (where a.is_replied) as replied,
            count(*) filter (where a.is_promised) as promised, count(*) filter (where a.is_kept) as kept,
            count(*) filter (where a.is_broken) as broken
       from answered a ${BY_DIMENSION('a')}
      group by d.dimension, d.value order by d.dimension, d.value`,
    [tx.companyId, from, to, timeZone, below],
  );
