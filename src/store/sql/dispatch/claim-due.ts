import type { Instant } from '../../../domain/days.ts';
import type { CustomerId, ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ClaimedReminder {
  readonly id: ReminderId;
  readonly customerId: CustomerId;
  /** Where it goes: with the account what its gate locks, which nothing changes while it is leased. */
  readonly recipientAddress: string;
  readonly fence: number;
  readonly messageId: string;
}

/**
 * Takes due reminders for one sender: most money at risk first, passing over rows another sender is taking. Each gets a new fence, so
 * that whoever held it before changes nothing any more, and a lease by the database's clock.
 * The choice is made in a CTE of its own: joined directly, the planner may lock more rows than the limit.
 */
export const claimDue = (
  tx: CompanyTx,
  claim: { readonly holder: string; readonly businessNow: Instant; readonly limit: number; readonly leaseSeconds: number },
): Promise<readonly ClaimedReminder[]> =>
  tx.query<ClaimedReminder>(
    `with due as materialized (
       select id from customer_consolidated_reminders
        where company_id = $1 and delivery_status = 'QUEUED' and claimable_at <= $2
        order by at_risk_minor desc, oldest_days_past_due desc, id
        limit $3
          for update skip locked
     )
     update customer_consolidated_reminders r
        set delivery_status = 'LEASED', status_changed_at = $2, version = version + 1, fence = fence + 1, lease_holder = $4,
            lease_until = now() + make_interval(secs => $5)
       from due
      where r.company_id = $1 and r.id = due.id
      returning r.id, r.customer_id, r.recipient_address, r.fence, r.message_id`,
    [tx.companyId, claim.businessNow, claim.limit, claim.holder, claim.leaseSeconds],
  );

/** Ends the undo window of everything approved and still waiting in it: what a person orders with `send`. Gives back how many. */
export async function endUndoWindows(tx: CompanyTx, businessNow: Instant): Promise<number> {
  const rows = await tx.query(
    `update customer_consolidated_reminders
        set undo_until = $2, claimable_at = greatest(scheduled_for, $2), version = version + 1
      where company_id = $1 and delivery_status = 'QUEUED' and undo_until > $2 and claimable_at <= greatest(scheduled_for, undo_until)
      returning id`,
    [tx.companyId, businessNow],
  );
  return rows.length;
}

/**
 * Approved reminders in the order they would be claimed, without claiming them; `endsUndoWindows` as `send` would: what only waits in its
 * undo window counts as due.
 */
export const approvedWaiting = (
  tx: CompanyTx,
  { businessNow, endsUndoWindows }: { readonly businessNow: Instant; readonly endsUndoWindows: boolean },
): Promise<
  readonly { readonly id: ReminderId; readonly isDue: boolean; readonly until: Instant; readonly statusReason: string | null }[]
> =>
  tx.query(
    `select id, due_at <= $2 as is_due, due_at as until, status_reason
       from (select r.*, case when $3 and undo_until > $2 and claimable_at <= greatest(scheduled_for, undo_until)
                              then greatest(scheduled_for, $2, not_before_at) else claimable_at end as due_at
               from customer_consolidated_reminders r where company_id = $1 and delivery_status = 'QUEUED') waiting
      order by at_risk_minor desc, oldest_days_past_due desc, id`,
    [tx.companyId, businessNow, endsUndoWindows],
  );

/** Approved reminders that have not left, and the first instant one of them may. */
export const waitingToLeave = (tx: CompanyTx): Promise<{ readonly waiting: number; readonly nextAt: Instant | null }> =>
  tx.one(
    `select count(*) as waiting, min(claimable_at) as next_at
       from customer_consolidated_reminders where company_id = $1 and delivery_status = 'QUEUED'`,
    [tx.companyId],
  );

/** Prolongs this sender's leases, those of mails being transmitted included. */
export async function heartbeatLeases(tx: CompanyTx, holder: string, leaseSeconds: number): Promise<void> {
  await tx.query(
    `update customer_consolidated_reminders set lease_until = now() + make_interval(secs => $3)
      where company_id = $1 and lease_holder = $2 and delivery_status in ('LEASED', 'TRANSMITTING')`,
    [tx.companyId, holder, leaseSeconds],
  );
}

export interface ExpiredLease {
  readonly id: ReminderId;
  readonly deliveryStatus: 'LEASED' | 'TRANSMITTING';
  readonly fence: number;
}

/** Leases that ran out by the database's clock: their sender died or lost the database. */
export const expiredLeases = (tx: CompanyTx, limit: number): Promise<readonly ExpiredLease[]> =>
  tx.query<ExpiredLease>(
    `select id, delivery_status, fence from customer_consolidated_reminders
      where company_id = $1 and delivery_status in ('LEASED', 'TRANSMITTING') and lease_until < now()
      order by id limit $2
        for update skip locked`,
    [tx.companyId, limit],
  );

/** What one sender has claimed or is transmitting. */
export const heldBy = (tx: CompanyTx, holder: string): Promise<readonly { readonly id: ReminderId; readonly fence: number }[]> =>
  tx.query<{ readonly id: ReminderId; readonly fence: number }>(
    `select id, fence from customer_consolidated_reminders
      where company_id = $1 and lease_holder = $2 and delivery_status in ('LEASED', 'TRANSMITTING')`,
    [tx.companyId, holder],
  );
