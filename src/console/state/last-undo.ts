/** The last thing done here and how long it can surely be taken back: after an approval, until its undo window ends. Pure. */
import type { ConsoleState, LastUndo } from './console-state.ts';
import type { VerbEnding } from './event.ts';

/** What ended without a way back leaves the one before it; it is still the newest that can be taken back. */
export function undoAfter(state: ConsoleState, { words, undo, undoUntil }: VerbEnding, atMs: number): LastUndo | null {
  if (undo === null) return state.lastUndo;
  const until = undoUntil === null ? null : Temporal.Instant.from(undoUntil);
  return counted({ words: undo, what: words[0] ?? '', until, leftSeconds: until === null ? null : 0 }, state, atMs);
}

/** @returns the same object when nothing has changed, so that nothing is drawn for it. */
export function counted(last: LastUndo | null, { pulse, link }: ConsoleState, atMs: number): LastUndo | null {
  if (last === null || last.until === null || pulse === null || link.kind !== 'live') return last;
  // Business time runs on as ours does.
  const sinceMs = Math.max(0, atMs - link.seenAtMs);
  const leftSeconds = Math.max(0, Math.floor((last.until.epochMilliseconds - pulse.now.epochMilliseconds - sinceMs) / 1_000));
  return leftSeconds === last.leftSeconds ? last : { ...last, leftSeconds };
}

/** Once the window is over it may leave at any moment, and then nothing takes it back. */
export function undoWords({ words, what, leftSeconds }: LastUndo): string {
  const count = words.length - 1;
  const act = `takes back ${what}${count > 1 ? ` of ${count}` : ''}`;
  if (leftSeconds === null) return act;
  if (leftSeconds === 0) return `${act}, unless it is leaving already`;
  return `${act}: ${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')} left`;
}
