/**
 * Checks an export as an outsider would: by what `docs/audit.md` says and nothing of Wafa's. Nothing here may import the chain's own
 * hashing.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { act } from '../../../src/app/act.ts';
import { anchorAudit } from '../../../src/app/audit/anchor-audit.ts';
import { exportAudit } from '../../../src/app/audit/export-audit.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWithEvents, tamper, verify } from './chain.ts';

const database = testDatabase();

interface OutsideLine {
  readonly event: Record<string, unknown> & { readonly id: number };
  readonly previousHash: string;
  readonly hash: string;
}

/** The recipe's spelling, written from the document. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${spelled((value as Record<string, unknown>)[name])}`).join(',')}}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** @returns the events that are wrong. */
function outsideCheck(text: string): readonly number[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OutsideLine);
  return lines.flatMap(({ event, previousHash, hash }, index) => {
    const before = index === 0 ? '0'.repeat(64) : lines[index - 1]!.hash;
    const isRight = sha256(`1\n${previousHash}\n${spelled(event)}`) === hash && previousHash === before && event.id === index + 1;
    return isRight ? [] : [event.id];
  });
}

async function companyWithOddEvents(): Promise<Session> {
  const session = await companyWithEvents(database(), 2_500);
  await act(session, 'hold', async (context) => {
    const detail = {
      b: null,
      a: [1, -2, 'ü', 'é\u2028', '\u0001"\\/\n'],
      Z: { ключ: true, é: 3n, e: 'وفاء', '\u{1F44D}': '', '\uFFFF': 0 },
    };
    context.record({ objectKind: 'reminder', objectId: 1, reason: '","previousHash":"', detail });
  });
  return session;
}

const exported = async (session: Session, sinceOn?: Temporal.PlainDate) => {
  const output = join(session.installation.home, 'audit.jsonl');
  return { ...(await exportAudit(session, { output, sinceOn })), text: readFileSync(output, 'utf8') };
};

const pythonProgram = (): string =>
  /```python\n([\s\S]*?)```/.exec(readFileSync(new URL('../../../docs/audit.md', import.meta.url), 'utf8'))![1]!;
const hasPython = spawnSync('python3', ['--version']).status === 0;
const python = (file: string) => spawnSync('python3', ['-c', pythonProgram(), file], { encoding: 'utf8' });

describe('an export', () => {
  it('is found right by whoever follows the document, event by event', async () => {
    const { text, file, events, firstId, lastId } = await exported(await companyWithOddEvents());
    expect({ events, firstId, lastId, wrong: outsideCheck(text) }).toEqual({ events: 2_501, firstId: 1, lastId: 2_501, wrong: [] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('of a chain that was tampered with is found wrong by them', async () => {
    const session = await companyWithEvents(database(), 10);
    await tamper(database(), session, 'update audit_logs set detail = detail || \'{"number": 99}\' where company_id = $1 and id = 5');
    expect(outsideCheck((await exported(session)).text)).toEqual([5]);
  });

  it.skipIf(!hasPython)('is judged alike by the program that the document prints', async () => {
    const session = await companyWithOddEvents();
    const { file, text } = await exported(session);
    expect(python(file)).toMatchObject({ status: 0, stderr: '' });
    expect(python(file).stdout).toMatch(/^unbroken, ends with [0-9a-f]{64}\n$/);
    writeFileSync(file, text.replace('"number":7,', '"number":8,'));
    expect(python(file).stderr).toContain('event 8 was edited');
    writeFileSync(file, text.split('\n').toSpliced(6, 1).join('\n'));
    expect(python(file).stderr).toContain('event 8 does not follow on the one before');
  });

  it('is an event itself', async () => {
    const session = await companyWithEvents(database(), 3);
    await exported(session);
    const { rows } = await database().admin.query('select verb, reason, detail from audit_logs where company_id = $1 and id = 4', [
      session.companyId,
    ]);
    expect(rows).toEqual([{ verb: 'audit', reason: 'exported', detail: { events: 3, firstId: 1, lastId: 3 } }]);
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 4 } });
  });

  it('from a day on begins with the first event of that day', async () => {
    const session = await companyWithEvents(database(), 5);
    await tamper(
      database(),
      session,
      "update audit_logs set recorded_at = recorded_at - interval '3 days' where company_id = $1 and id <= 2",
    );
    const { rows } = await database().admin.query<{ today: string }>("select (now() at time zone 'Asia/Dubai')::date::text as today");
    const today = Temporal.PlainDate.from(rows[0]!.today);
    expect(await exported(session, today.subtract({ days: 1 }))).toMatchObject({ firstId: 3, lastId: 5, events: 3 });
  });

  it('never overwrites a file, and leaves none when it cannot be finished', async () => {
    const session = await companyWithEvents(database(), 2);
    const { file, text } = await exported(session);
    await expect(exported(session)).rejects.toMatchObject({ code: 'audit.export-exists' });
    expect(readFileSync(file, 'utf8')).toBe(text);
    await expect(exportAudit(session, { output: '/nonexistent/audit.jsonl' })).rejects.toMatchObject({ code: 'audit.export-cannot-write' });
    await tamper(database(), session, 'delete from audit_heads where company_id = $1');
    await expect(exportAudit(session, { output: `${file}.2` })).rejects.toThrow(/returned none/);
    expect(readdirSync(session.installation.home)).toEqual(['audit.jsonl']);
  });
});

it('an anchor is found right by whoever follows the document', async () => {
  const session = await companyWithEvents(database(), 3);
  const { file } = await anchorAudit(session);
  const line = readFileSync(file, 'utf8').trimEnd();
  const { anchorHash, ...members } = JSON.parse(line) as Record<string, unknown>;
  expect(spelled({ ...members, anchorHash })).toBe(line);
  expect(sha256(`wafa anchor 1\n${spelled(members)}`)).toBe(anchorHash);
  expect(members['previousAnchorHash']).toBe('0'.repeat(64));
});
