/** Is each reminder where the audit chain left it: a status written past Wafa has no event. */
import type { CompanyTx } from '../../connection/with-company.ts';
import { foundRows, type FoundRows } from './found-rows.ts';

/** Claiming a batch of mails is one event about none of them, so a claimed reminder is one the chain left queued. */
export const statesWithoutEvent = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `with last_move as (
       select distinct on (object_id) object_id, to_state from audit_logs
        where company_id = $1 and object_kind = 'reminder' and to_state is not null
        order by object_id, id desc
     )
     select 'reminder' as object_kind, r.id as object_id,
            format('is %s, and the audit chain left it %s', r.delivery_status, coalesce(m.to_state, 'PROPOSED')) as found
       from customer_consolidated_reminders r left join last_move m on m.object_id = r.id
      where r.company_id = $1
        and case r.delivery_status when 'LEASED' then 'QUEUED' else r.delivery_status end <> coalesce(m.to_state, 'PROPOSED')`,
  );

/** Whoever is named as having approved a reminder has an event that says so. */
export const approvalsWithoutEvent = (tx: CompanyTx): Promise<FoundRows> =>
  foundRows(
    tx,
    `select 'reminder' as object_kind, r.id as object_id, format('names user %s as its approver, without an event of theirs', r.approved_by) as found
       from customer_consolidated_reminders r
      where r.company_id = $1 and r.approved_by is not null
        and not exists (select from audit_logs a where a.company_id = $1 and a.object_kind = 'reminder' and a.object_id = r.id
                           and a.to_state = 'QUEUED' and a.actor_user_id = r.approved_by)`,
  );
