/** Which lines open the console straight away, and which are read in full first. */
import { expect, it } from 'vitest';

import { plainOpening } from '../../src/cli/run-console.ts';

it.each([
  [[], { company: undefined, isReadOnly: false }],
  [['console'], { company: undefined, isReadOnly: false }],
  [['console', '--read-only'], { company: undefined, isReadOnly: true }],
  [['console', '--company', 'ACME', '--read-only'], { company: 'ACME', isReadOnly: true }],
])('%j opens the console', (argv, opening) => {
  expect(plainOpening(argv)).toEqual(opening);
});

it.each([
  [['queue']],
  [['--company', 'ACME']],
  [['console', '--help']],
  [['console', '--company']],
  [['console', '--company', '--read-only']],
  [['console', '--reed-only']],
  [['console', 'now']],
])('%j is read in full', (argv) => {
  expect(plainOpening(argv)).toBeNull();
});
