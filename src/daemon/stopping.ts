/** How a daemon is told to stop: gently first, at once when asked again. */
export interface Stopping {
  /** Begin nothing new. */
  readonly stop: AbortSignal;
  /** End what is under way. */
  readonly cutOff: AbortSignal;
  /** Stopped in time. */
  done(): void;
}

/** Mails under way get this long; systemd's `TimeoutStopSec` has to be longer. */
const DRAIN_MS = 30_000;
const SECOND_TIME_MS = 2_000;

/** @param interrupted A person's Ctrl-C. */
export function stopOnSignals(interrupted: AbortSignal | undefined, say: (how: 'stopping' | 'stopping at once') => void): Stopping {
  const stop = new AbortController();
  const cutOff = new AbortController();
  let lastResort: NodeJS.Timeout | undefined;
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      say('stopping');
      stop.abort();
      setTimeout(() => cutOff.abort(), DRAIN_MS).unref();
    } else if (lastResort === undefined) {
      say('stopping at once');
      cutOff.abort();
      // Whatever does not end by then is left to the journal and the sweeper.
      lastResort = setTimeout(() => process.exit(1), SECOND_TIME_MS);
    }
  };
  process.on('SIGTERM', onSignal);
  interrupted?.addEventListener('abort', onSignal, { once: true });
  return {
    stop: stop.signal,
    cutOff: cutOff.signal,
    done: () => {
      clearTimeout(lastResort);
      process.off('SIGTERM', onSignal);
    },
  };
}
