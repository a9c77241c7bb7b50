/** The console on Ink: one line of text per line of the terminal, drawn from the state. All keys, rules and layout are elsewhere. */
import { Box, Text, useApp } from 'ink';
import { memo, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';

import type { Brush } from '../paint/brush.ts';
import { frameLines } from '../paint/frame.ts';
import { ansiLine } from '../paint/theme.ts';
import type { ConsoleRuntime } from '../runtime/console-runtime.ts';

export interface ConsoleAppProps {
  readonly runtime: ConsoleRuntime;
  readonly brush: Brush;
  /** Told how the terminal is left to another program for a while. */
  readonly onSuspender?: (suspend: (work: () => Promise<void>) => Promise<void>) => void;
}

export function ConsoleApp({ runtime, brush, onSuspender }: ConsoleAppProps): ReactNode {
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => onSuspender?.(suspendTerminal), [onSuspender, suspendTerminal]);
  const state = useSyncExternalStore(runtime.subscribe, runtime.state);
  // Whoever waits to be agreed with counts from the moment the question was drawn.
  useLayoutEffect(() => {
    const fresh = state.overlays.filter((overlay) => 'paintedAtMs' in overlay && overlay.paintedAtMs === null).map(({ id }) => id);
    if (fresh.length > 0) runtime.dispatch({ kind: 'painted', overlayIds: fresh, atMs: runtime.nowMs() });
  }, [state.overlays, runtime]);
  const lines = frameLines(state, brush, runtime.nowMs());
  return (
    <Box flexDirection="column" width="100%" height={state.size.rows}>
      {lines.map((line, at) => (
        // A line has no identity but its place on the screen.
        <Row key={at} text={ansiLine(line, state.theme)} />
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
