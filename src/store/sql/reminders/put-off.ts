import type { Instant } from '../../../domain/days.ts';
import type { ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface NewTime {
  readonly id: ReminderId;
  /** Version the mover saw. */
  readonly version: number;
  readonly scheduledFor: Instant;
  /** What composing it anew must keep; `null` when it leaves as soon as the rules allow. */
  readonly notBeforeAt: Instant | null;
}

/** Gives a reminder that nobody has taken another time; its approval stays. False when somebody moved it since. */
export async function putOff(tx: CompanyTx, { id, version, scheduledFor, notBeforeAt }: NewTime): Promise<boolean> {
  const moved = await tx.maybeOne(
    `update customer_consolidated_reminders
        set scheduled_for = $4, not_before_at = $5, version = version + 1, fence = fence + 1,
            claimable_at = case when delivery_status = 'QUEUED' then greatest($4, undo_until) end
      where company_id = $1 and id = $2 and version = $3 and delivery_status in ('PROPOSED', 'QUEUED')
      returning id`,
    [tx.companyId, id, version, scheduledFor, notBeforeAt],
  );
  return Boolean(moved);
}
