/**
 * Opens the console on the terminal and stays until the operator leaves. The first picture waits for nothing: neither for the database nor for Ink,
 * which takes over once there is something to look at. The terminal is given back as it was whatever ends it: a key, a signal, a fault of ours.
 */
import { openDesk, type ConsoleOptions } from './open-desk.ts';
import { readKeys } from './input/read-keys.ts';
import { Brush } from './paint/brush.ts';
import { followPicture, type Picture } from './picture/follow-picture.ts';
import { handToInk } from './picture/hand-to-ink.ts';
import { linePainter } from './picture/line-painter.ts';
import { watchedOpening } from './runtime/watch-opening.ts';
import { stayUntilLeft } from './stay-until-left.ts';
import { consoleFilePath, openConsoleFile } from './terminal/console-file.ts';
import { followEnding, type EndingSignal } from './terminal/follow-ending.ts';
import { handOver } from './terminal/hand-over.ts';
import { showInEditor, showInPager } from './terminal/other-programs.ts';
import { shownText, storedText } from './text/page-text.ts';
import { bidiFrom, symbolsFrom, wantsSpeech } from './terminal/capabilities.ts';
import { clipboardSequence, ENTER_MODES, LEAVE_MODES } from './terminal/terminal-modes.ts';

/** @returns the signal that ended it; null when the operator left. */
export async function openConsole(options: ConsoleOptions): Promise<EndingSignal | null> {
  if (options.isSpoken || wantsSpeech(options.env) || openConsoleFile(consoleFilePath(options.env)).isSpoken) {
    const { openSpokenConsole } = await import('./open-spoken-console.ts');
    return await openSpokenConsole(options);
  }
  const { stdin, stdout, env } = options;
  const clockMs = (): number => performance.now();
  const brush = new Brush({ bidi: bidiFrom(env), symbols: symbolsFrom(env) });
  const left = Promise.withResolvers<void>();
  const handedOver = <Result>(work: () => Promise<Result>): Promise<Result> =>
    handOver(
      { keys, ending, modes: { enter: ENTER_MODES, leave: LEAVE_MODES }, write: (text) => stdout.write(text), suspend: picture.suspend },
      work,
    );
  const { runtime, session } = openDesk(
    { ...options, session: watchedOpening(options.session, left.reject) },
    {
      clockMs,
      size: { columns: stdout.columns, rows: stdout.rows },
      handOver: handedOver,
      terminal: {
        copy: (text) => stdout.write(clipboardSequence(text)),
        repaint: () => picture.repaintSoon(),
        leave: left.resolve,
        showOutside: (program, title, page) =>
          handedOver(() =>
            program === 'pager'
              ? showInPager(shownText(page, brush, stdout.columns), env)
              : showInEditor(storedText(page), `${title.replace(/[^\w-]+/g, '-')}.txt`, env),
          ),
      },
    },
  );
  stdout.write(ENTER_MODES);
  const picture: Picture = followPicture({ runtime, brush, painter: linePainter(stdout) });
  const resized = (): void => runtime.dispatch({ kind: 'resized', columns: stdout.columns, rows: stdout.rows });
  stdout.on('resize', resized);
  const keys = readKeys(stdin, (key) => runtime.dispatch({ kind: 'key', key, atMs: clockMs() }));
  const ink = handToInk({ picture, runtime, stdout, failed: left.reject });
  const ending = followEnding({
    leave: left.resolve,
    giveBack: () => {
      picture.stop();
      ink.end();
      keys.stop();
      stdout.write(LEAVE_MODES);
    },
  });
  try {
    return await stayUntilLeft({ stdin, runtime, session, ending, left: left.promise, onTick: picture.look });
  } finally {
    stdout.off('resize', resized);
  }
}
