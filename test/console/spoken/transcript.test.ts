/** What is heard of each screen with `--screen-reader`: how it begins, whole and once, without drawing, colour or the alternate screen. */
import { expect, test } from 'vitest';

import { consoleWorld } from '../../support/console-world.ts';
import { KEYS } from '../../support/pty-console.ts';

const world = consoleWorld();

/** Keys, how the screen begins, and how many of its sentences are kept. */
const SCREENS = [
  { keys: '1', title: 'Today. ', sentences: 3 },
  { keys: '2', title: 'Queue. ', sentences: 2 },
  { keys: KEYS.enter, title: 'Reminder. ', sentences: 6 },
  { keys: '3C-00030\r', title: 'Customers. 1 found', sentences: 2 },
  { keys: KEYS.enter, title: 'Customer. ', sentences: 6 },
  { keys: '4', title: 'Deliveries.', sentences: 2 },
  { keys: '5', title: 'Runs. ', sentences: 5 },
  { keys: '7', title: 'Calendar. ', sentences: 5 },
  { keys: '8', title: 'Templates. ', sentences: 2 },
  { keys: KEYS.enter, title: 'Template. ', sentences: 4 },
  { keys: '9', title: 'Audit.', sentences: 1 },
  { keys: 'C', title: 'Companies. ', sentences: 2 },
  { keys: '?', title: 'Keys here: ', sentences: 2 },
] as const;

test('each screen is told in sentences', { timeout: 180_000 }, async () => {
  const console = world.open({ arguments: ['console', '--screen-reader'], env: { WAFA_CONSOLE_FILE: '/nonexistent' } });
  await console.until(() => console.output.includes('Queue. '), 'the queue');
  const heard: string[] = [];
  for (const { keys, title, sentences } of SCREENS) {
    const from = console.output.length;
    const told = (): readonly string[] => {
      const lines = console.output.slice(from).split('\r\n').slice(0, -1);
      const begin = lines.findIndex((line) => line.startsWith(title));
      return begin < 0 ? [] : lines.slice(begin, begin + sentences);
    };
    console.types(keys);
    await console.until(() => told().length === sentences, `${sentences} sentences from “${title}”`);
    heard.push(`> ${JSON.stringify(keys)}`, ...told(), '');
  }
  const output = console.output.replaceAll('\u001B[?2004h', '');
  expect(output).not.toContain('\u001B');
  expect(output).not.toMatch(/[\u2500-\u259F❯●]/u);
  await expect(heard.join('\n').replaceAll('\r', '')).toMatchFileSnapshot('transcript.txt');
});
