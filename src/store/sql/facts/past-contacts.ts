import type { PastContact } from '../../../domain/account-facts.ts';
import type { Day } from '../../../domain/days.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export type PastContactRow = PastContact & { readonly accountId: CustomerId };

/**
 * Days on which the accounts were contacted, newest first: reminders from their gate on (refused and returned ones do not count),
 * calls and visits that were logged as contacts, and the opening contact of an account taken over from another system.
 */
export const pastContacts = (
  tx: CompanyTx,
  accountIds: readonly CustomerId[],
  asOn: Day,
  timeZone: string,
): Promise<readonly PastContactRow[]> =>
  tx.query<PastContactRow>(
    `select account_id, contacted_on as "on", level, is_delivered, is_automatic, final_deadline_on from (
       select r.customer_id as account_id, (r.contacted_at at time zone $4)::date as contacted_on, r.escalation_level as level,
              r.delivery_status in ('SENT', 'DELIVERED', 'COMPLAINED') as is_delivered, r.origin = 'PLANNED' as is_automatic,
              r.final_deadline_on
         from customer_consolidated_reminders r
        where r.company_id = $1 and r.customer_id = any($2::bigint[]) and r.contacted_at is not null
          and r.delivery_status in ('TRANSMITTING', 'UNCERTAIN', 'SENT', 'DELIVERED', 'COMPLAINED', 'RESENT')
       union all
       select l.customer_id, l.happened_on, null, false, false, null
         from contact_log l
        where l.company_id = $1 and l.customer_id = any($2::bigint[]) and l.is_contact and l.undone_at is null
       union all
       select c.id, c.opening_contact_on, c.opening_level, c.opening_level is not null, true, null
         from customers c
        where c.company_id = $1 and c.id = any($2::bigint[]) and c.opening_contact_on is not null
     ) contact
      where contacted_on <= $3
      order by account_id, contacted_on desc`,
    [tx.companyId, accountIds, asOn, timeZone],
  );
