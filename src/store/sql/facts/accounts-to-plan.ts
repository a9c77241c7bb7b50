import type { Day } from '../../../domain/days.ts';
import type { CustomerId, PolicyVersionId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

export interface AccountToPlan {
  readonly id: CustomerId;
  /** Version of the facts about to be read; stored with the decision, so that a later fact is noticed. */
  readonly factsVersion: number;
  /** Hash of the reason last stored, or `null` when the account was never planned. */
  readonly lastReasonHash: string | null;
}

export interface AccountsToPlan {
  readonly afterId: CustomerId | 0;
  readonly limit: number;
  readonly asOn: Day;
  readonly policyVersionId: PolicyVersionId;
  readonly companyFactsVersion: number;
  /** All accounts, moved or not. */
  readonly isEvery: boolean;
}

/**
 * The next accounts, in id order, whose last decision rests on other facts, another policy or another day: none when nothing moved.
 * Branches are not accounts; they are read with their bill-to customer.
 */
export const accountsToPlan = (tx: CompanyTx, wanted: AccountsToPlan): Promise<readonly AccountToPlan[]> =>
  tx.query<AccountToPlan>(
    `select c.id, c.facts_version, p.reason_hash as last_reason_hash
       from customers c
       left join account_plans p on p.company_id = c.company_id and p.id = c.id
      where c.company_id = $1 and c.bill_to_id is null and c.id > $2
        and ($7 or p.id is null or p.facts_version <> c.facts_version or p.planned_on <> $3
             or p.policy_version_id <> $4 or p.company_facts_version <> $5)
      order by c.id
      limit $6`,
    [tx.companyId, wanted.afterId, wanted.asOn, wanted.policyVersionId, wanted.companyFactsVersion, wanted.limit, wanted.isEvery],
  );
