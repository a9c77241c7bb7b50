/** How a pass over mail on request ends: what is under way is finished, and what became of it is written down. */
import { isDatabaseAway } from '../dispatch/database-away.ts';

/** Told to stop, a pass claims nothing more and lets mails under way finish; only one that takes longer than this is cut off. */
const FINISH_WITHIN_MS = 30_000;

export function cutOffAfter(signal: AbortSignal | undefined): AbortSignal {
  const cutOff = new AbortController();
  signal?.addEventListener('abort', () => setTimeout(() => cutOff.abort(), FINISH_WITHIN_MS).unref(), { once: true });
  return cutOff.signal;
}

/** Waits between tries to record an outcome while the database is away: about a minute in all, then the sweeper has to judge. */
const RECORD_AGAIN_AFTER_MS = [200, 1_000, 3_000, 10_000, 20_000, 30_000];

/** Again and again while the database is away; `record` changes nothing the second time. */
export async function recordForSure<Recorded>(record: () => Promise<Recorded>): Promise<Recorded> {
  for (const waitMs of RECORD_AGAIN_AFTER_MS) {
    try {
      return await record();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return await record();
}
