/** The only way mail on request changes its status: legal by the table, guarded by status and fence, with one audit event. */
import type { Act } from '../act.ts';
import type { Canonical } from '../../domain/canonical-json.ts';
import { assert } from '../../domain/operator-error.ts';
import { mayMoveRequested } from '../../domain/requested-mail.ts';
import { moveRequestedMail, type RequestedMove } from '../../store/sql/requested/requested-mails.ts';

export type RequestedTransition = Omit<RequestedMove, 'at'> & {
  /** For the audit: a code, never a name or an address. */
  readonly code: string;
  readonly detail?: Readonly<Record<string, Canonical>>;
};

/** False when somebody else was faster, in which case nothing changed and nothing is recorded. */
export async function moveRequested({ tx, now, record }: Act, { code, detail, ...move }: RequestedTransition): Promise<boolean> {
  const { id, from, to, fence } = move;
  assert(mayMoveRequested(from, to), `mail on request may not go from ${from} to ${to}`);
  if (!(await moveRequestedMail(tx, { ...move, at: now }))) return false;
  record({
    objectKind: 'requested-mail',
    objectId: id,
    fromState: from,
    toState: to,
    reason: code,
    detail: { ...detail, ...(fence === null ? {} : { fence }) },
  });
  return true;
}
