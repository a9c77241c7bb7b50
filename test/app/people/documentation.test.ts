import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { conditionsFor, rolesFor, VERBS, type Verb } from '../../../src/app/permissions.ts';
import { ROLES } from '../../../src/domain/vocabulary.ts';
import { packagePath } from '../../../src/package-root.ts';

const rows = readFileSync(packagePath('docs', 'people.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const verbsOf = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, verb = '']) => verb);

it('the page about people shows the table as it is', () => {
  const written = rows
    .filter(({ length }) => length === 5)
    .map(([verb, ...marks]) => [verbsOf(verb)[0], ROLES.filter((_, index) => marks[index] === 'yes')]);
  expect(Object.fromEntries(written)).toEqual(
    Object.fromEntries(VERBS.map((verb: Verb) => [verb, ROLES.filter((role) => rolesFor(verb).includes(role))])),
  );
});

it('the page about people tells every condition, by the name the audit gives it', () => {
  const written = rows
    .filter(({ length }) => length === 3)
    .flatMap(([verbs, about, name]) => verbsOf(verbs).map((verb) => [verb, about, verbsOf(name)[0]].join('|')));
  const wanted = VERBS.flatMap((verb) => conditionsFor(verb).map(({ about, name }) => [verb, about, name].join('|')));
  expect(written.toSorted()).toEqual(wanted.toSorted());
});
