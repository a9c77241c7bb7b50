/**
 * The whole picture: bar, title, the screen, the message and the keys, with overlays on top. Always exactly as many lines as the terminal has,
 * each exactly as wide, so that nothing is ever squeezed or wrapped.
 */
import type { Brush } from './brush.ts';
import { footerLine } from './footer.ts';
import type { Line } from './line.ts';
import { overlayLines } from './overlay-lines.ts';
import { barLine } from './status-bar.ts';
import { consoleChords } from '../state/console-keys.ts';
import { undoWords } from '../state/last-undo.ts';
import type { ConsoleState } from '../state/console-state.ts';
import { surroundingsOf } from '../state/surroundings.ts';
import { LEAST_COLUMNS, LEAST_ROWS } from '../state/update.ts';
import { screenNamed } from '../screens/all-screens.ts';

export function frameLines(state: ConsoleState, brush: Brush, atMs: number): readonly Line[] {
  const { columns, rows } = state.size;
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return tooSmall(state, brush);
  const open = state.screens.at(-1);
  if (open === undefined) return filled([], state, brush);
  const screen = screenNamed(open.name);
  const surroundings = surroundingsOf(state, atMs);
  const title = brush.edges(
    [
      brush.piece(screen.digit === null ? ' ' : ` ${screen.digit} `, 'key'),
      brush.piece(screen.title, 'title'),
      brush.piece(`  ${screen.heading(open.state, surroundings)}`, 'muted'),
    ],
    trail(state, brush),
    columns,
  );
  const body =
    open.answered === null && state.link.kind !== 'lost'
      ? [brush.line([brush.piece('  Reading…', 'muted')], columns)]
      : screen.view(open.state, brush, surroundings);
  const inner = Array.from({ length: surroundings.area.rows }, (_, at) => body[at] ?? brush.line([], columns));
  const lines = [barLine(state, brush, atMs), title, ...inner, messageLine(state, brush), footerLine(state, brush, surroundings)];
  return filled(overlayLines(lines, state, brush, atMs), state, brush);
}

/** Where Escape leads: the screens below this one. */
function trail(state: ConsoleState, brush: Brush): readonly ReturnType<Brush['piece']>[] {
  const below = state.screens.slice(0, -1).slice(-2);
  return below.length === 0 ? [] : [brush.piece(`${below.map(({ name }) => screenNamed(name).title).join(' / ')} `, 'muted')];
}

/** What was said at the left, what can be taken back at the right. */
function messageLine({ flash, running, lastUndo, rebound, size: { columns } }: ConsoleState, brush: Brush): Line {
  const said =
    flash !== null
      ? [brush.blank(1), brush.piece(flash.text, flash.tone)]
      : running !== null
        ? [brush.blank(1), brush.piece(`${running.words.join(' ')} …`, 'muted')]
        : [];
  const key = consoleChords(rebound, 'undo')[0];
  if (lastUndo === null || key === undefined) return brush.line(said, columns);
  return brush.edges(said, [brush.piece(key, 'key'), brush.piece(` ${undoWords(lastUndo)} `, 'muted')], columns);
}

function tooSmall({ size: { columns, rows } }: ConsoleState, brush: Brush): readonly Line[] {
  const text = [`Too small: ${columns}×${rows}.`, `Needs ${LEAST_COLUMNS}×${LEAST_ROWS}.`, 'q leaves.'];
  return Array.from({ length: rows }, (_, at) => brush.line([brush.piece(text[at] ?? '')], columns));
}

function filled(lines: readonly Line[], { size: { columns, rows } }: ConsoleState, brush: Brush): readonly Line[] {
  return Array.from({ length: rows }, (_, at) => lines[at] ?? brush.line([], columns));
}
