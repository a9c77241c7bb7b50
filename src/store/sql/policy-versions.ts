import type { Instant } from '../../domain/days.ts';
import type { PolicyVersionId, UserId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface PolicyVersionRow {
  readonly id: PolicyVersionId;
  readonly number: number;
  readonly document: unknown;
  readonly note: string | null;
  readonly createdBy: UserId | null;
  readonly createdByName: string | null;
  readonly createdAt: Instant;
}

/** Every version, newest first, with who made it. */
export const policyVersions = (tx: CompanyTx): Promise<readonly PolicyVersionRow[]> =>
  tx.query<PolicyVersionRow>(
    `select p.id, p.number, p.document, p.note, p.created_by, u.display_name as created_by_name, p.created_at
       from policy_versions p
       left join users u on u.company_id = p.company_id and u.id = p.created_by
      where p.company_id = $1
      order by p.number desc`,
    [tx.companyId],
  );

/** Stores the next version and puts it in force. Two at once: the second fails on its number and is told to try again. */
export async function putPolicyInForce(
  tx: CompanyTx,
  version: { readonly number: number; readonly document: Policy; readonly note: string | null; readonly createdBy: UserId | null },
): Promise<PolicyVersionId> {
  const row = await tx.one<{ id: PolicyVersionId }>(
    'insert into policy_versions (company_id, number, document, note, created_by) values ($1, $2, $3, $4, $5) returning id',
    [tx.companyId, version.number, JSON.stringify(version.document), version.note, version.createdBy],
  );
  await tx.query(
    `update companies set policy_version_id = $2, version = version + 1, facts_version = facts_version + 1, updated_at = now()
      where company_id = $1`,
    [tx.companyId, row.id],
  );
  return row.id;
}
