import { describe, expect, test } from 'vitest';

import { ProgressLine, progressText } from '../../src/cli/progress-line.ts';

function watched(isTerminal: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const line = new ProgressLine(
    { write: (text) => void written.push(text), isTerminal, columns: isTerminal ? 60 : undefined },
    () => nowMs,
  );
  return { line, written, later: (ms: number) => (nowMs += ms) };
}

describe('how far a long import is', () => {
  test.for([
    [{ step: 'Checking', done: 0, of: 1_000_000 }, 0, 'Checking 1,000,000 rows…'],
    [{ step: 'Reading', done: 5_000, of: 20_000 }, 400, 'Reading: 5,000 of 20,000 rows'],
    [{ step: 'Reading', done: 50_000, of: 200_000 }, 2_000, 'Reading: 50,000 of 200,000 rows, 25,000/s, 6 s left'],
    [{ step: 'Reading', done: 1_000, of: 1_000_000 }, 1_000, 'Reading: 1,000 of 1,000,000 rows, 1,000/s, 16 min 39 s left'],
    [{ step: 'Writing payments', done: 9_000, of: null }, 3_000, 'Writing payments: 9,000 rows, 3,000/s'],
  ] as const)('%o after %i ms reads %s', ([work, tookMs, text]) => {
    expect(progressText(work, tookMs)).toBe(text);
  });

  test('is one line of a terminal, rewritten now and then and taken away at the end', () => {
    const { line, written, later } = watched(true);
    for (let done = 1; done <= 100; done += 1) {
      line.hear({ step: 'Reading', done: done * 1_000, of: 100_000 });
      later(20);
    }
    line.end();
    expect(written.length).toBeLessThanOrEqual(11);
    expect(written.every((text) => text.startsWith('\r\u001B[2K') && !text.includes('\n') && text.length <= 59 + 5)).toBe(true);
    expect(written.at(-1)).toBe('\r\u001B[2K');
  });

  test('elsewhere is one line for each step, once it is over', () => {
    const { line, written, later } = watched(false);
    for (const done of [50_000, 100_000]) {
      line.hear({ step: 'Reading', done, of: 100_000 });
      later(3_000);
    }
    line.hear({ step: 'Checking', done: 0, of: 100_000 });
    later(5_000);
    line.end();
    expect(written).toEqual(['Reading: 100,000 rows, 6 s.\n', 'Checking: 5 s.\n']);
  });

  test('says nothing of work that is over at once', () => {
    const { line, written, later } = watched(false);
    line.hear({ step: 'Reading', done: 10, of: 10 });
    later(100);
    line.end();
    expect(written).toEqual([]);
  });
});
