import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cellWidth } from '../../../src/cli/cell-width.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const DOWN = '\u001B[B';
const ESC = '\u001B\u001B';

function withQueue(count = 5, columns = 120, rows = 40): AConsole {
  const desk = new AConsole(columns, rows);
  desk.queueAnswered(Array.from({ length: count }, (_, at) => aReminderRow(at + 1)));
  return desk;
}

describe('keys and confirmations', () => {
  it('two hundred keys in one piece are two hundred moves', () => {
    const desk = withQueue(300);
    desk.types(DOWN.repeat(100) + 'j'.repeat(100));
    expect(desk.frame().some((line) => line.startsWith('❯') && line.includes('C-201'))).toBe(true);
  });

  it('an approval names the reminder as it was seen, after it was agreed to', () => {
    const desk = withQueue();
    desk.types('ja');
    expect(desk.frame().join('\n')).toContain('Approve 1 reminder?');
    expect(desk.frame().join('\n')).toContain('AED 8,200.00');
    desk.painted();
    desk.types('y');
    expect(desk.verbs()).toEqual([['approve', '2@3']]);
  });

  it('keys typed ahead of a question do not answer it, in one piece or within a quarter of a second', () => {
    const desk = withQueue();
    desk.types('ay');
    expect(desk.verbs()).toEqual([]);
    desk.painted(249);
    desk.types('y');
    expect(desk.verbs()).toEqual([]);
    desk.atMs += 1;
    desk.types('y');
    expect(desk.verbs()).toHaveLength(1);
  });

  it('Enter, the key pressed by habit, declines', () => {
    const desk = withQueue();
    desk.types('a');
    desk.painted();
    desk.types('\r');
    expect([desk.verbs(), desk.state.overlays]).toEqual([[], []]);
  });

  it('a FINAL notice needs a typed word, and a pasted one is none', () => {
    const desk = new AConsole();
    desk.queueAnswered([aReminderRow(1, { level: 'FINAL' })]);
    desk.types('a');
    desk.painted();
    desk.types('y\r');
    expect(desk.verbs()).toEqual([]);
    desk.types('\u007F\u001B[200~final\u001B[201~\r');
    expect(desk.verbs()).toEqual([]);
    desk.types('final\r');
    expect(desk.verbs()).toEqual([['approve', '1@3']]);
  });

  it('more than twenty-five at once need their number typed', () => {
    const desk = withQueue(30);
    desk.types('*a');
    desk.painted();
    desk.types('y');
    expect(desk.verbs()).toEqual([]);
    desk.types('\u007F30\r');
    expect(desk.verbs()[0]).toHaveLength(31);
  });

  it('one verb runs at a time', () => {
    const desk = withQueue();
    for (let times = 0; times < 2; times += 1) {
      desk.types('a');
      desk.painted();
      desk.types('y');
    }
    expect(desk.verbs()).toHaveLength(1);
  });

  it('an answer to an earlier question changes nothing', () => {
    const desk = withQueue();
    desk.queueAnswered([aReminderRow(99)], { filter: 'level:firm', sort: 'risk', isReversed: false, after: null });
    expect(desk.frame().join('\n')).not.toContain('C-99');
  });

  it('acts on the marked rows, and undoes them by id', () => {
    const desk = withQueue();
    desk.types('  a');
    desk.painted();
    desk.types('y');
    expect(desk.verbs()).toEqual([['approve', '1@3', '2@3']]);
    desk.happens({
      kind: 'verb-ended',
      atMs: desk.atMs,
      ending: {
        words: ['approve', '1@3', '2@3'],
        isDone: true,
        summary: '2 approved.',
        page: null,
        undo: ['undo', '1', '2'],
        undoUntil: '2026-11-23T06:05:00Z',
      },
    });
    expect(desk.text()).toContain('u takes back approve of 2:');
    desk.types('u');
    expect(desk.verbs().at(-1)).toEqual(['undo', '1', '2']);
  });
});

describe('raising and lowering', () => {
  it.each([
    ['E', 'Escalate 2 reminders?', 'escalate'],
    ['D', 'Deescalate 2 reminders?', 'deescalate'],
  ])('%s asks first, then does it for the marked rows', (key, question, verb) => {
    const desk = withQueue();
    desk.types(`  ${key}`);
    expect(desk.frame().join('\n')).toContain(question);
    desk.painted();
    desk.types('y');
    expect(desk.verbs()).toEqual([[verb, '1@3', '2@3']]);
  });
});

describe('what cannot be done', () => {
  it('is refused with the reason while the database is away, and the last data stays', () => {
    const desk = withQueue();
    desk.happens({ kind: 'link-lost', why: 'connection refused', atMs: desk.atMs });
    desk.types('a');
    expect(desk.state.overlays).toEqual([]);
    const frame = desk.frame().join('\n');
    expect(frame).toContain('the database is away');
    expect(frame).toContain('DATABASE AWAY');
    expect(frame).toContain('C-1');
  });

  it('is refused to those whose role does not allow it, and shown as such', () => {
    const desk = withQueue();
    desk.happens({ kind: 'pulse', atMs: 0, pulse: { ...desk.state.pulse!, roles: ['OPERATOR'] } });
    desk.types('a');
    expect(desk.state.overlays).toEqual([]);
    expect(desk.frame().join('\n')).toContain('approve needs APPROVER');
    expect(desk.frame().at(-1)).toContain('(a approve)');
  });
});

describe('leaving and going back', () => {
  it('Escape leaves the filter, the marks and the screen in turn, and never the console', () => {
    const desk = withQueue();
    desk.types('/abc');
    expect(desk.frame().join('\n')).toContain('abc');
    desk.types(`${ESC}${ESC} ${ESC}${ESC}${ESC}${ESC}`);
    expect(desk.effects.some(({ kind }) => kind === 'quit')).toBe(false);
    desk.types('q');
    expect(desk.effects.some(({ kind }) => kind === 'quit')).toBe(true);
  });
});

describe('the frame', () => {
  it('is exactly as large as the terminal, line by line, whatever is pressed at whatever size', () => {
    const piece = fc.constantFrom(
      'j',
      'k',
      ' ',
      'a',
      '?',
      ':',
      'x',
      '\r',
      '/',
      'l',
      '1',
      '2',
      '\u001B[A',
      '\u001B[6~',
      '\u001B\u001B',
      'v',
      '*',
      'q',
      '\u0010',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.integer({ min: 20, max: 220 }),
        fc.integer({ min: 5, max: 60 }),
        (keys, columns, rows) => {
          const desk = withQueue(60);
          for (const key of keys) {
            desk.types(key);
            desk.painted(300);
          }
          desk.happens({ kind: 'resized', columns, rows });
          const frame = desk.frame();
          expect(frame).toHaveLength(rows);
          for (const line of frame) expect(cellWidth(line)).toBe(columns);
          // Two records never share a line.
          for (const line of frame)
            expect((line.match(/Trading \d+ LLC/g) ?? []).length).toBeLessThanOrEqual(line.includes(' To C-') ? 3 : 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('amounts in the queue', () => {
  const both = [
    { currency: 'AED', amount: '324011.55' },
    { currency: 'USD', amount: '12591.60' },
  ];

  it.each([60, 80, 120, 200])('at %i columns an amount is whole, and another currency is counted', (columns) => {
    const desk = new AConsole(columns, 24);
    desk.queueAnswered([aReminderRow(1, { totals: both }), aReminderRow(2, { totals: [{ currency: 'AED', amount: '999999999999.99' }] })]);
    const frame = desk.frame();
    expect(frame.find((line) => line.startsWith('❯'))).toContain('AED 324,011.55 +1 more');
    expect(frame.join('\n')).toContain('AED 999,999,999,999.99');
    expect(frame.map(cellWidth)).toEqual(frame.map(() => columns));
  });
});
