/** Signs of life: when each of the daemon's rounds last came to its end. */
export interface Pulse {
  beat(round: 'dispatch' | 'jobs' | 'presence' | 'inbox'): void;
  /** Rounds that have not ended for too long; empty when all is well. */
  stale(): readonly string[];
}

/** A mail server may take ten minutes over an answer and a large plan a minute, a mailbox of a month its minutes; beyond this a round hangs. */
const LONGEST_MS = { dispatch: 15 * 60_000, jobs: 10 * 60_000, presence: 60_000, inbox: 30 * 60_000 } as const;

export function openPulse(): Pulse {
  const beats = new Map(Object.keys(LONGEST_MS).map((round) => [round, performance.now()]));
  return {
    beat: (round) => void beats.set(round, performance.now()),
    stale: () =>
      Object.entries(LONGEST_MS).flatMap(([round, longest]) => (performance.now() - (beats.get(round) ?? 0) > longest ? [round] : [])),
  };
}
