/**
 * Limits inside a verb: what an OPERATOR may do only so far. The limit is judged where the record is locked, so the refusal comes
 * out of the transaction, which takes everything back; that it was tried is then written on its own.
 */
import { act, type Act } from '../act.ts';
import { holdsRole } from '../actor.ts';
import type { Verb } from '../permissions.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';

class BeyondRole extends OperatorError {}

/** @throws OperatorError `permission.needs-approver` unless the actor is an APPROVER. */
export function requireApprover(context: Act, why: string): void {
  if (holdsRole(context.actor, ['APPROVER'])) return;
  throw new BeyondRole({ code: 'permission.needs-approver', kind: 'refused', message: `${why}: it takes an APPROVER.`, tryThis: 'Ask a colleague with that role.' });
}

/** {@link act} for verbs with such limits. */
export async function actWithinLimits<Result>(session: Session, verb: Verb, work: (context: Act) => Promise<Result>): Promise<Result> {
  try {
    return await act(session, verb, work);
  } catch (error) {
    if (error instanceof BeyondRole) {
      await act(session, verb, async (context) => context.record({ objectKind: 'verb', objectId: null, reason: 'refused: needs an approver', detail: { verb } }));
    }
    throw error;
  }
}
