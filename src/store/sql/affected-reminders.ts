import type { CustomerId, InvoiceId, ReminderId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

/**
 * Live reminders of an account that a fact about some of its documents concerns: those that contain one of them, or all of them
 * when the fact is about the whole account (`invoiceIds` null).
 */
export async function affectedReminders(
  tx: CompanyTx,
  accountId: CustomerId,
  invoiceIds: readonly InvoiceId[] | null,
): Promise<readonly ReminderId[]> {
  const rows = await tx.query<{ id: ReminderId }>(
    `select r.id from customer_consolidated_reminders r
      where r.company_id = $1 and r.customer_id = $2
        and r.delivery_status in ('PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN')
        and ($3::bigint[] is null or exists (
              select from consolidated_reminder_items i
               where i.company_id = $1 and i.reminder_id = r.id and i.invoice_id = any($3::bigint[])))
      order by r.id`,
    [tx.companyId, accountId, invoiceIds],
  );
  return rows.map(({ id }) => id);
}
