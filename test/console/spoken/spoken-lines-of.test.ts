/** What a screen reader is given: whole sentences, each thing once, no drawing. */
import { expect, it } from 'vitest';

import { newlySpoken, spokenState } from '../../../src/console/spoken/spoken-lines-of.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const DRAWING = /[\u2500-\u259F❯●░█]/u;

/** Types, and gives back what is newly said after each key. */
function hears(desk: AConsole, ...keys: readonly string[]): readonly (readonly string[])[] {
  let said = spokenState(desk.state, desk.atMs);
  return keys.map((key) => {
    desk.types(key);
    desk.painted(300);
    const lines = spokenState(desk.state, desk.atMs);
    const fresh = newlySpoken(said, lines);
    said = lines;
    return fresh;
  });
}

it('reads the row under the cursor as it moves, and nothing else again', () => {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1), aReminderRow(2)]);
  const [down, up] = hears(desk, 'j', 'k');
  expect(down).toEqual(['Trading 2 LLC, account C-2, polite, risk 52, AED 8,200.00, oldest 21 days past due, to approve.']);
  expect(up).toHaveLength(1);
});

it('reads a question whole, with what agrees to it, and the answer’s outcome', () => {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1)]);
  const [asked] = hears(desk, 'a');
  expect(asked?.[0]).toBe('Approve 1 reminder?');
  expect(asked?.join(' ')).toContain('AED 8,200.00');
  expect(asked?.at(-1)).toBe('Press y to approve, n or Escape to leave it.');
});

it('says what is being typed, and the choice in a list by its number', () => {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1)]);
  const said = hears(desk, ':', 'x', '\u001B\u001B', '?', '\u001B[B');
  expect(said[1]).toEqual(['Command: x']);
  expect(said[4]?.[0]).toMatch(/^2\. /);
});

it('says that the database is away, in words', () => {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1)]);
  desk.happens({ kind: 'link-lost', why: 'connection refused', atMs: 0 });
  expect(spokenState(desk.state, 0)[0]).toContain('The database is away.');
});

it('never draws', () => {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1, { level: 'FINAL' })]);
  for (const key of ['a', '\u001B\u001B', 'h', '\u001B\u001B', '?', '\u001B\u001B', '\u0010', '\u001B\u001B', ' ', '1', '8', 'C']) {
    desk.types(key);
    for (const line of spokenState(desk.state, desk.atMs)) expect(line).not.toMatch(DRAWING);
  }
});
