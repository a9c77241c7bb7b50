/** A console that may change nothing: every verb of the registry is judged, and what is not known to read is refused. */
import { expect, it } from 'vitest';

import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { onlyReads } from '../../../src/console/runtime/reading-verbs.ts';
import { VerbRunner } from '../../../src/console/runtime/verb-runner.ts';

const READERS = ['queue', 'show', 'explain', 'runs', 'status', 'whoami', 'simulate', 'doctor'];
/** Those of which some words, or none without a flag, change something. */
const BOTH = [
  'preview',
  'statement',
  'calibrate',
  'audit',
  'bank',
  'calendar',
  'company',
  'config',
  'customer',
  'login',
  'policy',
  'requested',
  'templates',
  'user',
  'view',
];

it('every verb that is neither a reader nor judged by its words changes something', () => {
  const reading = commandRegistry
    .map(({ name }) => name)
    .filter((name) => onlyReads(name, { word: 'list' }) || onlyReads(name, { word: 'show' }));
  expect(reading.toSorted()).toEqual([...READERS, ...BOTH].toSorted());
});

it.each([
  ['preview', { to: 'me@acme.test' }],
  ['statement', { send: true }],
  ['calibrate', { adopt: true }],
  ['audit', { word: 'verify' }],
  ['calendar', { word: 'quiet' }],
  ['company', { word: 'pause' }],
  ['customer', { word: 'set' }],
  ['login', { word: 'create' }],
  ['policy', { word: 'set' }],
  ['requested', { what: 'cancel' }],
  ['templates', { word: 'activate' }],
  ['user', { word: 'add' }],
  ['view', { word: 'save' }],
])('%s %o changes something', (verb, input) => {
  expect(onlyReads(verb, input)).toBe(false);
});

it.each([
  'approve 41',
  'hold 41',
  'plan',
  'kill-switch on',
  'db stop',
  'preview 41 --to me@acme.test',
  'templates rollback consolidated/firm',
])('is refused before a session is asked for: %s', async (line) => {
  const runner = new VerbRunner({
    registry: commandRegistry,
    session: () => Promise.reject(new Error('a session was asked for')),
    say: () => undefined,
    handOver: (work) => work(),
    lockedBecause: () => 'this console is read-only',
  });
  const ending = await runner.run({ words: line.split(' '), confirm: null, shows: 'page', undo: null }, () => undefined);
  expect(ending.isDone).toBe(false);
  expect(ending.summary).toContain('this console is read-only');
});
