/**
 * Gives the terminal back however the console ends. A signal ends it as a key would; a fault of ours gives the terminal back before anybody
 * says a word about it, since what is written on the alternate screen vanishes with it.
 */
const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

export type EndingSignal = (typeof SIGNALS)[number];

export interface EndingHands {
  /** Ends the console in good order. */
  leave(): void;
  /** Restores every mode, at once and without waiting for anything. */
  giveBack(): void;
}

export interface Ending {
  /** What ended it; null for a key. */
  signal(): EndingSignal | null;
  /** The other end of the terminal is gone. */
  readonly hungUp: () => void;
  /** While another program has the terminal, Ctrl+C is that program's. */
  deafTo(signal: EndingSignal | null): void;
  /** Gives the terminal back and listens no more. */
  stop(): void;
}

export function followEnding({ leave, giveBack }: EndingHands): Ending {
  let endedBy: EndingSignal | null = null;
  let isBack = false;
  const giveBackOnce = (): void => {
    if (isBack) return;
    isBack = true;
    giveBack();
  };
  let unheard: EndingSignal | null = null;
  const ended = (signal: EndingSignal): void => {
    if (signal === unheard) return;
    endedBy ??= signal;
    leave();
  };
  const hungUp = (): void => ended('SIGHUP');
  SIGNALS.forEach((signal) => process.on(signal, ended));
  // Before whoever reports the fault and ends the process.
  process.prependListener('uncaughtException', giveBackOnce);
  process.prependListener('unhandledRejection', giveBackOnce);
  process.on('exit', giveBackOnce);
  return {
    signal: () => endedBy,
    hungUp,
    deafTo: (signal) => {
      unheard = signal;
    },
    stop: () => {
      SIGNALS.forEach((signal) => process.off(signal, ended));
      process.off('uncaughtException', giveBackOnce);
      process.off('unhandledRejection', giveBackOnce);
      process.off('exit', giveBackOnce);
      giveBackOnce();
    },
  };
}
