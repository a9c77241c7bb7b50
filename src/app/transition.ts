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
import { moveFenced, moveReminder, type ReminderChange } from '../store/sql/reminders/move-reminder.ts';

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
  if (moved) recordMove(act, wanted);
  return moved;
}

export type FencedTransition = Transition & { readonly guard: { readonly fence: number } };

/**
 * Moves many reminders a worker holds, in one statement for each kind of move; every one is guarded and audited as by
 * {@link transition}. Gives back the ids that moved.
 */
export async function transitionAll(act: Act, wanted: readonly FencedTransition[]): Promise<ReadonlySet<ReminderId>> {
  const moved = new Set<ReminderId>();
  for (const alike of Map.groupBy(wanted, kindOf).values()) {
    const { from, to } = alike[0] as FencedTransition;
    assert(mayMove(from, to), `a reminder may not go from ${from} to ${to}`);
    const moves = alike.map(({ id, guard, change = {} }) => ({ id, fence: guard.fence, change }));
    const ids = await moveFenced(act.tx, { from, to, at: act.now }, moves);
    for (const one of alike) {
      if (!ids.has(one.id)) continue;
      moved.add(one.id);
      recordMove(act, one);
    }
  }
  return moved;
}

/** Moves of one kind set the same columns. */
const kindOf = ({ from, to, change = {} }: FencedTransition): string => [from, to, ...Object.keys(change).toSorted()].join(' ');

function recordMove(act: Act, { id, from, to, guard, reason, detail }: Transition): void {
  act.record({
    objectKind: 'reminder',
    objectId: id,
    fromState: from,
    toState: to,
    ...(reason === undefined ? {} : { reason }),
    detail: { ...detail, ...('fence' in guard ? { fence: guard.fence } : { version: guard.version }) },
  });
}
