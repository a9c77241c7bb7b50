/**
 * Business time: decides overdue, windows, intervals and schedules. It is the database's `now()`, or an override that starts at
 * a given instant and runs on. Leases, heartbeats and rate tokens never ask this clock.
 */
import type { Instant } from '../domain/days.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import type { Sql } from '../store/connection/sql.ts';

export interface BusinessClock {
  readonly isOverridden: boolean;
  now(sql: Sql): Promise<Instant>;
}

export const databaseClock: BusinessClock = { isOverridden: false, now: databaseNow };

/** Business time that was `startAt` when this was called and has run on since, by the machine's monotonic clock. */
export function clockStartingAt(startAt: Instant): BusinessClock {
  const startedMs = performance.now();
  return {
    isOverridden: true,
    now: async () => startAt.add({ milliseconds: Math.floor(performance.now() - startedMs) }),
  };
}
