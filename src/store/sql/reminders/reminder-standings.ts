import type { CustomerId, ReminderId } from '../../../domain/ids.ts';
import { LIVE_STATUSES, type DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ReminderStanding {
  readonly id: ReminderId;
  readonly status: DeliveryStatus;
  readonly version: number;
  readonly changes: readonly string[];
}

/** How reminders stand: the live ones of some accounts, or those named, whatever their state. In id order. */
export const reminderStandings = (
  tx: CompanyTx,
  which: { readonly accountIds: readonly CustomerId[] } | { readonly ids: readonly ReminderId[] },
): Promise<readonly ReminderStanding[]> =>
  tx.query<ReminderStanding>(
    `select id, delivery_status as status, version, review_changes as changes from customer_consolidated_reminders
      where company_id = $1 and ${'ids' in which ? 'id = any($2::bigint[])' : 'customer_id = any($2::bigint[]) and delivery_status = any($3::text[])'}
      order by id`,
    'ids' in which ? [tx.companyId, which.ids] : [tx.companyId, which.accountIds, LIVE_STATUSES],
  );
