import type { CustomerId, ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** The account's newest reminder before this one that was handed over and did not come back; undefined when there was none. */
export async function reminderBefore(tx: CompanyTx, accountId: CustomerId, id: ReminderId): Promise<ReminderId | undefined> {
  const found = await tx.maybeOne<{ readonly id: ReminderId }>(
    `select r.id from customer_consolidated_reminders r
      where r.company_id = $1 and r.customer_id = $2 and r.id <> $3 and r.delivery_status in ('SENT', 'DELIVERED') and r.sent_at is not null
      order by r.sent_at desc, r.id desc limit 1`,
    [tx.companyId, accountId, id],
  );
  return found?.id;
}
