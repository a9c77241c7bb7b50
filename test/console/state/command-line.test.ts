import { describe, expect, test } from 'vitest';

import { completedVerb } from '../../../src/console/state/command-line-keys.ts';
import { AConsole } from '../a-console.ts';

const UP = '\u001B[A';
const DOWN = '\u001B[B';

/** The last line of the picture, where commands are typed. */
const typedLine = (desk: AConsole): string => (desk.frame().at(-1) ?? '').replace('│', '').trim();

function after(...lines: readonly string[]): AConsole {
  const desk = new AConsole();
  for (const line of lines) {
    desk.types(`:${line}\r`);
    desk.happens({
      kind: 'verb-ended',
      atMs: desk.atMs,
      ending: { words: line.split(' '), isDone: true, summary: '', page: null, undo: null, undoUntil: null },
    });
  }
  return desk;
}

describe('the `:` line', () => {
  test('brings back what was typed before, newest first, and is empty again below it', () => {
    const desk = after('explain C-1', 'runs');
    desk.types(`:${UP}`);
    expect(typedLine(desk)).toBe(':runs');
    desk.types(UP + UP);
    expect(typedLine(desk)).toBe(':explain C-1');
    desk.types(DOWN + DOWN);
    expect(typedLine(desk)).toBe(':');
  });

  test('keeps a line typed twice once', () => {
    const desk = after('runs', 'status', 'runs');
    expect(desk.state.linesTyped).toEqual(['status', 'runs']);
  });

  test('runs a line brought back', () => {
    const desk = after('explain C-1');
    desk.types(`:${UP}\r`);
    expect(desk.verbs()).toEqual([
      ['explain', 'C-1'],
      ['explain', 'C-1'],
    ]);
  });

  test('completes a verb by Tab', () => {
    const desk = new AConsole();
    desk.types(':expl\t');
    expect(typedLine(desk)).toBe(':explain');
  });

  test('completes as far as all verbs agree, and leaves alone what begins none', () => {
    const verbs = ['promise', 'preview', 'pay', 'plan'];
    expect(completedVerb('pr', verbs)).toBe('pr');
    expect(completedVerb('pro', verbs)).toBe('promise ');
    expect(completedVerb('x', verbs)).toBe('x');
    expect(completedVerb('', verbs)).toBe('');
    expect(completedVerb('e', ['escalate', 'escape'])).toBe('esca');
  });
});
