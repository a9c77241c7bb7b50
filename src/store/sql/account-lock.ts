/**
 * The account lock. Whoever records a fact about an account takes its row first, and so does the gate before a byte is sent:
 * a fact is therefore either seen by the gate or comes after it, never in between.
 */
import type { CustomerId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

/**
 * Locks the accounts and raises their facts versions, so that planning looks at them again. Rows are taken in id order by
 * everyone: two transactions that need the same accounts wait for each other instead of deadlocking.
 */
export async function lockAccounts(tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<void> {
  await holdAccounts(tx, accountIds);
  await raiseFactsVersions(tx, accountIds);
}

/** Locks without raising: for work that learns only under the lock what has changed. */
export async function holdAccounts(tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.query('select id from customers where company_id = $1 and id = any($2::bigint[]) order by id for no key update', [
    tx.companyId,
    accountIds,
  ]);
}

/**
 * Only under the lock of {@link holdAccounts}. `bill_to_id` is set to itself because a column is computed from it: for an update that
 * none of a table's computed columns depends on, PostgreSQL parses their definitions anew for every row, which took a third of the time.
 */
export async function raiseFactsVersions(tx: CompanyTx, accountIds: readonly CustomerId[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.query(
    `update customers set facts_version = facts_version + 1, updated_at = now(), bill_to_id = bill_to_id
      where company_id = $1 and id = any($2::bigint[])`,
    [tx.companyId, accountIds],
  );
}
