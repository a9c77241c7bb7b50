/** Do reminders agree with their items, with the state they are in, and with when the account was contacted. */
import { LIVE_STATUSES } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRows } from './found-rows.ts';

const LIVE = LIVE_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * The count a reminder carries is that of the invoices in it but for residues, which ride along uncounted: never more than its invoices, and
 * one at least. Its rows are numbered without a gap, so that one taken out shows.
 */
export const remindersWithWrongCount = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `with counted as (
       select reminder_id, count(*) filter (where kind = 'INVOICE') as items, count(*) as rows, max(position) as last
         from consolidated_reminder_items where company_id = $1 group by reminder_id
     )
     select 'reminder' as object_kind, r.id as object_id,
            case when c.last > c.rows then format('has %s rows, of which the last is number %s', c.rows, c.last)
                 else format('counts %s items and has %s invoices', r.item_count, coalesce(c.items, 0)) end as found
       from customer_consolidated_reminders r left join counted c on c.reminder_id = r.id
      where r.company_id = $1 and (r.item_count > coalesce(c.items, 0) or c.last > c.rows)`,
  );

/** What a reminder asks for in each currency is the sum of its rows. Compared as sorted text: currencies and whole minor units. */
export const remindersWithWrongTotals = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `with summed as (
       select reminder_id, string_agg(currency || ' ' || asked, ', ' order by currency) as totals
         from (select reminder_id, currency, sum(asked_minor)::text as asked
                 from consolidated_reminder_items where company_id = $1 group by reminder_id, currency) s
        group by reminder_id
     ), stated as (
       select r.id, (select string_agg((t->>'currency') || ' ' || (t->>'minor'), ', ' order by t->>'currency')
                       from jsonb_array_elements(r.totals) t) as totals
         from customer_consolidated_reminders r where r.company_id = $1
     )
     select 'reminder' as object_kind, stated.id as object_id,
            format('asks for %s and its rows for %s (minor units)', coalesce(stated.totals, 'nothing'), summed.totals) as found
       from stated join summed on summed.reminder_id = stated.id
      where stated.totals is distinct from summed.totals`,
  );

/** An item holds its document back from other reminders exactly as long as its own is live. */
export const itemsLiveByMistake = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, r.id as object_id,
            format('is %s, and %s of its rows %s', r.delivery_status, count(*),
                   case when bool_or(i.live) then 'still hold their documents back' else 'no longer hold their documents' end) as found
       from customer_consolidated_reminders r
       join consolidated_reminder_items i on i.company_id = $1 and i.reminder_id = r.id
      where r.company_id = $1 and i.live <> (r.delivery_status in (${LIVE}))
      group by r.id, r.delivery_status`,
  );

/** After a contact the next may come its interval later; before one, not on the day it was composed for. `$2` is the company's zone. */
export const wrongNextContacts = (tx: CompanyTx, timeZone: string): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, r.id as object_id,
            case when r.contacted_at is null
                 then format('was composed for %s and lets the next contact come on %s', r.as_on, r.next_eligible_contact_on)
                 else format('went on %s with %s days to the next contact, which may come on %s', (r.contacted_at at time zone $2)::date,
                             r.contact_interval, r.next_eligible_contact_on) end as found
       from customer_consolidated_reminders r
      where r.company_id = $1
        and case when r.contacted_at is null then r.next_eligible_contact_on <= r.as_on
                 else r.next_eligible_contact_on <> (r.contacted_at at time zone $2)::date + r.contact_interval end`,
    [timeZone],
  );
