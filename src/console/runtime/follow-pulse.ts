/** Asks twice a second whether anything has happened, and says when the database cannot be reached. */
import type { ConsoleEvent } from '../state/event.ts';
import type { Pulse } from '../../app/read-pulse.ts';
import type { Session } from '../../app/session.ts';

/** Others' changes must show within a second. In milliseconds. */
const PULSE_MS = 500;
/** A database that is away is asked more and more seldom, up to this. */
const LONGEST_WAIT_MS = 5_000;

export interface PulseOptions {
  readonly session: () => Promise<Session>;
  readonly dispatch: (event: ConsoleEvent) => void;
  readonly clockMs: () => number;
}

/** @returns a function that stops it. */
export function followPulse({ session, dispatch, clockMs }: PulseOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let failures = 0;
  let last: Pulse | null = null;
  const beat = async (): Promise<void> => {
    try {
      const { readPulse } = await import('../../app/read-pulse.ts');
      const pulse = await readPulse(await session(), last);
      last = pulse;
      failures = 0;
      if (!isStopped) dispatch({ kind: 'pulse', pulse, atMs: clockMs() });
    } catch (error) {
      failures += 1;
      if (!isStopped) dispatch({ kind: 'link-lost', why: error instanceof Error ? error.message : String(error), atMs: clockMs() });
    }
    if (!isStopped) timer = setTimeout(() => void beat(), Math.min(LONGEST_WAIT_MS, PULSE_MS * 2 ** Math.min(failures, 4)));
  };
  void beat();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
