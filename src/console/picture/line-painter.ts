/**
 * Draws by writing each line that has changed at its place; lines are as wide as the terminal, so that nothing has to be erased. Draws the first
 * pictures alone, because loading Ink takes longer than everything else a picture needs, and later whatever is a change of what stands there.
 */
import type { Painter } from './painter.ts';
import { AT_ONCE, CLEAR_SCREEN } from '../terminal/terminal-modes.ts';

export interface LinePainter extends Painter {
  /** These lines stand on the terminal now; somebody else has drawn them. */
  adopt(lines: readonly string[]): void;
}

export function linePainter(stdout: Pick<NodeJS.WriteStream, 'write'>): LinePainter {
  let drawn: readonly string[] = [];
  const draw = (lines: readonly string[]): void => {
    const changed = lines.map((line, at) => (line === drawn[at] ? '' : `\u001B[${at + 1};1H${line}`)).join('');
    drawn = lines;
    if (changed !== '') stdout.write(AT_ONCE.begin + changed + AT_ONCE.end);
  };
  return {
    draw,
    repaint: (lines) => {
      stdout.write(CLEAR_SCREEN);
      drawn = [];
      draw(lines);
    },
    suspend: (work) => work(),
    adopt: (lines) => {
      drawn = lines;
    },
  };
}
