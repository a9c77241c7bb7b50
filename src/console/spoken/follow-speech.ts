/** Writes what is new as lines of text, one announcement per change: no picture, no colour, nothing ever drawn over. */
import { newlySpoken, spokenState } from './spoken-lines-of.ts';
import type { ConsoleRuntime } from '../runtime/console-runtime.ts';
import { safeText } from '../../domain/safe-text.ts';

export interface SpeechOptions {
  readonly runtime: ConsoleRuntime;
  readonly write: (text: string) => void;
}

/** @returns a function that stops it. */
export function followSpeech({ runtime, write }: SpeechOptions): () => void {
  let said: readonly string[] = [];
  let isWaiting = false;
  const speak = (): void => {
    isWaiting = false;
    const lines = spokenState(runtime.state(), runtime.nowMs());
    const fresh = newlySpoken(said, lines);
    said = lines;
    if (fresh.length > 0) write(fresh.map((line) => `${safeText(line)}\r\n`).join(''));
    const unheard = runtime.state().overlays.filter((overlay) => 'paintedAtMs' in overlay && overlay.paintedAtMs === null);
    // A question counts as put when it has been said.
    if (unheard.length > 0) runtime.dispatch({ kind: 'painted', overlayIds: unheard.map(({ id }) => id), atMs: runtime.nowMs() });
  };
  // What several keys of one piece change is said once, at their end.
  const soon = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    setImmediate(speak);
  };
  soon();
  return runtime.subscribe(soon);
}
