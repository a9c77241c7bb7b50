/**
 * How many mails may go now, evenly over time: each takes its share of a minute, and at most half a second's worth goes at once. Pure; one
 * stored instant says when the next share begins, so any number of senders keep one rate between them.
 */
import type { Instant } from './days.ts';

export interface Rate {
  readonly perMinute: number;
  /** When the next mail may go; in the past when none went lately. */
  readonly nextFreeAt: Instant;
  readonly now: Instant;
}

/** `nextFreeAt` after `wanted` mails at most; `granted` may be none. */
export function grant({ perMinute, nextFreeAt, now }: Rate, wanted: number): { readonly granted: number; readonly nextFreeAt: Instant } {
  const shareMs = 60_000 / perMinute;
  const atOnce = Math.max(1, Math.floor(perMinute / 120));
  const nowMs = now.epochMilliseconds;
  const fromMs = Math.max(nextFreeAt.epochMilliseconds, nowMs - (atOnce - 1) * shareMs);
  const free = fromMs > nowMs ? 0 : Math.floor((nowMs - fromMs) / shareMs) + 1;
  const granted = Math.min(wanted, free);
  return granted === 0
    ? { granted, nextFreeAt }
    : { granted, nextFreeAt: Temporal.Instant.fromEpochMilliseconds(Math.ceil(fromMs + granted * shareMs)) };
}
