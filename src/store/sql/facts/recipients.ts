import type { Recipient } from '../../../domain/account-facts.ts';
import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { erasedKeySql } from '../privacy/erased-key.ts';

export type RecipientRow = Recipient & { readonly accountId: CustomerId };

/**
 * People of the accounts who have an address, the primary one first, with what was sent to that address for other
 * accounts: two accounts that share an address share its interval and its cap. A contact counts from its gate on, unless it was
 * refused or came back. Addresses are hashed for the comparison with erased ones only where there are any.
 */
export const recipients = (
  tx: CompanyTx,
  accountIds: readonly CustomerId[],
  asOn: Day,
  timeZone: string,
): Promise<readonly RecipientRow[]> =>
  tx.query<RecipientRow>(
    `with person as (
       select c.customer_id as account_id, c.id as contact_id, c.name, c.name_ar, c.title, c.address, c.language, c.levels, c.is_primary,
              case when (select exists (select from suppressions e where e.company_id = $1 and e.reason = 'ERASED'))
                   then ${erasedKeySql('c.address')} end as erased_key
         from contacts c
        where c.company_id = $1 and c.customer_id = any($2::bigint[]) and c.is_active and c.address is not null
     ), written as (
       select r.recipient_address as address, r.customer_id, (r.contacted_at at time zone $4)::date as on_day
         from customer_consolidated_reminders r
        where r.company_id = $1 and r.recipient_address in (select address from person) and r.contacted_at is not null
          and r.delivery_status in ('TRANSMITTING', 'UNCERTAIN', 'SENT', 'DELIVERED', 'COMPLAINED', 'RESENT')
     )
     select p.account_id, p.contact_id, p.name, p.name_ar, p.title, p.address, p.language, p.levels, p.is_primary,
            coalesce(s.reason, e.reason) as suppressed_why,
            max(w.on_day) filter (where w.on_day <= $3 and w.customer_id <> p.account_id) as address_last_contact_on,
            count(distinct w.on_day) filter (where w.on_day <= $3 and w.on_day > $3::date - 7 and w.customer_id <> p.account_id) as address_contacts_in7_days,
            coalesce(bool_or(w.customer_id = p.account_id), false) as is_known
       from person p
       left join written w on w.address = p.address
       left join suppressions s on s.company_id = $1 and s.address = p.address and s.lifted_at is null
             and (s.expires_on is null or s.expires_on > $3)
       left join suppressions e on e.company_id = $1 and e.address = p.erased_key and e.lifted_at is null
      group by p.account_id, p.contact_id, p.name, p.name_ar, p.title, p.address, p.language, p.levels, p.is_primary, s.reason, e.reason
      order by p.account_id, p.is_primary desc, p.contact_id`,
    [tx.companyId, accountIds, asOn, timeZone],
  );
