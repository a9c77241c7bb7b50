import type { Instant } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface HistoryRow {
  readonly id: number;
  readonly businessAt: Instant;
  readonly actorKind: 'USER' | 'DAEMON' | 'SYSTEM';
  readonly login: string | null;
  readonly verb: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string | null;
}

/** What happened to one record, oldest first. */
export const historyOf = (tx: CompanyTx, objectKind: string, objectId: number): Promise<readonly HistoryRow[]> =>
  tx.query<HistoryRow>(
    `select a.id, a.business_at, a.actor_kind, u.login, a.verb, a.from_state, a.to_state, a.reason
       from audit_logs a
       left join users u on u.company_id = $1 and u.id = a.actor_user_id
      where a.company_id = $1 and a.object_kind = $2 and a.object_id = $3
      order by a.id`,
    [tx.companyId, objectKind, objectId],
  );
