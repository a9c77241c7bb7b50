/** docs/security.md names every threat once, and no test that is not there. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { readDocument } from './markdown.ts';

const rows = readDocument('docs/security.md')
  .split('\n')
  .filter((line) => /^\| S\d+ \|/.test(line));

test('every threat has its row', () => {
  expect(rows.map((row) => /^\| (S\d+) /.exec(row)?.[1])).toEqual(Array.from({ length: 34 }, (_, index) => `S${index + 1}`));
});

test.for(rows)('%s', (row) => {
  const named = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length > 0 || row.includes('*no test of its own*:'), 'a test, or the reason why there is none').toBe(true);
  expect(named.filter((path) => !existsSync(packagePath(path)))).toEqual([]);
});
