/** Leases on mail on request: by the database's clock and a fence, as for reminders. */
import type { Instant } from '../../../domain/days.ts';
import type { RequestedMailId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ClaimedRequest {
  readonly id: RequestedMailId;
  readonly fence: number;
}

/** Takes what is due for one sender, oldest order first, passing over rows another sender is taking; each gets a new fence. */
export const claimRequested = (
  tx: CompanyTx,
  claim: {
    readonly holder: string;
    readonly businessNow: Instant;
    readonly limit: number;
    readonly leaseSeconds: number;
    /** These alone; `null` for whatever is due. */
    readonly only: readonly RequestedMailId[] | null;
  },
): Promise<readonly ClaimedRequest[]> =>
  tx.query<ClaimedRequest>(
    `with due as materialized (
       select id from requested_mails
        where company_id = $1 and status = 'QUEUED' and claimable_at <= $2 and ($6::bigint[] is null or id = any($6))
        order by id limit $3
          for update skip locked
     )
     update requested_mails m
        set status = 'LEASED', status_changed_at = $2, version = version + 1, fence = fence + 1, lease_holder = $4,
            lease_until = now() + make_interval(secs => $5)
       from due
      where m.company_id = $1 and m.id = due.id
      returning m.id, m.fence`,
    [tx.companyId, claim.businessNow, claim.limit, claim.holder, claim.leaseSeconds, claim.only],
  );

/** Those of the leases that this sender still holds, unexpired. */
export const requestsStillHeld = (
  tx: CompanyTx,
  holder: string,
  leases: readonly ClaimedRequest[],
): Promise<readonly { readonly id: RequestedMailId }[]> =>
  tx.query(
    `select m.id from requested_mails m
       join unnest($3::bigint[], $4::bigint[]) as held (id, fence) on held.id = m.id and held.fence = m.fence
      where m.company_id = $1 and m.status = 'LEASED' and m.lease_holder = $2 and m.lease_until > now()`,
    [tx.companyId, holder, leases.map(({ id }) => id), leases.map(({ fence }) => fence)],
  );

/** Prolongs this sender's leases, those of mails being transmitted included. */
export async function heartbeatRequested(tx: CompanyTx, holder: string, leaseSeconds: number): Promise<void> {
  await tx.query(
    `update requested_mails set lease_until = now() + make_interval(secs => $3)
      where company_id = $1 and lease_holder = $2 and status = any (array['LEASED', 'TRANSMITTING'])`,
    [tx.companyId, holder, leaseSeconds],
  );
}

/** What a sender holds, whether it is under way or not. */
export const requestsHeldBy = (tx: CompanyTx, holder: string): Promise<readonly ClaimedRequest[]> =>
  tx.query<ClaimedRequest>(
    `select id, fence from requested_mails
      where company_id = $1 and lease_holder = $2 and status = any (array['LEASED', 'TRANSMITTING']) order by id`,
    [tx.companyId, holder],
  );

/** Leases that ran out by the database's clock: their sender died or lost the database. */
export const expiredRequests = (
  tx: CompanyTx,
  limit: number,
): Promise<readonly (ClaimedRequest & { readonly status: 'LEASED' | 'TRANSMITTING' })[]> =>
  tx.query(
    `select id, status, fence from requested_mails
      where company_id = $1 and status = any (array['LEASED', 'TRANSMITTING']) and lease_until < now()
      order by id limit $2
        for update skip locked`,
    [tx.companyId, limit],
  );

/** What is ordered and has not left, and the first instant one of it may. */
export const requestsWaiting = (tx: CompanyTx): Promise<{ readonly waiting: number; readonly nextAt: Instant | null }> =>
  tx.one(`select count(*) as waiting, min(claimable_at) as next_at from requested_mails where company_id = $1 and status = 'QUEUED'`, [
    tx.companyId,
  ]);

/** Whether anything is due to leave, or was left behind by a sender that died. */
export async function hasRequestedWork(tx: CompanyTx, businessNow: Instant): Promise<boolean> {
  const { isAsked } = await tx.one<{ readonly isAsked: boolean }>(
    `select exists (select from requested_mails where company_id = $1 and status = 'QUEUED' and claimable_at <= $2)
         or exists (select from requested_mails
                     where company_id = $1 and status = any (array['LEASED', 'TRANSMITTING']) and lease_until < now()) as is_asked`,
    [tx.companyId, businessNow],
  );
  return isAsked;
}
