/**
 * Opens the console on the terminal and stays until the operator leaves. The terminal is given back as it was whatever ends it: a key, a
 * signal, a fault of ours.
 */
import { PassThrough } from 'node:stream';
import { render } from 'ink';

import { ConsoleApp } from './ink/console-app.tsx';
import { readKeys } from './input/read-keys.ts';
import { Brush } from './paint/brush.ts';
import { ConsoleSession } from './runtime/console-session.ts';
import { ConsoleRuntime } from './runtime/console-runtime.ts';
import { followPulse } from './runtime/follow-pulse.ts';
import { followEnding, type EndingSignal } from './terminal/follow-ending.ts';
import { handOver } from './terminal/hand-over.ts';
import { showInEditor, showInPager } from './terminal/other-programs.ts';
import { shownText, storedText } from './text/page-text.ts';
import { VerbRunner } from './runtime/verb-runner.ts';
import { beginning } from './state/begin.ts';
import { bidiFrom, symbolsFrom, themeFrom } from './terminal/capabilities.ts';
import { CLEAR_SCREEN, clipboardSequence, ENTER_MODES, LEAVE_MODES } from './terminal/terminal-modes.ts';
import type { CommandRegistry } from '../app/commands/registry.ts';
import type { Installation } from '../app/installation.ts';
import type { Session } from '../app/session.ts';

export interface ConsoleOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly registry: CommandRegistry;
  /** Opened on first use, so that the first picture waits for no database. */
  readonly session: () => Promise<Session>;
  readonly installation: Installation;
  readonly isReadOnly: boolean;
}

/** Terminals tell of a resize while it is going on; one whole repaint afterwards heals what was drawn in between. In milliseconds. */
const REPAINT_AFTER_MS = 40;
const TICK_MS = 1_000;

/** @returns the signal that ended it; null when the operator left. */
export async function openConsole(options: ConsoleOptions): Promise<EndingSignal | null> {
  const { stdin, stdout, env, registry, installation, isReadOnly } = options;
  const companies = new ConsoleSession({
    first: options.session,
    installation,
    isReadOnly,
    onSeveral: (codes) =>
      runtime.dispatch({
        kind: 'flash',
        text: `You work for ${codes.length} companies and named none; C shows them all.`,
        tone: 'notice',
        atMs: clockMs(),
      }),
  });
  const session = companies.current;
  const clockMs = (): number => performance.now();
  const brush = new Brush({ bidi: bidiFrom(env), symbols: symbolsFrom(env) });
  const verbs = new VerbRunner({
    registry,
    session,
    handOver: (work) => handedOver(work),
    say: (line) => runtime.dispatch({ kind: 'flash', text: line, tone: 'muted', atMs: clockMs() }),
    lockedBecause: () => (isReadOnly ? 'this console is read-only' : runtime.state().link.kind === 'lost' ? 'the database is away' : null),
  });
  const runtime: ConsoleRuntime = new ConsoleRuntime({
    state: beginning({
      columns: stdout.columns,
      rows: stdout.rows,
      theme: themeFrom(env),
      isReadOnly,
      rebound: {},
      screens: [
        { name: 'today', about: {} },
        { name: 'queue', about: {} },
      ],
    }),
    session,
    enterCompany: (code) => companies.enter(code),
    verbs,
    clockMs,
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
    handOver({ keys, ending, write: (text) => stdout.write(text), suspend }, work);
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
