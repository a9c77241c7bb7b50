/** The console for a screen reader: the same keys, verbs and state, told in sentences one after the other. Never on the alternate screen. */
import { openDesk, type ConsoleOptions } from './open-desk.ts';
import { readKeys } from './input/read-keys.ts';
import { watchedOpening } from './runtime/watch-opening.ts';
import { followSpeech } from './spoken/follow-speech.ts';
import { stayUntilLeft } from './stay-until-left.ts';
import { followEnding, type EndingSignal } from './terminal/follow-ending.ts';
import { handOver } from './terminal/hand-over.ts';
import { showInEditor, showInPager } from './terminal/other-programs.ts';
import { BRACKETED_PASTE, clipboardSequence } from './terminal/terminal-modes.ts';
import { storedText } from './text/page-text.ts';

/** Pages by so many rows; what is said has no width, so a small window is no hindrance. */
const PAGE = { columns: 200, rows: 30 };

/** @returns the signal that ended it; null when the operator left. */
export async function openSpokenConsole(options: ConsoleOptions): Promise<EndingSignal | null> {
  const { stdin, stdout, env } = options;
  const clockMs = (): number => performance.now();
  const left = Promise.withResolvers<void>();
  const modes = { enter: BRACKETED_PASTE.on, leave: BRACKETED_PASTE.off };
  const handedOver = <Result>(work: () => Promise<Result>): Promise<Result> =>
    handOver({ keys, ending, modes, write: (text) => stdout.write(text), suspend: (quiet) => quiet() }, work);
  const { runtime, session } = openDesk(
    { ...options, session: watchedOpening(options.session, left.reject) },
    {
      clockMs,
      size: PAGE,
      handOver: handedOver,
      terminal: {
        copy: (text) => stdout.write(clipboardSequence(text)),
        repaint: () => undefined,
        leave: left.resolve,
        showOutside: (program, title, page) =>
          handedOver(() =>
            program === 'pager'
              ? showInPager(storedText(page), env)
              : showInEditor(storedText(page), `${title.replace(/[^\w-]+/g, '-')}.txt`, env),
          ),
      },
    },
  );
  stdout.write(modes.enter);
  const keys = readKeys(stdin, (key) => runtime.dispatch({ kind: 'key', key, atMs: clockMs() }));
  const silence = followSpeech({ runtime, write: (text) => stdout.write(text) });
  const ending = followEnding({
    leave: left.resolve,
    giveBack: () => {
      silence();
      keys.stop();
      stdout.write(modes.leave);
    },
  });
  return await stayUntilLeft({ stdin, runtime, session, ending, left: left.promise });
}
