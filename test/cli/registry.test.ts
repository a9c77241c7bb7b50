import { describe, expect, test } from 'vitest';

import { commandRegistry } from '../../src/app/commands/registry.ts';
import { helpText } from '../../src/cli/program.ts';
import { completionEntry, daemonEntry, startEntry } from '../../src/cli/start-entry.ts';

const entries = [...commandRegistry, startEntry, completionEntry, daemonEntry];

describe.each(entries.map((entry) => [entry.name, entry] as const))('the verb %s', (_name, entry) => {
  test('is told in the overview as it tells itself', async () => {
    const { name, group, summary } = await entry.load();
    expect({ name, group, summary }).toEqual({ name: entry.name, group: entry.group, summary: entry.summary });
  });

  test('has help with an example of itself', async () => {
    const command = await entry.load();
    expect(command.example).toMatch(new RegExp(`^${entry.name}(?: |$)`));
    expect(helpText({ registry: entries, command, width: 80 })).toContain(`Example:\n  wafa ${command.example}\n`);
  });

  test('is taken back by a verb that exists, if at all', async () => {
    const { reversedBy } = await entry.load();
    const [verb = null] = reversedBy?.split(' ') ?? [];
    expect([null, ...entries.map(({ name }) => name)]).toContain(verb);
  });
});

test('no verb is listed twice', () => {
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
});
