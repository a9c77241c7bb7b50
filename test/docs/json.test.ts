/** The examples of docs/json.md against what the program prints: the same members, at the top and one level below. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documentHome, type Ended } from './home.ts';
import { fencesOf, readDocument } from './markdown.ts';

const page = fencesOf(readDocument('docs/json.md'));
const examples = page.flatMap((fence, index) => {
  const next = page[index + 1];
  return fence.info === 'sh json' && next?.info === 'json' ? [{ verb: fence.under, command: fence.text, example: next.text }] : [];
});

describe('an example of the JSON', () => {
  const home = documentHome();
  beforeAll(() => {
    home.prepare('wafa demo --customers 40 --invoices 250');
  }, 60_000);
  afterAll(() => home.remove());

  test.each(examples)('of $verb has the members the program prints', { timeout: 60_000 }, ({ command, example }) => {
    const ended = home.run(command.replace(/^wafa /, 'wafa --json '));
    expect(ended.code, ended.stderr).toBe(Number(/# exit (\d+)$/.exec(command)?.[1] ?? 0));
    expect(membersOf(JSON.parse(example))).toEqual(membersOf(printed(ended)));
  });
});

test('every command of the page has its example', () => {
  expect(examples).toHaveLength(page.filter(({ info }) => info === 'sh json').length);
  expect(examples.length).toBeGreaterThan(20);
});

const printed = ({ stdout, stderr }: Ended): unknown => JSON.parse(stdout === '' ? stderr : stdout);

/** Names of the members, and of those of each record directly below; a list stands for its first record. */
function membersOf(value: unknown): Readonly<Record<string, readonly string[] | null>> {
  return Object.fromEntries(
    Object.entries(value as object)
      .map(([name, member]) => [name, namesIn(Array.isArray(member) ? (member as readonly unknown[])[0] : member)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const namesIn = (member: unknown): readonly string[] | null =>
  typeof member === 'object' && member !== null ? Object.keys(member).toSorted() : null;
