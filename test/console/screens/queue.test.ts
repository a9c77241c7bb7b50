/** The queue's orders, views, pages and files, without a terminal. */
import { describe, expect, it } from 'vitest';

import type { SavedView } from '../../../src/app/saved-views.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const rows = Array.from({ length: 3 }, (_, at) => aReminderRow(at + 1));

function onQueue(columns = 120, views: readonly SavedView[] = []): AConsole {
  const desk = new AConsole(columns, 40);
  desk.queueAnswered(rows);
  if (views.length > 0) desk.answered({ reminders: rows, next: null, views });
  return desk;
}

const asked = (desk: AConsole) => desk.effects.findLast((effect) => effect.kind === 'ask');

describe('the order of the queue', () => {
  it('goes from one to the next, is asked for, and stands in head and title', () => {
    const desk = onQueue();
    expect(desk.text()).toContain('RISK▼');
    desk.types('s');
    expect(asked(desk)?.question).toMatchObject({ sort: 'age', isReversed: false, after: null });
    desk.answered({ reminders: rows, next: null });
    expect(desk.text()).toContain('oldest first');
    expect(desk.text()).toContain('DAYS▼');
    desk.types('S');
    expect(asked(desk)?.question).toMatchObject({ sort: 'age', isReversed: true });
    desk.answered({ reminders: rows, next: null });
    expect(desk.text()).toContain('DAYS▲');
  });

  it('begins at the first page again, and the first row is that of the first page', () => {
    const desk = onQueue();
    desk.answered({ reminders: rows, next: 'page-2' });
    desk.types('Gj');
    expect(asked(desk)?.question).toMatchObject({ after: 'page-2' });
    desk.answered({ reminders: rows, next: 'page-3' });
    expect(desk.text()).toContain('201-203 of more');
    desk.types('g');
    expect(asked(desk)?.question).toMatchObject({ after: null });
    desk.answered({ reminders: rows, next: 'page-2' });
    desk.types('Gj');
    desk.answered({ reminders: rows, next: 'page-3' });
    desk.types('s');
    expect(asked(desk)?.question).toMatchObject({ sort: 'age', after: null });
  });
});

describe('saved views', () => {
  const old: SavedView = { name: 'firm and old', filter: 'level:firm days>60', order: { sort: 'age', isReversed: false } };

  it('are saved under a name, with the filter and the order', () => {
    const desk = onQueue();
    desk.types('/days>60\r');
    desk.answered({ reminders: rows, next: null });
    desk.types('sW');
    desk.painted();
    desk.types('old ones\r');
    expect(desk.verbs().at(-1)).toEqual(['view', 'save', 'old ones', '--filter', 'days>60', '--sort', 'age']);
  });

  it('are chosen by their words, and the queue says which one is open', () => {
    const desk = onQueue(120, [{ ...old, name: 'other', filter: '' }, old]);
    desk.types('Vfirm\r');
    expect(asked(desk)?.question).toMatchObject({ filter: 'level:firm days>60', sort: 'age' });
    desk.answered({ reminders: rows, next: null, views: [old] });
    expect(desk.text()).toContain('view: firm and old');
  });

  it('are deleted by Delete, and come back by undo', () => {
    const desk = onQueue(120, [old]);
    desk.types('V\u001B[3~');
    expect(desk.verbs().at(-1)).toEqual(['view', 'delete', 'firm and old']);
  });

  it('say how to get one where there is none', () => {
    const desk = onQueue();
    desk.types('V');
    expect(desk.text()).toContain('save with W');
  });
});

describe('the table', () => {
  it.each([60, 80, 120, 200])('at %i columns never cuts an account’s code or an amount', (columns) => {
    const desk = new AConsole(columns, 40);
    const long = aReminderRow(7, { totals: [{ currency: 'AED', amount: '123456789.00' }] });
    desk.queueAnswered([{ ...long, customer: { ...long.customer, code: 'HQ-DXB-000123456' } }]);
    expect(desk.text()).toContain('HQ-DXB-000123456');
    expect(desk.text()).toContain('AED 123,456,789.00');
  });

  it('draws the score as a bar where there is room, and gives codes no more than they need', () => {
    const desk = onQueue(140);
    expect(desk.text()).toMatch(/52 {2}██▌ /);
    expect(onQueue(80).text()).not.toContain('██');
  });
});

it('a list is written as CSV or as a workbook, in the order it has', () => {
  const desk = onQueue();
  desk.types('sx');
  desk.answered({ reminders: rows, next: null });
  desk.types('xexcel\r');
  const run = desk.effects.findLast((effect) => effect.kind === 'run-verb');
  expect(run?.act).toMatchObject({ writes: 'xlsx', words: ['queue', '--sort', 'age', '--limit', '1000'] });
});
