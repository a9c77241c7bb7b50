/** What was done last can be taken back until it leaves, and the screen says how long that is sure. */
import { expect, it } from 'vitest';

import { AConsole, aReminderRow } from '../a-console.ts';

function approved(undoUntil: string | null): AConsole {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1), aReminderRow(2)]);
  desk.happens({
    kind: 'verb-ended',
    atMs: 0,
    ending: { words: ['approve', '1@3', '2@3'], isDone: true, summary: '2 approved.', page: null, undo: ['undo', '1', '2'], undoUntil },
  });
  return desk;
}

const ticks = (desk: AConsole, toMs: number): void => {
  desk.atMs = toMs;
  desk.happens({ kind: 'tick', atMs: toMs });
};

it('counts down beside what was said, second by second', () => {
  const desk = approved('2026-11-23T06:05:00Z');
  expect(desk.text()).toContain('2 approved.');
  expect(desk.text()).toContain('u takes back approve of 2: 5:00 left');
  ticks(desk, 61_000);
  expect(desk.text()).toContain('3:59 left');
});

it('says at the end of the window that it may be too late, and still tries', () => {
  const desk = approved('2026-11-23T06:05:00Z');
  ticks(desk, 301_000);
  expect(desk.text()).toContain('unless it is leaving already');
  desk.types('u');
  expect(desk.verbs()).toEqual([['undo', '1', '2']]);
});

it('draws nothing anew when nothing but a part of a second has passed', () => {
  const desk = approved('2026-11-23T06:05:00Z');
  ticks(desk, 10_100);
  const before = desk.state;
  ticks(desk, 10_200);
  expect(desk.state).toBe(before);
});

it('does not count while the database is away, for what is said of it may be old', () => {
  const desk = approved('2026-11-23T06:05:00Z');
  desk.happens({ kind: 'link-lost', why: 'connection refused', atMs: 0 });
  ticks(desk, 100_000);
  expect(desk.text()).toContain('5:00 left');
});

it('is gone once it was taken back', () => {
  const desk = approved(null);
  expect(desk.text()).toContain('u takes back approve of 2');
  desk.types('u');
  expect(desk.text()).not.toContain('takes back approve of 2');
});
