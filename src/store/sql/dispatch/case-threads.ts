import type { ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/**
 * Message-IDs of what the recipient of each reminder already received in the account's present episode, oldest first. Returned mail was
 * not received, and what another address received is none of this one's.
 */
export async function caseThreads(tx: CompanyTx, ids: readonly ReminderId[]): Promise<ReadonlyMap<ReminderId, readonly string[]>> {
  const rows = await tx.query<{ readonly reminderId: ReminderId; readonly messageIds: readonly string[] }>(
    `select r.id as reminder_id, array_agg(p.message_id order by p.sent_at, p.id) as message_ids
       from customer_consolidated_reminders r
       join customers c on c.company_id = $1 and c.id = r.customer_id
       join customer_consolidated_reminders p
         on p.company_id = $1 and p.customer_id = r.customer_id and p.id <> r.id and p.recipient_address = r.recipient_address
        and p.delivery_status in ('SENT', 'DELIVERED') and p.as_on >= c.episode_started_on
      where r.company_id = $1 and r.id = any($2::bigint[])
      group by r.id`,
    [tx.companyId, ids],
  );
  return new Map(rows.map(({ reminderId, messageIds }) => [reminderId, messageIds]));
}
