/** Loads Ink when the first data is on the screen, or cannot be: until then it would only stand in its way. */
import type { Picture } from './follow-picture.ts';
import type { ConsoleRuntime } from '../runtime/console-runtime.ts';

export interface HandToInk {
  readonly picture: Picture;
  readonly runtime: ConsoleRuntime;
  readonly stdout: NodeJS.WriteStream;
  readonly failed: (error: unknown) => void;
}

/** @returns how Ink is taken off the terminal again, whether it has come yet or not. */
export function handToInk({ picture, runtime, stdout, failed }: HandToInk): { end(): void } {
  let end = (): void => undefined;
  let hasEnded = false;
  const load = async (): Promise<void> => {
    const { inkPainter } = await import('../ink/ink-painter.tsx');
    if (hasEnded) return;
    picture.hand((lines) => {
      const painter = inkPainter(stdout, lines, failed);
      end = painter.end;
      return painter;
    });
  };
  const unsubscribe = runtime.subscribe(() => {
    const { screens, link } = runtime.state();
    if (link.kind !== 'lost' && (screens.at(-1)?.answered ?? null) === null) return;
    unsubscribe();
    // After the picture that shows it.
    setImmediate(() => setImmediate(() => void load().catch(failed)));
  });
  return {
    end: () => {
      hasEnded = true;
      unsubscribe();
      end();
    },
  };
}
