/**
 * Keeps the terminal showing the state. However many events come together, one picture is drawn of what they lead to, and none when it would
 * look the same: a console left open costs nothing while nothing happens.
 */
import type { Painter } from './painter.ts';
import type { Brush } from '../paint/brush.ts';
import { frameLines } from '../paint/frame.ts';
import { ansiLine } from '../paint/theme.ts';
import type { ConsoleRuntime } from '../runtime/console-runtime.ts';

export interface PictureOptions {
  readonly runtime: ConsoleRuntime;
  readonly brush: Brush;
  readonly painter: Painter;
}

export interface Picture {
  /** Looks whether something reads differently by now, such as how long ago. */
  look(): void;
  /** Draws with another painter from now on; it begins with the lines that are shown. */
  hand(begin: (lines: readonly string[]) => Painter): void;
  /** Draws everything again in a moment: the terminal may show anything, and may be about to change once more. */
  repaintSoon(): void;
  /** Draws nothing while the work goes on, and everything after it. */
  suspend(work: () => Promise<void>): Promise<void>;
  stop(): void;
}

/** Terminals tell of a resize while it is going on; one whole repaint afterwards heals what was drawn in between. In milliseconds. */
const REPAINT_AFTER_MS = 40;

export function followPicture({ runtime, brush, painter: first }: PictureOptions): Picture {
  let painter = first;
  let shown: readonly string[] = [];
  let waiting: NodeJS.Immediate | undefined;
  let repainting: NodeJS.Timeout | undefined;
  let isSuspended = false;
  const lines = (): readonly string[] => {
    const state = runtime.state();
    return frameLines(state, brush, runtime.nowMs()).map((line) => ansiLine(line, state.theme));
  };
  const draw = (): void => {
    waiting = undefined;
    if (isSuspended) return;
    const fresh = lines();
    if (!isSame(fresh, shown)) painter.draw(fresh);
    shown = fresh;
    tellPainted(runtime);
  };
  const soon = (): void => {
    waiting ??= setImmediate(draw);
  };
  const repaint = (): void => {
    if (isSuspended) return;
    shown = lines();
    painter.repaint(shown);
  };
  const unsubscribe = runtime.subscribe(soon);
  draw();
  return {
    look: soon,
    hand: (begin) => {
      shown = lines();
      painter = begin(shown);
    },
    repaintSoon: () => {
      clearTimeout(repainting);
      repainting = setTimeout(repaint, REPAINT_AFTER_MS);
    },
    suspend: async (work) => {
      isSuspended = true;
      try {
        await painter.suspend(work);
      } finally {
        isSuspended = false;
        repaint();
      }
    },
    stop: () => {
      clearImmediate(waiting);
      clearTimeout(repainting);
      unsubscribe();
    },
  };
}

/** Whoever waits to be agreed with counts from the moment the question was drawn. */
function tellPainted(runtime: ConsoleRuntime): void {
  const fresh = runtime
    .state()
    .overlays.filter((overlay) => 'paintedAtMs' in overlay && overlay.paintedAtMs === null)
    .map(({ id }) => id);
  if (fresh.length > 0) runtime.dispatch({ kind: 'painted', overlayIds: fresh, atMs: runtime.nowMs() });
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((line, at) => line === other[at]);
