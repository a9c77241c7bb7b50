import type { Day } from '../../../domain/days.ts';
import type { CustomerId, ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface EndingHold {
  readonly id: ReminderId;
  readonly customerId: CustomerId;
  readonly version: number;
}

/** Held reminders that were to wait until this day or an earlier one. */
export const holdsEnding = (tx: CompanyTx, asOn: Day): Promise<readonly EndingHold[]> =>
  tx.query<EndingHold>(
    `select id, customer_id, version from customer_consolidated_reminders
      where company_id = $1 and delivery_status = 'HELD' and held_until_on <= $2 order by id`,
    [tx.companyId, asOn],
  );
