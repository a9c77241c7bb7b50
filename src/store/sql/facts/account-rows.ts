import type { Account } from '../../../domain/account-facts.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface AccountRow extends Account {
  readonly factsVersion: number;
  readonly trn: string | null;
}

/** The accounts themselves, in id order. Ids of branches or of other companies are simply not found. */
export const accountRows = (tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<readonly AccountRow[]> =>
  tx.query<AccountRow>(
    `select id, code, name, name_ar, trn, business_type, is_active, collection_status, language, consolidation_preference,
            max_consolidation_amount_minor as max_consolidation_minor,
            preferred_contact_interval as preferred_contact_interval_days,
            grace_days, customer_since_on as customer_since, episode_started_on, calendar_preset, facts_version
       from customers
      where company_id = $1 and id = any($2::bigint[]) and bill_to_id is null
      order by id`,
    [tx.companyId, accountIds],
  );

/** Ids of accounts in order, beginning after one of them. */
export async function accountIdsAfter(tx: CompanyTx, after: CustomerId | null, limit: number): Promise<readonly CustomerId[]> {
  const rows = await tx.query<{ readonly id: CustomerId }>(
    'select id from customers where company_id = $1 and bill_to_id is null and id > $2 order by id limit $3',
    [tx.companyId, after ?? 0, limit],
  );
  return rows.map(({ id }) => id);
}
