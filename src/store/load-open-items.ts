import type { OpenItem } from '../domain/account-facts.ts';
import type { Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { CompanyTx } from './connection/with-company.ts';
import { cashOnAccount, openDocuments } from './sql/facts/open-items.ts';

/** What is open on the accounts as of a day: the items planning judges, without the rest of its facts. */
export async function loadOpenItems(
  tx: CompanyTx,
  accountIds: readonly CustomerId[],
  asOn: Day,
): Promise<ReadonlyMap<CustomerId, readonly OpenItem[]>> {
  if (accountIds.length === 0) return new Map();
  const documents = await openDocuments(tx, accountIds, asOn);
  const cash = await cashOnAccount(tx, accountIds, asOn);
  return Map.groupBy([...documents, ...cash], ({ accountId }) => accountId);
}
