/** Runs a round of the daemon: what an operator or the world can mend is logged and tried again; a fault of ours ends the daemon. */
import { OperatorError } from '../domain/operator-error.ts';
import type { Log } from './logger.ts';
import type { Waker } from './waker.ts';

export interface Round {
  readonly pauseMs: number;
  /** What may end the pause early. */
  readonly waker?: Waker;
}

/** A database that is starting needs seconds; sooner would only fill the log. */
const AFTER_TROUBLE_MS = 5_000;

/** @throws whatever is a fault of ours, and `database.newer`, after which this program may not go on. */
export async function forgivingRound(round: () => Promise<Round>, log: Log): Promise<Round> {
  try {
    return await round();
  } catch (error) {
    const code = codeOf(error);
    if (code === null || code === 'database.newer') throw error;
    log('warn', 'trouble', { code });
    return { pauseMs: AFTER_TROUBLE_MS };
  }
}

/** A commit whose answer was lost is the database's trouble, too: whoever did it has read before doing anything twice. */
function codeOf(error: unknown): string | null {
  if (error instanceof OperatorError) return error.code;
  return error instanceof Error && error.name === 'CommitUnknownError' ? 'database.commit-unknown' : null;
}
