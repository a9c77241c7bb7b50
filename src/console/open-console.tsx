/**
 * Opens the console on the terminal and stays until the operator leaves. The terminal is given back as it was whatever ends it: a key, a
 * signal, a fault of ours.
 */
import { PassThrough } from 'node:stream';
import { render } from 'ink';

import { ConsoleApp } from './ink/console-app.tsx';
import { openDesk, type ConsoleOptions } from './open-desk.ts';
import { readKeys } from './input/read-keys.ts';
import { Brush } from './paint/brush.ts';
import { followPulse } from './runtime/follow-pulse.ts';
import { consoleFilePath, openConsoleFile } from './terminal/console-file.ts';
import { followEnding, type EndingSignal } from './terminal/follow-ending.ts';
import { handOver } from './terminal/hand-over.ts';
import { showInEditor, showInPager } from './terminal/other-programs.ts';
import { shownText, storedText } from './text/page-text.ts';
import { bidiFrom, symbolsFrom, wantsSpeech } from './terminal/capabilities.ts';
import { CLEAR_SCREEN, clipboardSequence, ENTER_MODES, LEAVE_MODES } from './terminal/terminal-modes.ts';

/** Terminals tell of a resize while it is going on; one whole repaint afterwards heals what was drawn in between. In milliseconds. */
const REPAINT_AFTER_MS = 40;
const TICK_MS = 1_000;

/** @returns the signal that ended it; null when the operator left. */
export async function openConsole(options: ConsoleOptions): Promise<EndingSignal | null> {
  if (options.isSpoken || wantsSpeech(options.env) || openConsoleFile(consoleFilePath(options.env)).isSpoken) {
    const { openSpokenConsole } = await import('./open-spoken-console.ts');
    return await openSpokenConsole(options);
  }
  const { stdin, stdout, env } = options;
  const clockMs = (): number => performance.now();
  const brush = new Brush({ bidi: bidiFrom(env), symbols: symbolsFrom(env) });
  const { runtime, session } = openDesk(options, {
    clockMs,
    size: { columns: stdout.columns, rows: stdout.rows },
    handOver: (work) => handedOver(work),
    terminal: {
      copy: (text) => stdout.write(clipboardSequence(text)),
      repaint: () => repaintSoon(),
      leave: () => app.unmount(),
      showOutside: (program, title, page) =>
        handedOver(() =>
          program === 'pager'
            ? showInPager(shownText(page, brush, stdout.columns), env)
            : showInEditor(storedText(page), `${title.replace(/[^\w-]+/g, '-')}.txt`, env),
        ),
    },
  });
  let suspend: (work: () => Promise<void>) => Promise<void> = (work) => work();
  const handedOver = <Result,>(work: () => Promise<Result>): Promise<Result> =>
    handOver({ keys, ending, modes: { enter: ENTER_MODES, leave: LEAVE_MODES }, write: (text) => stdout.write(text), suspend }, work);
  const picture = (
    <ConsoleApp
      runtime={runtime}
      brush={brush}
      onSuspender={(suspender) => {
        suspend = suspender;
      }}
    />
  );
  stdout.write(ENTER_MODES);
  const app = render(picture, {
    stdout,
    // Keys are read and cut apart by ourselves.
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    interactive: true,
    maxFps: 60,
  });
  let repainting: NodeJS.Timeout | undefined;
  const repaintSoon = (): void => {
    clearTimeout(repainting);
    repainting = setTimeout(() => {
      stdout.write(CLEAR_SCREEN);
      app.clear();
      app.rerender(picture);
    }, REPAINT_AFTER_MS);
  };
  const resized = (): void => runtime.dispatch({ kind: 'resized', columns: stdout.columns, rows: stdout.rows });
  stdout.on('resize', resized);
  const keys = readKeys(stdin, (key) => runtime.dispatch({ kind: 'key', key, atMs: clockMs() }));
  const stopPulse = followPulse({ session, dispatch: runtime.dispatch, clockMs });
  const ticking = setInterval(() => runtime.dispatch({ kind: 'tick', atMs: clockMs() }), TICK_MS);
  const ending = followEnding({
    leave: () => app.unmount(),
    giveBack: () => {
      app.unmount();
      keys.stop();
      stdout.write(LEAVE_MODES);
    },
  });
  // A terminal that was closed takes no more keys.
  stdin.once('error', ending.hungUp).once('end', ending.hungUp);
  try {
    await app.waitUntilExit();
    return ending.signal();
  } finally {
    ending.stop();
    stdin.off('error', ending.hungUp).off('end', ending.hungUp);
    clearInterval(ticking);
    clearTimeout(repainting);
    stopPulse();
    stdout.off('resize', resized);
  }
}
