/** What waits for a person, counted by kind: the one count that the status and the console's Today both show. Reads only. */
import type { Day } from '../domain/days.ts';
import type { UserId } from '../domain/ids.ts';
import { PERSON_TASKS, type PersonTask } from '../domain/person-tasks.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { accountsPastTheLadder } from '../store/sql/plan-runs.ts';
import { accountsWithoutAddress } from '../store/sql/suppressions.ts';
import { countTasks } from '../store/sql/tasks.ts';

export interface TaskCount {
  readonly kind: PersonTask;
  readonly count: number;
  /** Since when the oldest waits; `null` for accounts whose ladder is complete or whose address is no longer good, and when none waits. */
  readonly oldestOn: Day | null;
}

/** Every kind, those with nothing waiting too. */
export async function taskCounts(tx: CompanyTx, owner: UserId | null = null): Promise<readonly TaskCount[]> {
  const found = new Map((await countTasks(tx, owner)).map((row) => [row.kind as string, row]));
  const pastLadder = await accountsPastTheLadder(tx, owner);
  const unreachable = await accountsWithoutAddress(tx, owner);
  return PERSON_TASKS.map((kind) => {
    if (kind === 'LADDER_COMPLETE') return { kind, count: pastLadder, oldestOn: null };
    if (kind === 'NEW_ADDRESS') return { kind, count: unreachable, oldestOn: null };
    return { kind, count: found.get(kind)?.tasks ?? 0, oldestOn: found.get(kind)?.oldestOn ?? null };
  });
}
