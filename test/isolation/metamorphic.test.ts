/** What one company is told is the same to the letter whether another company exists or not, and whatever that one does meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { testInstallation } from '../app/installation.ts';
import { oneShot } from '../hostile/one-shot.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { addWhatIsOnlyThere, canaryOf, createMirror, CUSTOMERS, PLAIN, workADay } from './mirror.ts';

const MARK = canaryOf('metamorphic');

let inbox: MailInbox;
let alone: TestDatabase;
let together: TestDatabase;
let first: Session;
let second: Session;
let other: Session;

beforeAll(async () => {
  inbox = await startInbox();
  [alone, together] = [await createTestDatabase(), await createTestDatabase()];
  first = await createMirror(testInstallation(alone, { login: 'amal' }), 'ALPHA', PLAIN);
  await workADay(first, PLAIN, inbox);
  second = await createMirror(testInstallation(together, { login: 'amal' }), 'ALPHA', PLAIN);
  // Ids come from counters that all companies share. The other company's rows are to have no other influence, so the counters are
  // put back: ids are unique within a company only, and the same number may stand in both.
  const counters = await countersOf(together);
  other = await createMirror(testInstallation(together, { login: 'basma' }), 'BETA', MARK);
  await addWhatIsOnlyThere(other, MARK);
  await workADay(other, MARK, inbox);
  await putBack(together, counters);
  await workADay(second, PLAIN, inbox);
});

afterAll(async () => {
  await inbox.close();
  await alone.drop();
  await together.drop();
});

type Counters = readonly { readonly name: string; readonly value: string }[];

async function countersOf({ admin }: TestDatabase): Promise<Counters> {
  const { rows } = await admin.query<{ name: string; value: string }>(
    `select format('%I', sequencename) as name, coalesce(last_value, 0)::text as value from pg_sequences where schemaname = 'public' and sequencename not like 'directory%'`,
  );
  return rows;
}

async function putBack({ admin }: TestDatabase, counters: Counters): Promise<void> {
  for (const { name, value } of counters)
    await admin.query(`select setval($1::regclass, greatest($2::bigint, 1), $2::bigint > 0)`, [name, value]);
}

/** What no two runs share: random names, ports, and instants of the real clock. */
const CHANCE =
  /"(?:messageId|relay|sender|lastHash|previousHash|hash|startedAt|finishedAt|recordedAt|createdAt|expiresAt|lastUsedAt|wentLiveAt|at)":"[^"]*"/g;

const told = async (session: Session, line: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr, bugs } = await oneShot(session.installation, ['--company', 'ALPHA', '--json', ...line]);
  expect([line, bugs]).toEqual([line, []]);
  return `${exitCode} ${stdout.replaceAll(CHANCE, '"chance":""')} ${stderr}`;
};

const LINES: readonly (readonly string[])[] = [
  ['queue'],
  ['queue', '--status', 'SENT', '--status', 'UNCERTAIN', '--status', 'CANCELLED'],
  ...Object.values(CUSTOMERS).map((code) => ['explain', code]),
  ['explain', 'ONLY-9'],
  ['plan', '--dry-run'],
  ['runs'],
  ['status'],
  ['policy', 'history'],
  ['company', 'show'],
  ['user', 'list'],
  ['login', 'list'],
  ['audit', 'list', '--limit', '1000'],
];

const reminderLines = async (session: Session): Promise<readonly (readonly string[])[]> => {
  const { stdout } = await oneShot(session.installation, ['--company', 'ALPHA', '--json', 'queue']);
  const { reminders } = JSON.parse(stdout) as { readonly reminders: readonly { readonly id: number }[] };
  return reminders.map(({ id }) => ['show', String(id)]);
};

describe('the same company with another one beside it', () => {
  it.each(LINES.map((line) => [line.join(' '), line] as const))('is told the same: %s', async (_, line) => {
    expect(await told(second, line)).toBe(await told(first, line));
  });

  it('is shown the same reminders', async () => {
    const lines = await reminderLines(first);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(await told(second, line)).toBe(await told(first, line));
  });

  it('is told the same after the other one has gone on working', async () => {
    const before = await Promise.all(LINES.map((line) => told(second, line)));
    for (const line of [['release', '--all'], ['plan'], ['approve', '--all', '--yes'], ['cancel', '--all', '--yes']]) {
      await oneShot(other.installation, ['--company', 'BETA', ...line]);
    }
    expect(await Promise.all(LINES.map((line) => told(second, line)))).toEqual(before);
  });

  it('and a difference would be seen: its own next step changes what it is told', async () => {
    const before = await told(second, ['queue']);
    await oneShot(second.installation, ['--company', 'ALPHA', 'cancel', '--all', '--yes']);
    expect(await told(second, ['queue'])).not.toBe(before);
  });
});
