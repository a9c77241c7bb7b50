/** Keeps a console open, drawn or spoken, until the operator leaves or something else ends it. What runs beside its face runs as long as this. */
import { followPulse } from './runtime/follow-pulse.ts';
import type { ConsoleRuntime } from './runtime/console-runtime.ts';
import type { Ending, EndingSignal } from './terminal/follow-ending.ts';
import type { Session } from '../app/session.ts';

const TICK_MS = 1_000;

export interface Staying {
  readonly stdin: NodeJS.ReadStream;
  readonly runtime: ConsoleRuntime;
  readonly session: () => Promise<Session>;
  readonly ending: Ending;
  /** Settled when the operator leaves, or when it can never open. */
  readonly left: Promise<void>;
  /** Once a second: what reads differently just because time went by. */
  readonly onTick?: () => void;
}

/** @returns the signal that ended it; null when the operator left. The terminal has been given back by then. */
export async function stayUntilLeft({ stdin, runtime, session, ending, left, onTick }: Staying): Promise<EndingSignal | null> {
  const clockMs = (): number => runtime.nowMs();
  runtime.dispatch({ kind: 'opened' });
  const stopPulse = followPulse({ session, dispatch: runtime.dispatch, clockMs });
  const ticking = setInterval(() => {
    runtime.dispatch({ kind: 'tick', atMs: clockMs() });
    onTick?.();
  }, TICK_MS);
  // A terminal that was closed takes no more keys.
  stdin.once('error', ending.hungUp).once('end', ending.hungUp);
  try {
    await left;
    return ending.signal();
  } finally {
    ending.stop();
    stdin.off('error', ending.hungUp).off('end', ending.hungUp);
    clearInterval(ticking);
    stopPulse();
  }
}
