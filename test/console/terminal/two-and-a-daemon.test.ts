/**
 * Two people and a daemon on the same row: what one approves the other cannot hold without being told, the daemon sends it once, and both screens
 * come to say so by themselves.
 */
import { expect, test } from 'vitest';

import { ended, startDaemon } from '../../chaos/sender-process.ts';
import { agrees, atCursor } from '../../support/agree.ts';
import { consoleWorld } from '../../support/console-world.ts';
import { KEYS, type PtyConsole } from '../../support/pty-console.ts';

const world = consoleWorld();
const ROW = 'C-00379';

const statusOf = async (code: string): Promise<string | undefined> => {
  const { rows } = await world.database().admin.query<{ delivery_status: string }>(
    `select r.delivery_status from customer_consolidated_reminders r join customers c on c.company_id = r.company_id and c.id = r.customer_id
        where c.code = $1 order by r.id desc limit 1`,
    [code],
  );
  return rows[0]?.delivery_status;
};

async function onRow(): Promise<PtyConsole> {
  const console = world.open();
  await console.until(() => atCursor(console) === ROW, 'the riskiest account under the cursor');
  return console;
}

test('what one approves the other cannot hold silently, and what the daemon sends both see leave', { timeout: 240_000 }, async () => {
  expect(world.wafa('policy', 'set', 'approval.undoMinutes=0').code).toBe(0);
  const [approver, holder] = await Promise.all([onRow(), onRow()]);

  // The second has the day typed already when the first approves.
  holder.types('h');
  await holder.shows('Hold until which day?');
  holder.types('thursday');
  await holder.shows('Thursday, 26 November 2026');
  approver.types('a');
  await agrees(approver, 'Approve 1 reminder?');
  await approver.shows(new RegExp(`❯.*${ROW}.*scheduled`));
  holder.types(KEYS.enter);
  await holder.shows('Refused: 1');
  expect(await statusOf(ROW)).toBe('QUEUED');
  holder.types(KEYS.escape);
  await holder.shows(new RegExp(`❯.*${ROW}.*scheduled`));

  const daemon = startDaemon({ ...world.env(), WAFA_DAEMON_PORT: 'off', TZ: 'UTC' });
  try {
    // Nobody presses anything: the row leaves both screens by itself, and the cursor stands on its neighbour.
    for (const console of [approver, holder])
      await console.until(
        () => atCursor(console) !== ROW && !new RegExp(`${ROW}.*(scheduled|sending)`).test(console.text()),
        'the row gone',
      );
    expect(await statusOf(ROW)).toBe('SENT');
    for (const console of [approver, holder]) {
      console.types('4');
      await console.shows(new RegExp(`❯.*${ROW}.*sent`));
    }
    daemon.process.kill('SIGTERM');
    expect(await ended(daemon.process)).toBe(0);
  } finally {
    daemon.process.kill('SIGKILL');
  }
  const { rows } = await world.database().admin.query('select outcome from email_logs');
  expect(rows).toEqual([{ outcome: 'ACCEPTED' }]);
});

/** Without the version that was seen the second would have held what the first had just approved. */
test('an order that names no version is not protected, which is why every key names one', async () => {
  expect(world.wafa('approve', '--customer', 'C-00001', '--all', '--yes').code).toBe(0);
  const { rows } = await world
    .database()
    .admin.query<{ id: number }>(
      `select r.id::int from customer_consolidated_reminders r join customers c on c.company_id = r.company_id and c.id = r.customer_id where c.code = 'C-00001'`,
    );
  expect(world.wafa('hold', String(rows[0]?.id)).code).toBe(0);
  expect(await statusOf('C-00001')).toBe('HELD');
});
