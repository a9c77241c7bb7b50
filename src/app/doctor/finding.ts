/** One thing `wafa doctor` looked at. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** A `fault` keeps something from working; a `warning` is worth a look. */
  readonly state: 'ok' | 'warning' | 'fault';
  readonly found: string;
  /** What follows from it; null where all is well. */
  readonly meaning: string | null;
  readonly tryThis: string | null;
}

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found, meaning: null, tryThis: null });

interface Trouble {
  readonly found: string;
  readonly meaning: string;
  readonly tryThis: string;
}

export const warning = (check: string, trouble: Trouble): Finding => ({ check, state: 'warning', ...trouble });

export const fault = (check: string, trouble: Trouble): Finding => ({ check, state: 'fault', ...trouble });
