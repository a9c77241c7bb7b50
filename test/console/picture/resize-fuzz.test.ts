/**
 * Whatever is pressed while the window changes its size, the terminal ends up showing what a fresh console would draw: cell by cell, on a real
 * terminal's model, with Ink sending only what has changed.
 */
import { Console } from 'node:console';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';

import { inkPainter, type InkPainter } from '../../../src/console/ink/ink-painter.tsx';
import { followPicture } from '../../../src/console/picture/follow-picture.ts';
import { linePainter } from '../../../src/console/picture/line-painter.ts';
import type { Painter } from '../../../src/console/picture/painter.ts';
import { frameLines } from '../../../src/console/paint/frame.ts';
import { ansiLine } from '../../../src/console/paint/theme.ts';
import { aReminderRow } from '../a-console.ts';
import { ALiveConsole } from '../a-live-console.ts';
import { ModelTerminal, unicodeBrush } from '../a-picture.ts';

// Ink makes itself a console of its own; the test runner's stand-in cannot.
beforeAll(() => void Object.assign(console, { Console }));

const STEPS = 25;
const KEYS = ['j', 'j', 'j', 'k', 'G', 'g', ' ', '?', '\u001B', ':show', '/', 'a', '1', '2', '\u0010', '\u000C'];
const ROWS = Array.from({ length: 60 }, (_, at) =>
  aReminderRow(at + 1, { customer: { code: `C-${at}`, name: nameOf(at), nameAr: 'شركة الأمل للتجارة' } }),
);

function nameOf(at: number): string {
  return ['Trading LLC', 'Société Générale des Émirats', '株式会社 Trading', 'شركة الأمل للتجارة العامة'][at % 4] ?? '';
}

/** Numbers that are the same on every run (Numerical Recipes' generator). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param mended what is done to Ink's painter, for the control. @returns the lines that differ from a fresh picture in the end. */
async function wrongAfterResizing(seed: number, mended: (painter: InkPainter) => Painter): Promise<readonly string[]> {
  const random = numbersFrom(seed);
  const live = new ALiveConsole(100, 30);
  live.console.queueAnswered(ROWS);
  const model = new ModelTerminal(100, 30);
  const brush = unicodeBrush();
  const picture = followPicture({ runtime: live.runtime, brush, painter: linePainter(model.stdout) });
  let ink: InkPainter | undefined;
  picture.hand((lines) => {
    ink = inkPainter(model.stdout, lines, () => undefined);
    return mended(ink);
  });
  const resize = (columns: number, rows: number): void => {
    model.resize(columns, rows);
    live.happens({ kind: 'resized', columns, rows });
    // Terminals move and break what stands on them while they are resized, each in its own way.
    model.stdout.write(`\u001B[${1 + random(2)};${1 + random(columns)}Hmoved`);
    picture.repaintSoon();
  };
  for (let step = 0; step < STEPS; step += 1) {
    if (random(2) === 0) live.types(KEYS[random(KEYS.length)] ?? 'j');
    else resize(random(2) === 0 ? model.terminal.cols : 20 + random(160), 8 + random(45));
    await delay(random(3) * 10);
  }
  resize(model.terminal.cols, model.terminal.rows + 1);
  await quiet(model);
  const { state } = live.console;
  const fresh = new ModelTerminal(state.size.columns, state.size.rows);
  linePainter(fresh.stdout).repaint(frameLines(state, brush, 0).map((line) => ansiLine(line, state.theme)));
  await fresh.drawn();
  picture.stop();
  ink?.end();
  const wanted = fresh.cells();
  const shown = model.text();
  return model.cells().flatMap((line, at) => (line === wanted[at] ? [] : [`line ${at}: ${shown[at] ?? ''}`]));
}

/** Ten looks in a row at which nothing more had come. */
async function quiet(model: ModelTerminal): Promise<void> {
  for (let looks = 0, seen = -1; looks < 10; looks += 1) {
    await delay(20);
    await model.drawn();
    if (model.output.length !== seen) [looks, seen] = [0, model.output.length];
  }
}

it.each([1, 2, 3, 4])('after keys and resizes the terminal shows what a fresh picture shows (seed %i)', async (seed) => {
  expect(await wrongAfterResizing(seed, (painter) => painter)).toEqual([]);
});

it('would not, if nothing were drawn anew after a resize', async () => {
  expect(await wrongAfterResizing(1, (ink) => ({ ...ink, repaint: ink.draw }))).not.toEqual([]);
});
