/**
 * Suppresses the addresses of a file. One that was suppressed for the same reason before, even if somebody lifted that, is left as it is:
 * a list that is exported again does not know what people decided since. A complaint after another reason is news.
 */
import type { Act } from '../act.ts';
import type { FactFaults } from './fact-faults.ts';
import { suppressIn, type Suppression } from '../suppress-address.ts';
import type { SuppressionRecord } from '../../intake/ledger-records.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import { pastSuppressions } from '../../store/sql/import-facts.ts';
import { accountsAtAddress } from '../../store/sql/suppressions.ts';

export async function applySuppressions(
  context: Act,
  suppressions: readonly SuppressionRecord[],
  faults: FactFaults,
): Promise<readonly Suppression[]> {
  if (suppressions.length === 0) return [];
  const { tx } = context;
  const past = await pastSuppressions(
    tx,
    suppressions.map(({ address }) => address),
  );
  const known = new Set(past.map(({ address, reason }) => `${address} ${reason}`));
  const fresh = suppressions.filter(({ address, why }) => !known.has(`${address.toLowerCase()} ${why}`));
  const accounts = new Set<Awaited<ReturnType<typeof accountsAtAddress>>[number]>();
  for (const { address } of fresh) for (const account of await accountsAtAddress(tx, address)) accounts.add(account);
  // All at once, in the order everybody takes them: each address locks its own again.
  await holdAccounts(tx, [...accounts]);
  const done: Suppression[] = [];
  for (const { source, address, why, reason, untilOn } of fresh) {
    const request = { address, why, reason, ...(untilOn === null ? {} : { until: untilOn }) };
    const suppression = await faults.attempt(context, source, (own) => suppressIn(own, request));
    if (suppression) done.push(suppression);
  }
  return done;
}
