/**
 * Documents whose ```sh run blocks are typed in, line by line, after `npm start`, and must end as they say: with 0, or with what a
 * trailing `# exit N` names.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documentHome } from './home.ts';
import { documentPaths, fencesOf, readDocument } from './markdown.ts';

const pages = documentPaths().filter((path) => linesOf(path).length > 0);

describe.each(pages)('the commands of %s', (path) => {
  const home = documentHome();
  beforeAll(() => {
    home.prepare('wafa start');
  }, 60_000);
  afterAll(() => home.remove());

  test.each(linesOf(path))('%s', { timeout: 60_000 }, (line) => {
    const wanted = Number(/# exit (\d+)$/.exec(line)?.[1] ?? 0);
    const { code, stderr } = home.run(line);
    expect({ code, talk: code === wanted ? '' : stderr }).toEqual({ code: wanted, talk: '' });
  });
});

test('there are documents with commands that are run', () => {
  expect(pages).toContain('README.md');
});

test('the queue in the README is the one a reader of that day sees', { timeout: 60_000 }, async () => {
  const home = documentHome();
  try {
    const picture = fencesOf(readDocument('README.md')).find(({ info }) => info === 'text npm start')?.text;
    // In a bare clone no `wafa` is on the path yet, and the hints name it as it can be typed there.
    expect(home.run('PATH="${PATH#*:}" npm start --silent').stdout.trimEnd()).toBe(picture);
  } finally {
    await home.remove();
  }
});

function linesOf(path: string): readonly string[] {
  return fencesOf(readDocument(path))
    .filter(({ info }) => info === 'sh run')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
