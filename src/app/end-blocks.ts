/**
 * Lets blocks end by themselves before a day is planned: promises kept or broken, cheques cleared, holds on items expired. Each end is an
 * event, and the accounts concerned are looked at anew.
 */
import type { Act } from './act.ts';
import type { Day } from '../domain/days.ts';
import { holdAccounts, raiseFactsVersions } from '../store/sql/account-lock.ts';
import { accountsOfEndingBlocks, settleBlocks } from '../store/sql/settle-blocks.ts';

export async function endBlocks(context: Act, asOn: Day): Promise<void> {
  const { tx, now } = context;
  const accounts = await accountsOfEndingBlocks(tx, asOn);
  if (accounts.length === 0) return;
  await holdAccounts(tx, accounts);
  for (const { id, kind, outcome } of await settleBlocks(tx, accounts, asOn, now)) {
    context.record({ objectKind: 'block', objectId: id, toState: outcome, reason: 'ended by itself', detail: { kind, asOn } });
  }
  await raiseFactsVersions(tx, accounts);
}
