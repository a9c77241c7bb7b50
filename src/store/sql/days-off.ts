import type { DayOff, DayOffScope, DayOffStatus } from '../../domain/calendar/day-off.ts';
import type { Day } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

interface DayOffRow {
  readonly key: string;
  readonly scope: DayOffScope;
  readonly offOn: Day;
  readonly status: DayOffStatus;
  readonly source: string;
  readonly announcedOn: Day | null;
  readonly supersedes: string | null;
  /** Null: as the occasion's other rows say. */
  readonly isMourning: boolean | null;
  readonly isEid: boolean | null;
  readonly isMovable: boolean | null;
}

/** The company's own days off, in the order they were recorded: later ones take the place of earlier ones. */
export async function companyDaysOff(tx: CompanyTx): Promise<readonly DayOff[]> {
  const rows = await tx.query<DayOffRow>(
    `select key, scope, off_on, status, source, announced_on, supersedes, is_mourning, is_eid, is_movable from days_off where company_id = $1 order by id`,
    [tx.companyId],
  );
  return rows.map(({ offOn, isMourning, isEid, isMovable, ...row }) => ({
    ...row,
    on: offOn,
    ...(isMourning === null ? {} : { isMourning }),
    ...(isEid === null ? {} : { isEid }),
    ...(isMovable === null ? {} : { isMovable }),
  }));
}

/** Records rows after all that are there, in the order given. */
export async function recordDaysOff(tx: CompanyTx, rows: readonly DayOff[], createdBy: UserId | null): Promise<void> {
  await bulkInsert(tx, {
    table: 'days_off',
    columns: [
      'key',
      'scope',
      'off_on',
      'status',
      'source',
      'announced_on',
      'supersedes',
      'is_mourning',
      'is_eid',
      'is_movable',
      'created_by',
    ],
    rows: rows.map((row) => [
      row.key,
      row.scope,
      row.on,
      row.status,
      row.source,
      row.announcedOn,
      row.supersedes,
      row.isMourning ?? null,
      row.isEid ?? null,
      row.isMovable ?? null,
      createdBy,
    ]),
  });
}
