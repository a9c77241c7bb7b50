/** What a daemon looks for every few seconds, and what the person on duty is told of: cheap questions with an index each. */
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface DueWork {
  /** Approved reminders whose time has come, by business time. */
  readonly due: number;
  readonly oldestDueAt: Instant | null;
  /** The first one that is still to come. */
  readonly nextAt: Instant | null;
  readonly uncertain: number;
  /** Being sent for longer than any lease lasts: nobody sweeps. */
  readonly stuck: number;
  readonly lastSentAt: Instant | null;
}

export const dueWork = (tx: CompanyTx, businessNow: Instant): Promise<DueWork> =>
  tx.one<DueWork>(
    `select (select count(*)::int from customer_consolidated_reminders where company_id = $1 and delivery_status = 'QUEUED' and claimable_at <= $2) as due,
            (select min(claimable_at) from customer_consolidated_reminders where company_id = $1 and delivery_status = 'QUEUED' and claimable_at <= $2) as oldest_due_at,
            (select min(claimable_at) from customer_consolidated_reminders where company_id = $1 and delivery_status = 'QUEUED' and claimable_at > $2) as next_at,
            (select count(*)::int from customer_consolidated_reminders where company_id = $1 and delivery_status = 'UNCERTAIN') as uncertain,
            (select count(*)::int from customer_consolidated_reminders
              where company_id = $1 and delivery_status in ('LEASED', 'TRANSMITTING') and lease_until < now() - interval '5 minutes') as stuck,
            (select max(sent_at) from customer_consolidated_reminders where company_id = $1 and sent_at is not null) as last_sent_at`,
    [tx.companyId, businessNow],
  );

/** When the newest ledger file was taken in, by business time; `null` when none ever was. */
export async function lastImportAt(tx: CompanyTx): Promise<Instant | null> {
  const { at } = await tx.one<{ readonly at: Instant | null }>(
    'select max(applied_at) as at from import_batches where company_id = $1 and undone_at is null',
    [tx.companyId],
  );
  return at;
}
