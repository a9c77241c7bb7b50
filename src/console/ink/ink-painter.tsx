/** Draws with Ink: one line of text per line of the terminal. Keys, rules and layout are elsewhere. */
import { PassThrough } from 'node:stream';
import { Box, render, Text, useApp } from 'ink';
import { memo, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';

import { linePainter } from '../picture/line-painter.ts';
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

/**
 * Ink draws whole pictures: when it takes over, after a resize, and when another program gives the terminal back. Between them the lines that have changed
 * are written as they are, because Ink takes the whole screen apart for each of them, which costs ten times as much as all the rest of a key.
 * @param onFault told when Ink cannot go on.
 */
export function inkPainter(stdout: NodeJS.WriteStream, lines: readonly string[], onFault: (error: unknown) => void): InkPainter {
  const shown = new Shown();
  shown.show(lines);
  let newest = lines;
  const changes = linePainter(stdout);
  // Over the picture that is there.
  stdout.write(CURSOR_HOME);
  const app = render(<Lines shown={shown} />, {
    stdout: deafToResize(stdout),
    // Keys are read and cut apart by ourselves.
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    interactive: true,
    maxFps: 60,
  });
  app.waitUntilExit().catch(onFault);
  let isInkDrawing = true;
  /** Until what Ink was given last is on the terminal, everything goes through it: two must not write at once. */
  const settled = async (): Promise<void> => {
    isInkDrawing = true;
    let given: readonly string[];
    do {
      given = shown.lines();
      await app.waitUntilRenderFlush();
    } while (given !== shown.lines());
    changes.adopt(given);
    isInkDrawing = false;
  };
  settled().catch(onFault);
  return {
    draw: (fresh) => {
      newest = fresh;
      if (isInkDrawing) shown.show(fresh);
      else changes.draw(fresh);
    },
    repaint: (fresh) => {
      newest = fresh;
      stdout.write(CLEAR_SCREEN);
      app.clear();
      shown.show([...fresh]);
      settled().catch(onFault);
    },
    suspend: async (work) => {
      // Ink draws what it knows when it comes back.
      shown.show(newest);
      await settled();
      await shown.suspend(work);
    },
    end: () => app.unmount(),
  };
}

/** Ink would draw at once what it was given last; whoever gives it pictures hears of a resize as well, and repaints. */
function deafToResize(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const deaf: NodeJS.WriteStream = new Proxy(stdout, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        if (given[0] === 'resize' && name !== 'write') return deaf;
        return Reflect.apply(member, target, given) as unknown;
      };
    },
  });
  return deaf;
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
