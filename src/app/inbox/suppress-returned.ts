/** An address that mail came back from, or whose owner complained, gets nothing more: at once, in every spelling, with its reason. */
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { moveLiveReminders } from '../ledger/move-live-reminders.ts';
import type { Day } from '../../domain/days.ts';
import type { SuppressionReason } from '../../domain/vocabulary.ts';
import { raiseFactsVersions } from '../../store/sql/account-lock.ts';
import { accountsAtAddress, insertSuppression, spellingsOf, standingSuppression } from '../../store/sql/suppressions.ts';

export interface ReturnedAddress {
  readonly address: string;
  readonly why: Extract<SuppressionReason, 'HARD_BOUNCE' | 'COMPLAINT'>;
  /** One line, safe to show. */
  readonly evidence: string;
  /** Last day it holds; `null`: until somebody lifts it. */
  readonly expiresOn: Day | null;
}

/** Under the locks of every account at the address. Suppressed already: nothing changes. */
export async function suppressReturned(context: Act, { address, why, evidence, expiresOn }: ReturnedAddress): Promise<void> {
  const { tx } = context;
  const spellings = await spellingsOf(tx, address);
  if (await standingSuppression(tx, spellings)) return;
  const accounts = await accountsAtAddress(tx, address);
  let id = 0;
  for (const spelling of spellings)
    id = await insertSuppression(tx, { address: spelling, reason: why, evidence, expiresOn, createdBy: userIdOf(context.actor) });
  context.record({ objectKind: 'suppression', objectId: id, toState: 'SUPPRESSED', detail: { why, accountIds: [...accounts] } });
  await raiseFactsVersions(tx, accounts);
  await moveLiveReminders(context, accounts);
}
