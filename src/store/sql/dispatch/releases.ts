/** Releases of many mails, which begin with a few. One is under way per company; times are the database's. */
import type { Instant } from '../../../domain/days.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface ReleaseRow {
  readonly id: number;
  readonly firstBatch: number;
  /** Mails of the first batch that have passed their gate. */
  readonly passed: number;
  readonly goesOnAt: Instant | null;
  readonly goneOnAt: Instant | null;
  /** Database time of the reading. */
  readonly now: Instant;
}

const COLUMNS = 'id, first_batch, passed, goes_on_at, gone_on_at, now() as now';

export const openRelease = (tx: CompanyTx): Promise<ReleaseRow | undefined> =>
  tx.maybeOne<ReleaseRow>(`select ${COLUMNS} from releases where company_id = $1 and ended_at is null`, [tx.companyId]);

export const lockOpenRelease = (tx: CompanyTx): Promise<ReleaseRow | undefined> =>
  tx.maybeOne<ReleaseRow>(`select ${COLUMNS} from releases where company_id = $1 and ended_at is null for update`, [tx.companyId]);

/** Begins one unless one is under way. */
export async function beginRelease(tx: CompanyTx, firstBatch: number): Promise<void> {
  await tx.query(
    `insert into releases (company_id, started_at, first_batch) values ($1, now(), $2) on conflict (company_id) where ended_at is null do nothing`,
    [tx.companyId, firstBatch],
  );
}

/** Only under {@link lockOpenRelease}. */
export async function passedOfRelease(tx: CompanyTx, id: number, passed: number, waitMinutes: number): Promise<void> {
  await tx.query(
    `update releases set passed = passed + $3,
            goes_on_at = case when passed + $3 >= first_batch then now() + make_interval(mins => $4) else goes_on_at end
      where company_id = $1 and id = $2`,
    [tx.companyId, id, passed, waitMinutes],
  );
}

/**
 * Mails that passed their gate for this release and were never begun: others may be its first instead. Its wait begins anew
 * when it is full again. Only under {@link lockOpenRelease}.
 */
export async function giveBackToRelease(tx: CompanyTx, id: number, startedAts: readonly Instant[]): Promise<void> {
  await tx.query(
    `update releases r set passed = r.passed - v.unsent,
            goes_on_at = case when r.passed - v.unsent >= r.first_batch then r.goes_on_at end
       from (select least(count(*), old.passed)::int as unsent
               from releases old, unnest($3::timestamptz[]) as started (at)
              where old.company_id = $1 and old.id = $2 and started.at >= old.started_at group by old.passed) as v
      where r.company_id = $1 and r.id = $2 and r.gone_on_at is null`,
    [tx.companyId, id, startedAts],
  );
}

/** By a person, or by the time that has passed. */
export async function goOnWithRelease(tx: CompanyTx, id: number, by: UserId | null): Promise<void> {
  await tx.query('update releases set gone_on_at = now(), gone_on_by = $3 where company_id = $1 and id = $2 and gone_on_at is null', [
    tx.companyId,
    id,
    by,
  ]);
}

/** Ends one that has gone on and has nothing left to send, or that nobody has cared for in a day. */
export async function endRelease(tx: CompanyTx): Promise<void> {
  await tx.query(
    `update releases set ended_at = now()
      where company_id = $1 and ended_at is null and (gone_on_at is not null or started_at < now() - interval '1 day')`,
    [tx.companyId],
  );
}

/** How many approved reminders may leave at this moment; counts no further than is asked. */
export async function countDue(tx: CompanyTx, businessNow: Instant, noFurtherThan: number): Promise<number> {
  const { due } = await tx.one<{ readonly due: number }>(
    `select count(*)::int as due from (
       select 1 from customer_consolidated_reminders
        where company_id = $1 and delivery_status = 'QUEUED' and claimable_at <= $2 limit $3) as found`,
    [tx.companyId, businessNow, noFurtherThan],
  );
  return due;
}
