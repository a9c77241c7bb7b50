import type { ReminderId, RequestedMailId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface InFlight {
  readonly id: ReminderId;
  readonly status: 'QUEUED' | 'LEASED' | 'TRANSMITTING';
  readonly version: number;
}

/** Reminders that would leave, or were leaving, when a backup was written. */
export const remindersInFlight = (tx: CompanyTx): Promise<readonly InFlight[]> =>
  tx.query<InFlight>(
    `select id, delivery_status as status, version from customer_consolidated_reminders
      where company_id = $1 and delivery_status in ('QUEUED', 'LEASED', 'TRANSMITTING') order by id for update`,
    [tx.companyId],
  );

/** Mail on request in the same place. */
export const requestedInFlight = (
  tx: CompanyTx,
): Promise<readonly { readonly id: RequestedMailId; readonly status: 'QUEUED' | 'LEASED' | 'TRANSMITTING'; readonly fence: number }[]> =>
  tx.query(
    `select id, status, fence from requested_mails
      where company_id = $1 and status in ('QUEUED', 'LEASED', 'TRANSMITTING') order by id for update`,
    [tx.companyId],
  );
