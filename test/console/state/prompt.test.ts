/** Prompts: what is typed at one, and what of it reaches the verb. */
import { describe, expect, it } from 'vitest';

import { AConsole, aReminderRow } from '../a-console.ts';

function holding(): AConsole {
  const desk = new AConsole();
  desk.queueAnswered([aReminderRow(1), aReminderRow(2)]);
  desk.types('h');
  desk.painted();
  return desk;
}

describe('a day at a prompt', () => {
  it('is shown in full while it is typed, and reaches the verb as a date', () => {
    const desk = holding();
    desk.types('thursday');
    expect(desk.text()).toContain('= Thursday, 26 November 2026');
    desk.types('\r');
    expect(desk.verbs()).toEqual([['hold', '1@3', '--until', '2026-11-26']]);
  });

  it('that is none is told and nothing happens, what was typed staying to be corrected', () => {
    const desk = holding();
    desk.types('soon\r');
    expect(desk.verbs()).toEqual([]);
    expect(desk.text()).toContain('“soon” is no day');
    desk.types('\u0015+3\r');
    expect(desk.verbs()).toEqual([['hold', '1@3', '--until', '2026-11-26']]);
  });
});

describe('taking one approval back', () => {
  it('acts on what is scheduled among the marked rows, and says when nothing is', () => {
    const desk = new AConsole();
    const scheduled = { status: 'QUEUED', statusWord: 'scheduled' } as const;
    desk.queueAnswered([aReminderRow(1, scheduled), aReminderRow(2), aReminderRow(3, scheduled)]);
    desk.types('jU');
    expect(desk.text()).toContain('Not now: none of them is scheduled.');
    desk.types('*U');
    expect(desk.verbs()).toEqual([['undo', '1@3', '3@3']]);
  });
});
