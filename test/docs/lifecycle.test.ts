import { expect, test } from 'vitest';

import { STATUS_WORDS, TRANSITIONS } from '../../src/domain/reminder-states.ts';
import { fencesOf, inBackticks, readDocument, tableRowsOf } from './markdown.ts';

const page = readDocument('docs/reminder-lifecycle.md');

test('the drawing of a reminder’s life has exactly the moves of the program', () => {
  const drawing = fencesOf(page).find(({ info }) => info === 'mermaid')?.text ?? '';
  const drawn = [...drawing.matchAll(/^\s*([A-Z_]+) --> ([A-Z_]+): ([a-z-]+)$/gm)].map(
    ([, from = '', to = '', verb = '']) => `${from} ${to} ${verb}`,
  );
  expect(drawn.toSorted()).toEqual(TRANSITIONS.map(({ from, to, verb }) => `${from} ${to} ${verb}`).toSorted());
});

test('every status stands in the document with the word operators read', () => {
  const told = tableRowsOf(page)
    .filter(({ under }) => under === 'The statuses')
    .map(({ cells: [status = '', word] }) => [inBackticks(status)[0], word]);
  expect(Object.fromEntries(told)).toEqual(STATUS_WORDS);
});
