/** An operator's own keys: what is meant holds, what cannot be meant is told and changes nothing. */
import { describe, expect, it } from 'vitest';

import { readConsoleFile } from '../../../src/console/input/read-console-file.ts';
import { ALL_SCREENS } from '../../../src/console/screens/all-screens.ts';
import { CONSOLE_BINDINGS } from '../../../src/console/state/console-keys.ts';
import { AConsole, aReminderRow } from '../a-console.ts';

const keys = (bound: Readonly<Record<string, unknown>>) => readConsoleFile(JSON.stringify({ keys: bound }));

describe('keys of one’s own', () => {
  it('do what the ones they replace did, on the screen, in the footer and in help', () => {
    const { rebound, problems } = keys({ 'queue.approve': ['A'], 'everywhere.undo': ['U'] });
    expect(problems).toEqual([]);
    const desk = new AConsole(120, 40, rebound);
    desk.queueAnswered([aReminderRow(1)]);
    desk.types('a');
    expect(desk.state.overlays).toEqual([]);
    expect(desk.frame().at(-1)).toContain('A approve');
    desk.types('A');
    expect(desk.text()).toContain('Approve 1 reminder?');
  });

  it.each([
    [{ 'queue.aprove': ['A'] }, 'There is nothing called "queue.aprove".'],
    [{ 'queue.approve': 'A' }, 'queue.approve needs a list of keys, such as ["A"].'],
    [{ 'queue.approve': [] }, 'queue.approve needs a list of keys, such as ["A"].'],
    [{ 'queue.approve': ['F13'] }, 'queue.approve: "F13" is no key; write A, ctrl+a, space or pagedown.'],
    [{ 'queue.approve': ['ctrl+c'] }, 'queue.approve: ctrl+c always leaves and cannot be given to anything else.'],
    [{ 'queue.approve': ['h'] }, 'queue.approve cannot have h: on that screen it is queue.hold already. It keeps a.'],
    [{ 'queue.approve': ['?'] }, 'queue.approve cannot have ?: on that screen it is everywhere.help already. It keeps a.'],
  ])('%o is told and not taken', (bound, problem) => {
    expect(keys(bound)).toEqual({ rebound: {}, problems: [problem], isSpoken: false });
  });

  it('may change places with each other', () => {
    expect(keys({ 'queue.approve': ['h'], 'queue.hold': ['a'] })).toMatchObject({
      problems: [],
      rebound: { 'queue.approve': ['h'], 'queue.hold': ['a'] },
    });
  });

  it('that both want one key are both told, and the rest of the file holds', () => {
    const { rebound, problems } = keys({ 'queue.approve': ['Z'], 'queue.cancel': ['Z'], 'queue.preview': ['Q'] });
    expect(rebound).toMatchObject({ 'queue.preview': ['Q'] });
    expect(problems.length).toBeGreaterThan(0);
    expect(Object.keys(rebound)).not.toContain('queue.approve');
  });
});

it.each([
  ['{', /^The file is not JSON: /],
  ['[]', /^The file is not one JSON object/],
  ['{"colour":"blue"}', /^There is no setting "colour"/],
  ['{"screenReader":"yes"}', /^screenReader is true or false/],
  ['{"keys":[]}', /^keys is a list of names/],
])('a file like %s is told', (text, problem) => {
  const { problems, rebound, isSpoken } = readConsoleFile(text);
  expect(problems[0]).toMatch(problem);
  expect([rebound, isSpoken]).toEqual([{}, false]);
});

it('no screen comes with two things on one key, and every name is its own', () => {
  for (const { name: screen, bindings } of ALL_SCREENS) {
    const chords = bindings.flatMap((binding) => binding.chords);
    expect([screen, chords.filter((chord, at) => chords.indexOf(chord) !== at)]).toEqual([screen, []]);
    const names = bindings.map(({ name }) => name);
    expect([screen, names.filter((name, at) => names.indexOf(name) !== at)]).toEqual([screen, []]);
  }
  expect(new Set(CONSOLE_BINDINGS.flatMap(({ chords }) => chords)).size).toBe(CONSOLE_BINDINGS.flatMap(({ chords }) => chords).length);
});
