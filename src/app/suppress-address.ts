/** Addresses that get no mail, whatever account they belong to. Compared without regard to case, as mail systems do. */
import { act, type Act } from './act.ts';
import { holdsRole, userIdOf } from './actor.ts';
import { moveLiveReminders, type MovedReminder } from './ledger/move-live-reminders.ts';
import { readLine } from './operator-input.ts';
import { conditions } from './people/conditions.ts';
import { refuseOn } from './people/refusals.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import { ADDRESS_FAULTS, checkEmailAddress } from '../domain/email-address.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import type { SuppressionReason } from '../domain/vocabulary.ts';
import { erasedKeyOf } from '../store/sql/privacy/erased-key.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { accountsAtAddress, insertSuppression, liftSuppression, spellingsOf, standingSuppression } from '../store/sql/suppressions.ts';

export interface SuppressionRequest {
  readonly address: string;
  readonly why: Extract<SuppressionReason, 'OPERATOR' | 'WRONG_PERSON' | 'COMPLAINT'>;
  readonly reason: string;
  /** Last day it holds; for good when left out. */
  readonly until?: Day | undefined;
}

export interface Suppression {
  readonly id: number;
  readonly address: string;
  readonly why: SuppressionReason;
  readonly accounts: number;
  readonly reminders: readonly MovedReminder[];
}

/** @throws OperatorError `suppression.*`, `input.bad-text` */
export const suppressAddress = (session: Session, request: SuppressionRequest): Promise<Suppression> =>
  act(session, 'suppress', (context) => suppressIn(context, request));

/** Within an act. @throws OperatorError as {@link suppressAddress}. */
export async function suppressIn(context: Act, request: SuppressionRequest): Promise<Suppression> {
  const { tx, today } = context;
  const address = readAddress(request.address);
  const reason = readLine(request.reason, 'the reason', 500);
  const expiresOn = request.until ?? null;
  if (expiresOn !== null && isBefore(expiresOn, today))
    throw fault('in-past', `It cannot end on ${expiresOn.toString()}: today is ${today.toString()}.`, 'Give a later day.');
  const accounts = await accountsAtAddress(tx, address);
  await lockAccounts(tx, accounts);
  // Every spelling the contacts have: the rules look an address up as it stands there.
  const spellings = await spellingsOf(tx, address);
  const standing = await standingSuppression(tx, spellings);
  if (standing) throw fault('exists', `Nothing is sent to ${safeText(address)} already (${standing.reason}).`, 'Nothing needs doing.');
  let id = 0;
  for (const spelling of spellings) {
    id = await insertSuppression(tx, {
      address: spelling,
      reason: request.why,
      evidence: reason,
      expiresOn,
      createdBy: userIdOf(context.actor),
    });
  }
  return await recorded(context, { id, address, why: request.why, accounts, toState: 'SUPPRESSED', reason });
}

/** @throws OperatorError `suppression.unknown|erased`, `permission.needs-approver`, `input.bad-text` */
export const unsuppressAddress = (
  session: Session,
  { address: text, reason: why }: { readonly address: string; readonly reason: string },
): Promise<Suppression> =>
  act(session, 'unsuppress', async (context) => {
    const { tx, now } = context;
    const address = readAddress(text);
    const reason = readLine(why, 'the reason', 500);
    const accounts = await accountsAtAddress(tx, address);
    await lockAccounts(tx, accounts);
    const spellings = await spellingsOf(tx, address);
    const standing = await standingSuppression(tx, [...spellings, await erasedKeyOf(tx, address)]);
    if (!standing) throw fault('unknown', `${safeText(address)} is not suppressed.`, 'Nothing needs doing.');
    if (standing.reason === 'ERASED')
      throw fault('erased', 'That address was erased on demand and stays so.', 'Ask the person for another one.');
    const objection = conditions.ownSuppressionLifted.judge({
      isApprover: holdsRole(context.actor, ['APPROVER']),
      reason: standing.reason,
    });
    refuseOn(objection, 'permission.needs-approver', { objectKind: 'verb', objectId: null });
    await liftSuppression(tx, spellings, { at: now, by: userIdOf(context.actor) });
    return await recorded(context, { id: standing.id, address, why: standing.reason, accounts, toState: 'UNSUPPRESSED', reason });
  });

async function recorded(
  context: Act,
  done: {
    readonly id: number;
    readonly address: string;
    readonly why: SuppressionReason;
    readonly accounts: Awaited<ReturnType<typeof accountsAtAddress>>;
    readonly toState: string;
    readonly reason: string;
  },
): Promise<Suppression> {
  const { id, address, why, accounts, toState } = done;
  context.record({ objectKind: 'suppression', objectId: id, toState, detail: { why, accountIds: [...accounts] } });
  return { id, address, why, accounts: accounts.length, reminders: await moveLiveReminders(context, accounts) };
}

function readAddress(text: string): string {
  const check = checkEmailAddress(text);
  if (check.ok) return check.address;
  throw fault(
    'bad-address',
    `The address ${JSON.stringify(safeText(text.slice(0, 60)))} ${ADDRESS_FAULTS[check.why]}.`,
    'Give one plain address.',
  );
}

const fault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({
    code: `suppression.${what}`,
    kind: what === 'exists' || what === 'unknown' ? 'nothing-to-do' : 'usage',
    message,
    tryThis,
  });
