/**
 * The only way a reminder changes state: legal by the table, guarded by the state, version or fence the mover saw, with one audit
 * event in the same transaction.
 */
import type { Act } from './act.ts';
import type { ReminderId } from '../domain/ids.ts';
import { assert } from '../domain/operator-error.ts';
import type { Canonical } from '../domain/canonical-json.ts';
import { mayMove } from '../domain/reminder-states.ts';
import type { DeliveryStatus } from '../domain/vocabulary.ts';
import { moveReminder, type ReminderChange } from '../store/sql/reminders/move-reminder.ts';

export interface Transition {
  readonly id: ReminderId;
  readonly from: DeliveryStatus;
  readonly to: DeliveryStatus;
  /** What guards the move: the version a person saw, or the fence a worker holds. */
  readonly guard: { readonly version: number } | { readonly fence: number };
  readonly change?: ReminderChange;
  /** A code or the operator's words, for the audit. */
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, Canonical>>;
}

/** True when moved; false when somebody else was faster, in which case nothing changed and nothing is recorded. */
export async function transition(act: Act, wanted: Transition): Promise<boolean> {
  const { id, from, to, guard } = wanted;
  assert(mayMove(from, to), `a reminder may not go from ${from} to ${to}`);
  const moved = await moveReminder(act.tx, {
    id,
    from,
    to,
    version: 'version' in guard ? guard.version : null,
    fence: 'fence' in guard ? guard.fence : null,
    at: act.now,
    change: wanted.change ?? {},
  });
  if (!moved) return false;
  act.record({
    objectKind: 'reminder',
    objectId: id,
    fromState: from,
    toState: to,
    ...(wanted.reason === undefined ? {} : { reason: wanted.reason }),
    detail: { ...wanted.detail, ...('fence' in guard ? { fence: guard.fence } : { version: guard.version }) },
  });
  return true;
}
