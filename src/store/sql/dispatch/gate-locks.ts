import type { ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** Locks the documents the reminders ask for, in id order, against writers that did not take the account lock. */
export async function holdDocumentsOf(tx: CompanyTx, reminderIds: readonly ReminderId[]): Promise<void> {
  await tx.query(
    `select id from invoices
      where company_id = $1 and id = any(array(select invoice_id from consolidated_reminder_items where company_id = $1 and reminder_id = any($2::bigint[])))
      order by id for share`,
    [tx.companyId, reminderIds],
  );
}

/** Those of the leases that this sender still holds, unexpired: the reminders it may take through the gate. */
export const stillHeld = (
  tx: CompanyTx,
  holder: string,
  leases: readonly { readonly id: ReminderId; readonly fence: number }[],
): Promise<readonly { readonly id: ReminderId }[]> =>
  tx.query<{ readonly id: ReminderId }>(
    `select r.id
       from customer_consolidated_reminders r
       join unnest($3::bigint[], $4::bigint[]) as held (id, fence) on held.id = r.id and held.fence = r.fence
      where r.company_id = $1 and r.delivery_status = 'LEASED' and r.lease_holder = $2 and r.lease_until > now()`,
    [tx.companyId, holder, leases.map((lease) => lease.id), leases.map((lease) => lease.fence)],
  );

export interface SendingSwitches {
  readonly isSendingStopped: boolean;
  readonly sendingStoppedReason: string | null;
}

/** The kill switch over every company of the installation. */
export const sendingSwitches = (tx: CompanyTx): Promise<SendingSwitches> =>
  tx.one<SendingSwitches>('select is_sending_stopped, sending_stopped_reason from installation where id = 1');

/** `null` lets everything go again. False when it was so already. */
export async function setSendingStopped(tx: CompanyTx, reason: string | null): Promise<boolean> {
  const moved = await tx.query(
    `update installation set is_sending_stopped = $1::text is not null, sending_stopped_reason = $1,
            sending_stopped_at = case when $1::text is null then null else now() end
      where id = 1 and (is_sending_stopped, sending_stopped_reason) is distinct from ($1::text is not null, $1::text)
      returning id`,
    [reason],
  );
  return moved.length > 0;
}

/** Locks the people written to, so that two accounts with one address cannot both pass the gate without seeing each other. */
export async function holdAddresses(tx: CompanyTx, addresses: readonly string[]): Promise<void> {
  await tx.query('select id from contacts where company_id = $1 and address = any($2::text[]) order by id for no key update', [
    tx.companyId,
    addresses,
  ]);
}
