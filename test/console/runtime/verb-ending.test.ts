/** How a verb's end is told in the console: nothing a shell would have said beside the page may be lost. */
import { describe, expect, it } from 'vitest';

import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { ended } from '../../../src/console/runtime/verb-ending.ts';
import type { VerbAct } from '../../../src/console/state/intent.ts';

const act = (changes: Partial<VerbAct>): VerbAct => ({
  words: ['approve', '1', '2'],
  confirm: null,
  shows: 'summary',
  undo: null,
  ...changes,
});

async function commandNamed(name: string) {
  const entry = commandRegistry.find((one) => one.name === name);
  if (entry === undefined) throw new Error(`no verb ${name}`);
  return await entry.load();
}

describe('of many reminders', () => {
  it('each that was refused stands there with its reason, below what was done', async () => {
    const refused = [
      { id: 2, code: 'reminder.changed', message: 'Reminder 2 has changed: INV-7 was paid.', tryThis: 'Look at it again.' },
      { id: 3, code: 'reminder.state', message: 'Reminder 3 is on hold.', tryThis: 'Release it first.' },
    ];
    const data = { done: [{ id: 1, status: 'QUEUED' }], refused };
    const ending = await ended(
      act({}),
      await commandNamed('approve'),
      { data, ending: 'partly', notes: ['1 reminder approved.'] },
      'Asia/Dubai',
    );
    expect(ending).toMatchObject({ isDone: false, summary: '1 reminder approved.' });
    const texts = ending.page?.map((block) => ('text' in block ? block.text : block.kind));
    expect(texts).toEqual([
      'Done',
      'table',
      'gap',
      'Refused: 2',
      'Reminder 2 has changed: INV-7 was paid.',
      'Look at it again.',
      'Reminder 3 is on hold.',
      'Release it first.',
    ]);
  });
});

describe('of one record', () => {
  const answer = { data: { promise: { id: 250 } }, ending: 'ok' } as const;

  it('what follows from it is said in full, without a table that says it again', async () => {
    const notes = ['Promise 250 covers 5 invoices.', 'Reminder 6 is cancelled.'];
    const { page } = await ended(act({}), await commandNamed('promise'), { ...answer, notes }, 'Asia/Dubai');
    expect(page).toEqual(notes.map((text) => ({ kind: 'line', text })));
  });

  it('one sentence needs no page', async () => {
    const { page, summary } = await ended(act({}), await commandNamed('promise'), { ...answer, notes: ['Noted.'] }, 'Asia/Dubai');
    expect({ page, summary }).toEqual({ page: null, summary: 'Noted.' });
  });

  it('is taken back by the number it was given', async () => {
    const promising = act({ undo: ['unblock', '{promise.id}', '--reason', 'a slip'] });
    const { undo } = await ended(promising, await commandNamed('promise'), { ...answer, notes: [] }, 'Asia/Dubai');
    expect(undo).toEqual(['unblock', '250', '--reason', 'a slip']);
  });
});
