import type { ReminderId, UserId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** Users who shaped a reminder by hand (composed, escalated, edited it): they may not be its only approver at FINAL. */
export async function shapersOf(tx: CompanyTx, id: ReminderId): Promise<readonly UserId[]> {
  const rows = await tx.query<{ readonly actorUserId: UserId }>(
    `select distinct actor_user_id from audit_logs
      where company_id = $1 and object_kind = 'reminder' and object_id = $2 and actor_user_id is not null
        and verb in ('remind', 'escalate', 'deescalate', 'edit')`,
    [tx.companyId, id],
  );
  return rows.map((row) => row.actorUserId);
}
