/**
 * Keeps a sender's leases alive by the database's clock, and fences the sender off by its own when that fails: one that could not
 * prolong its leases for a minute no longer begins anything, because somebody else may soon take over.
 */
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { heartbeatLeases } from '../../store/sql/dispatch/claim-due.ts';
import { isDatabaseAway } from './database-away.ts';

/**
 * Ninety seconds: a sender that died is noticed soon, and a living one misses six heartbeats before it is taken for dead. Too short
 * only makes reminders uncertain that the late answer then lifts; it never sends one twice.
 */
export const LEASE_SECONDS = 90;
const HEARTBEAT_MS = 15_000;

/** Thirty seconds before the leases run out, so that what was begun just before still has time. */
const FENCED_AFTER_MS = 60_000;

export interface LeaseKeeper {
  /** False once the leases may be somebody else's: nothing new may be begun. */
  isHeld(): boolean;
  stop(): void;
}

/** `prolong` writes the heartbeat into the table the leases are of: that of reminders, unless it is told otherwise. */
export function keepLeases(session: Session, holder: string, prolong = heartbeatLeases): LeaseKeeper {
  let confirmedMs = performance.now();
  const beat = async (): Promise<void> => {
    const askedMs = performance.now();
    try {
      await act(session, 'send', ({ tx }) => prolong(tx, holder, LEASE_SECONDS), { concludes: true });
      confirmedMs = askedMs;
    } catch (error) {
      // A missed beat is not yet a lost lease.
      if (!isDatabaseAway(error)) throw error;
    }
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_MS);
  return {
    isHeld: () => performance.now() - confirmedMs < FENCED_AFTER_MS,
    stop: () => clearInterval(timer),
  };
}
