/** Who runs which scheduled job: a row per job and slot, inserted by the one that runs it. */
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/**
 * True for the one caller that is to run the job of the slot: who inserts the row, or who takes it over from a daemon that died over it.
 * A daemon is dead when its heartbeat is missing or older than a minute and a half.
 */
export async function claimSlot(
  tx: CompanyTx,
  { job, slotAt, by }: { readonly job: string; readonly slotAt: Instant; readonly by: string },
): Promise<boolean> {
  const taken = await tx.query(
    `insert into job_slots as s (company_id, job, slot_at, claimed_by, started_at) values ($1, $2, $3, $4, now())
     on conflict (company_id, job, slot_at) do update set claimed_by = excluded.claimed_by, started_at = excluded.started_at
      where s.finished_at is null and s.claimed_by <> excluded.claimed_by
        and not exists (select 1 from installation_daemons d where d.id = s.claimed_by and d.heartbeat_at > now() - interval '90 seconds')
     returning id`,
    [tx.companyId, job, slotAt, by],
  );
  return taken.length > 0;
}

export async function finishSlot(
  tx: CompanyTx,
  { job, slotAt, outcome }: { readonly job: string; readonly slotAt: Instant; readonly outcome: string },
): Promise<void> {
  await tx.query('update job_slots set finished_at = now(), outcome = $4 where company_id = $1 and job = $2 and slot_at = $3', [
    tx.companyId,
    job,
    slotAt,
    outcome,
  ]);
}

export interface SlotRow {
  readonly job: string;
  readonly slotAt: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly outcome: string | null;
}

/** The newest slot of each job. */
export const latestSlots = (tx: CompanyTx): Promise<readonly SlotRow[]> =>
  tx.query<SlotRow>(
    `select distinct on (job) job, slot_at, started_at, finished_at, outcome from job_slots
      where company_id = $1 order by job, slot_at desc`,
    [tx.companyId],
  );

/** True once somebody has begun the slot. */
export async function isSlotKnown(tx: CompanyTx, job: string, slotAt: Instant): Promise<boolean> {
  const row = await tx.maybeOne(
    'select id from job_slots where company_id = $1 and job = $2 and slot_at = $3 and finished_at is not null',
    [tx.companyId, job, slotAt],
  );
  return row !== undefined;
}

/** Gives back how many. */
export const dropOldSlots = (tx: CompanyTx, keepDays: number): Promise<number> =>
  tx.execute('delete from job_slots where company_id = $1 and slot_at < now() - make_interval(days => $2)', [tx.companyId, keepDays]);
