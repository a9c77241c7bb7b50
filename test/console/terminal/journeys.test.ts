/** Mornings at the console, on a terminal and a real database: what an operator presses, and what then stands on the screen and in the books. */
import { expect, test } from 'vitest';

import { agrees, atCursor } from '../../support/agree.ts';
import { consoleWorld } from '../../support/console-world.ts';
import { KEYS, type PtyConsole } from '../../support/pty-console.ts';

const world = consoleWorld();

async function onQueue(console = world.open()): Promise<PtyConsole> {
  await console.shows('by money at risk');
  await console.shows(/❯ .*C-00379/);
  return console;
}

const accounts = (console: PtyConsole): readonly string[] =>
  console.lines().flatMap((line) => /^.{3}\s+\d+\s+\d+\s+[█▌]*\s+(C-\d{5})/.exec(line)?.[1] ?? []);

const statusOf = async (code: string): Promise<string | undefined> => {
  const { rows } = await world.database().admin.query<{ delivery_status: string }>(
    `select r.delivery_status from customer_consolidated_reminders r join customers c on c.company_id = r.company_id and c.id = r.customer_id
        where c.code = $1 order by r.id desc limit 1`,
    [code],
  );
  return rows[0]?.delivery_status;
};

test('two hundred keys in one write are two hundred moves, and the last row is drawn', async () => {
  const console = await onQueue();
  const [first] = accounts(console);
  console.types('j'.repeat(100) + KEYS.down.repeat(100));
  await console.until(() => atCursor(console) !== first && accounts(console).at(-1) === atCursor(console), 'the cursor on the last row');
  console.types('k'.repeat(200));
  await console.until(() => atCursor(console) === first, 'the cursor on the first row again');
  expect(accounts(console)[0]).toBe(first);
});

test('a filter typed in one write narrows the queue and says so; Escape drops it', async () => {
  const console = await onQueue();
  console.types('/days>400\r');
  await console.shows('filter: days>400');
  await console.until(() => atCursor(console) === 'C-00379', 'the riskiest of them');
  console.types(KEYS.escape);
  await console.hides('filter: days>400');
  await console.until(() => atCursor(console) === 'C-00379', 'the riskiest of all');
  expect(accounts(console).length).toBeGreaterThan(1);
});

test('an approval, key by key, is asked for, done and taken back', async () => {
  const console = await onQueue();
  await console.presses([['a', 'Approve 1 reminder?']]);
  await console.shows('To C-00379');
  expect(await statusOf('C-00379')).toBe('PROPOSED');
  await agrees(console, 'Approve 1 reminder?');
  await console.shows('scheduled');
  expect(await statusOf('C-00379')).toBe('QUEUED');
  console.types('u');
  await console.shows(/❯.*C-00379.*to approve/);
  expect(await statusOf('C-00379')).toBe('PROPOSED');
});

test('a confirmation typed ahead in the same write approves nothing', async () => {
  const console = await onQueue();
  console.types('ay\r');
  await console.shows('Approve 1 reminder?');
  console.types(KEYS.escape);
  await console.hides('Approve 1 reminder?');
  expect(await statusOf('C-00379')).toBe('PROPOSED');
});

test('a hold asks for the day, and an unreadable day holds nothing', async () => {
  const console = await onQueue();
  console.types('j');
  await console.until(() => atCursor(console) === 'C-00001', 'the second row');
  await console.presses([['h', 'Hold until which day?']]);
  console.types('soon\r');
  await console.shows('“soon” is no day');
  expect(await statusOf('C-00001')).toBe('PROPOSED');
  console.types(KEYS.escape);
  await console.hides('Hold until which day?');
  await console.presses([['h', 'Hold until which day?']]);
  console.types('2026-11-26\r');
  await console.until(() => /C-00001.*stopped/.test(console.text()), 'the row as stopped');
  expect(await statusOf('C-00001')).toBe('HELD');
});

test('of two people on one row the second is told that it has changed, and the first one’s decision stands', async () => {
  const [first, second] = await Promise.all([onQueue(), onQueue()]);
  await second.presses([['a', 'Approve 1 reminder?']]);
  await first.presses([['a', 'Approve 1 reminder?']]);
  await agrees(first, 'Approve 1 reminder?');
  await first.shows('scheduled');
  await agrees(second, 'Approve 1 reminder?');
  await second.shows(/C-00379[^]*(changed|already|no longer|is not)/);
  expect(await statusOf('C-00379')).toBe('QUEUED');
});

test('a database that goes away leaves the last data, marked, and refuses what would change anything; it comes back by itself', async () => {
  const console = await onQueue();
  const { name, admin } = world.database();
  const before = accounts(console);
  await setReachable(false);
  try {
    await console.shows('DATABASE AWAY');
    // As many as were drawn by then: a first picture may still have been growing.
    expect(accounts(console).slice(0, before.length)).toEqual(before);
    console.types('ja');
    await console.shows('Not now: the database is away');
    await console.shows(/try [2-9]/);
  } finally {
    await setReachable(true);
  }
  await console.hides('DATABASE AWAY');
  await console.presses([['a', /Approve 1 reminder\?/]]);

  async function setReachable(isReachable: boolean): Promise<void> {
    // Binds everybody but a superuser, in this database alone.
    await admin.query(`alter database ${name} connection limit ${isReachable ? -1 : 0}`);
    if (!isReachable)
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [name]);
  }
});
