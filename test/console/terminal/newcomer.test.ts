/**
 * A newcomer's first morning, from `npm start` on a machine where Wafa never ran: find the riskiest account, see why, read the Arabic preview,
 * approve it, mark ten and approve them, undo one, hold one until Thursday, note a promise for a customer who phones, settle an uncertain
 * delivery, confirm Eid, leave. Every step waits for what is on the screen and looks in the books afterwards.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

import { packagePath } from '../../../src/package-root.ts';
import { agrees, atCursor } from '../../support/agree.ts';
import { consoleWorld } from '../../support/console-world.ts';
import { KEYS, modesAfter, RESTORED, type PtyConsole } from '../../support/pty-console.ts';
import { startRelay } from '../../support/smtp-relay.ts';

const world = consoleWorld({ hasCompany: false });

test('a newcomer’s first morning, from npm start', { timeout: 300_000 }, async () => {
  const console = world.open({ program: packagePath('bin/start.mjs') });

  // A colleague sends one meanwhile. The server takes it whole and hangs up.
  await console.shows('by money at risk');
  await loseTheAnswerTo('C-00160');

  // The riskiest account is on top. Why, in sentences; then the mail in Arabic.
  await console.until(() => atCursor(console) === 'C-00379', 'the riskiest account under the cursor');
  console.types('w');
  await console.shows('They owe AED');
  await closes(console);
  console.types(KEYS.enter);
  await console.shows('Why');
  console.types('b');
  await console.until(() => ARABIC_AS_SHOWN.test(console.text()), 'the mail in Arabic letters');
  await closes(console);

  // It is approved, and nothing but it.
  console.types('a');
  await agrees(console, 'Approve 1 reminder?');
  await console.shows('takes back approve');
  console.types(KEYS.escape);
  await console.shows(/^❯.*C-00379.*scheduled/m);
  expect(await byStatus()).toMatchObject({ QUEUED: 1 });

  // Ten more at once.
  console.types('j');
  await console.until(() => atCursor(console) !== 'C-00379', 'the cursor on the next row');
  const second = atCursor(console) ?? '';
  for (let marked = 1; marked <= 10; marked += 1) {
    console.types(' ');
    await console.shows(`${marked} marked`);
  }
  console.types('a');
  await agrees(console, 'Approve 10 reminders?');
  await closes(console);
  expect(await byStatus()).toMatchObject({ QUEUED: 11 });

  // One of the ten is taken back, and held until Thursday instead.
  console.types(KEYS.escape);
  await console.hides('10 marked');
  console.types('gj');
  await console.until(() => atCursor(console) === second, 'the cursor on the first of the ten');
  console.types('U');
  await console.shows(new RegExp(`^❯.*${second}.*to approve`, 'm'));
  expect(await byStatus()).toMatchObject({ QUEUED: 10 });
  console.types('h');
  await console.shows('Hold until which day?');
  console.types('thursday');
  await console.shows('Thursday, 26 November 2026');
  console.types(KEYS.enter);
  await console.shows(new RegExp(`^❯.*${second}.*stopped`, 'm'));
  expect(await heldUntil()).toEqual(['2026-11-26']);

  // A customer phones and promises.
  console.types('3');
  await console.shows('A telephone number in any form');
  console.types('C-00030\r');
  await console.until(() => atCursor(console) === 'C-00030', 'who is on the telephone');
  console.types(KEYS.enter);
  await console.shows('Ageing');
  console.types('p');
  await console.shows('C-00030 promises to pay. By which day?');
  console.types('monday');
  await console.shows('Monday, 30 November 2026');
  console.types(KEYS.enter);
  await console.shows(/Promise \d+ of C-00030/);
  await closes(console);
  expect(await promises()).toEqual(['2026-11-30']);

  // Nobody knows whether that mail arrived. Somebody asked, and it did.
  console.types('4');
  await console.shows('Nobody knows whether it arrived');
  console.types('a');
  await console.shows('How do you know?');
  console.types('the customer has it\r');
  await agrees(console, 'as arrived?');
  await console.hides('Nobody knows whether it arrived');
  expect(await byStatus()).toMatchObject({ SENT: 1 });

  // The moon was seen.
  console.types('7');
  await console.shows('eid-al-fitr-2027');
  console.types('j'.repeat(5));
  await console.shows(/^❯ eid-al-fitr-2027/m);
  console.types('c');
  await console.shows('On which days is eid-al-fitr-2027?');
  console.types('\u0015');
  console.types('2027-03-09 2027-03-10 2027-03-11');
  await console.shows('Thursday, 11 March 2027');
  console.types(KEYS.enter);
  await agrees(console, 'Confirm eid-al-fitr-2027?');
  await console.hides(/eid-al-fitr-2027 +expected/);
  expect(await confirmedDays()).toEqual(['2027-03-09', '2027-03-10', '2027-03-11']);

  console.types('qqqqqq');
  const { exitCode } = await console.ended;
  expect({ exitCode, ...modesAfter(console.output) }).toEqual({ exitCode: 0, ...RESTORED });
});

/** Letters joined and in the order they are read in, as a terminal that does neither has to be sent them. */
const ARABIC_AS_SHOWN = /[\uFB50-\uFEFC]{3}/u;

async function closes(console: PtyConsole): Promise<void> {
  await console.shows('esc close');
  console.types(KEYS.escape);
  await console.hides('esc close');
}

/** As another process of the same company does, while this one plays the mail server. */
async function loseTheAnswerTo(code: string): Promise<void> {
  const relay = await startRelay('taken, then close');
  try {
    // The sample company never went live, and only a live one hands mail to a server.
    await world.database().admin.query('update companies set went_live_at = now()');
    await wafa({}, 'approve', '--customer', code, '--all', '--yes');
    await wafa({ SMTP_URL: `smtp://127.0.0.1:${relay.port}` }, 'send');
  } finally {
    await relay.close();
  }
  expect(await byStatus()).toMatchObject({ UNCERTAIN: 1 });
}

/** An uncertain delivery ends `send` with a code of its own; what matters is what stands in the books. */
async function wafa(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [packagePath('dist/main.js'), ...words], { env: { ...world.env(), ...env } }).catch(
    () => undefined,
  );
}

async function byStatus(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await world
    .database()
    .admin.query<{ status: string; count: string }>(
      'select delivery_status as status, count(*) from customer_consolidated_reminders group by 1',
    );
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}

const days = async (query: string): Promise<readonly string[]> => {
  const { rows } = await world.database().admin.query<{ day: string }>(query);
  return rows.map(({ day }) => day);
};

const heldUntil = (): Promise<readonly string[]> =>
  days(`select held_until_on::text as day from customer_consolidated_reminders where delivery_status = 'HELD'`);

const promises = (): Promise<readonly string[]> =>
  days(`select distinct b.promised_on::text as day from blocks b join customers c on c.company_id = b.company_id and c.id = b.customer_id
         where b.kind = 'PROMISE' and c.code = 'C-00030' and b.ended_at is null`);

const confirmedDays = (): Promise<readonly string[]> =>
  days(`select off_on::text as day from days_off where status = 'confirmed' and off_on between '2027-03-01' and '2027-03-31' order by 1`);
