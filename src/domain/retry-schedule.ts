/**
 * When a reminder that a server definitely did not take is tried again: 5 min, 15 min, 1 h, 4 h, then every 12 h, ±20 %, for three days.
 * Sooner would hammer a greylisting server; longer would deliver a reminder about a balance nobody has any more.
 */
import type { Instant } from './days.ts';

const DELAY_MINUTES = [5, 15, 60, 240] as const;
const LATER_MINUTES = 720;
const GIVE_UP_AFTER_HOURS = 72;
const JITTER = 0.2;

export interface RetryQuestion {
  /** Attempts made so far, the one that just failed included: at least 1. */
  readonly attempts: number;
  readonly firstAt: Instant;
  readonly now: Instant;
  /** In [0, 1): spreads retries so that a relay that comes back is not met by everybody at once. */
  readonly random: number;
}

export type Retry = { readonly kind: 'again'; readonly at: Instant } | { readonly kind: 'give-up' };

export function retryDelay({ attempts, firstAt, now, random }: RetryQuestion): Retry {
  const minutes = DELAY_MINUTES[attempts - 1] ?? LATER_MINUTES;
  const jittered = Math.round(minutes * 60 * (1 + JITTER * (2 * random - 1)));
  const at = now.add({ seconds: jittered });
  const lastAt = firstAt.add({ hours: GIVE_UP_AFTER_HOURS });
  return Temporal.Instant.compare(at, lastAt) > 0 ? { kind: 'give-up' } : { kind: 'again', at };
}
