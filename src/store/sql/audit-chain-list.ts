/** A page of audit events for people, the newest first. */
import type { Canonical } from '../../domain/canonical-json.ts';
import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface AuditFilter {
  readonly verb: string | null;
  readonly objectKind: string | null;
  readonly objectId: number | null;
  readonly userId: UserId | null;
  /** Database time. */
  readonly since: Instant | null;
}

export interface AuditListRow {
  readonly id: number;
  readonly recordedAt: Instant;
  readonly businessAt: Instant;
  readonly actorKind: 'USER' | 'DAEMON' | 'SYSTEM';
  readonly login: string | null;
  readonly verb: string;
  readonly objectKind: string;
  readonly objectId: number | null;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly reason: string | null;
  readonly detail: Canonical;
  readonly programVersion: string;
  readonly hash: string;
}

/** @param beforeId the last id of the page before, or null for the newest. */
export const auditPage = (tx: CompanyTx, filter: AuditFilter, limit: number, beforeId: number | null): Promise<readonly AuditListRow[]> =>
  tx.query<AuditListRow>(
    `select a.id, a.recorded_at, a.business_at, a.actor_kind, u.login, a.verb, a.object_kind, a.object_id, a.from_state, a.to_state,
            a.reason, a.detail, a.program_version, a.hash
       from audit_logs a
       left join users u on u.company_id = $1 and u.id = a.actor_user_id
      where a.company_id = $1
        and ($2::text is null or a.verb = $2)
        and ($3::text is null or a.object_kind = $3)
        and ($4::bigint is null or a.object_id = $4)
        and ($5::bigint is null or a.actor_user_id = $5)
        and ($6::timestamptz is null or a.recorded_at >= $6)
        and ($7::bigint is null or a.id < $7)
      order by a.id desc
      limit $8`,
    [tx.companyId, filter.verb, filter.objectKind, filter.objectId, filter.userId, filter.since, beforeId, limit],
  );
