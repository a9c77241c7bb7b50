/** Draws with Ink: one line of text per line of the terminal, of which only what has changed is sent. Keys, rules and layout are elsewhere. */
import { PassThrough } from 'node:stream';
import { Box, render, Text, useApp } from 'ink';
import { memo, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';

import type { Painter } from '../picture/painter.ts';
import { CLEAR_SCREEN, CURSOR_HOME } from '../terminal/terminal-modes.ts';

export interface InkPainter extends Painter {
  /** Takes Ink off the terminal again. */
  end(): void;
}

/** The lines outside of React, so that drawing waits for no render. */
class Shown {
  /** Given by Ink once it draws. */
  suspend: Painter['suspend'] = (work) => work();
  #lines: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  readonly lines = (): readonly string[] => this.#lines;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(lines: readonly string[]): void {
    this.#lines = lines;
    this.#listeners.forEach((listener) => listener());
  }
}

/** @param onFault told when Ink cannot go on. */
export function inkPainter(stdout: NodeJS.WriteStream, lines: readonly string[], onFault: (error: unknown) => void): InkPainter {
  const shown = new Shown();
  shown.show(lines);
  // Over the picture that is there.
  stdout.write(CURSOR_HOME);
  const app = render(<Lines shown={shown} />, {
    stdout,
    // Keys are read and cut apart by ourselves.
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    interactive: true,
    maxFps: 60,
  });
  app.waitUntilExit().catch(onFault);
  return {
    draw: (fresh) => shown.show(fresh),
    repaint: (fresh) => {
      stdout.write(CLEAR_SCREEN);
      app.clear();
      shown.show([...fresh]);
    },
    suspend: (work) => shown.suspend(work),
    end: () => app.unmount(),
  };
}

function Lines({ shown }: { readonly shown: Shown }): ReactNode {
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => {
    shown.suspend = suspendTerminal;
  }, [shown, suspendTerminal]);
  const lines = useSyncExternalStore(shown.subscribe, shown.lines);
  return (
    <Box flexDirection="column" width="100%" height={lines.length}>
      {lines.map((text, at) => (
        // A line has no identity but its place on the screen.
        <Row key={at} text={text} />
      ))}
    </Box>
  );
}

/** Never squeezed and never wrapped: two customers on one line would be a wrong customer. */
const Row = memo(({ text }: { readonly text: string }) => (
  <Box height={1} flexShrink={0}>
    <Text wrap="truncate">{text}</Text>
  </Box>
));
