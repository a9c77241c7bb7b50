import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { anchorAudit } from '../../../src/app/audit/anchor-audit.ts';
import { verifyAudit } from '../../../src/app/audit/verify-audit.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { appendEvents, companyWithEvents, verify } from './chain.ts';

const database = testDatabase();

const fileOf = (session: Session): string => join(session.installation.home, 'anchors', `${session.companyCode}.jsonl`);
const linesOf = (session: Session): string[] => readFileSync(fileOf(session), 'utf8').trimEnd().split('\n');

async function anchoredThrice(): Promise<Session> {
  const session = await companyWithEvents(database(), 3);
  for (const more of [0, 2, 2]) {
    await appendEvents(session, more);
    await anchorAudit(session);
  }
  return session;
}

describe('an anchor', () => {
  it('is one line for the owner alone, and says where the chain ends', async () => {
    const session = await companyWithEvents(database(), 3);
    const { mark, isNew } = await anchorAudit(session);
    expect({ isNew, id: mark.id }).toEqual({ isNew: true, id: 3 });
    expect(statSync(fileOf(session)).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(fileOf(session))).mode & 0o777).toBe(0o700);
    expect(linesOf(session).map((line): unknown => JSON.parse(line))).toMatchObject([
      { lastId: 3, lastHash: mark.hash, companyCode: session.companyCode },
    ]);
  });

  it('is added after the others, which stay as they are', async () => {
    const session = await anchoredThrice();
    const before = linesOf(session);
    await appendEvents(session, 1);
    await anchorAudit(session);
    expect(linesOf(session).slice(0, 3)).toEqual(before);
    expect(linesOf(session)).toHaveLength(4);
    await expect(verify(session)).resolves.toMatchObject({ anchors: { marks: [{ id: 3 }, { id: 5 }, { id: 7 }, { id: 8 }] } });
  });

  it('is not written twice for the same end', async () => {
    const session = await anchoredThrice();
    expect(await anchorAudit(session)).toMatchObject({ isNew: false, mark: { id: 7 } });
    expect(linesOf(session)).toHaveLength(3);
  });

  it('of several people at once is one unbroken file', async () => {
    const session = await companyWithEvents(database(), 1);
    const work = async (): Promise<void> => {
      await appendEvents(session, 1);
      await anchorAudit(session);
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(await verify(session)).toMatchObject({ end: { id: 9 } });
  });

  it('is written after a check that found nothing, of what was checked', async () => {
    const session = await companyWithEvents(database(), 3);
    await expect(verifyAudit(session, { anchors: true })).resolves.toMatchObject({
      anchors: { marks: [] },
      anchored: { isNew: true, mark: { id: 3 } },
    });
    await expect(verify(session)).resolves.toMatchObject({ anchors: { marks: [{ id: 3 }] } });
  });
});

describe('the anchor file', () => {
  it.each(['companyId', 'companyCode', 'lastId', 'lastHash', 'anchoredAt', 'previousAnchorHash', 'anchorHash'])(
    'shows an edit of %s',
    async (member) => {
      const session = await anchoredThrice();
      const [first = '', second = '', third = ''] = linesOf(session);
      const line = JSON.parse(second) as Record<string, unknown>;
      const edited = { companyId: 999, companyCode: 'OTHER', lastId: 4, anchoredAt: '2020-01-01T00:00:00Z' }[member] ?? 'e'.repeat(64);
      writeFileSync(fileOf(session), [first, JSON.stringify({ ...line, [member]: edited }), third, ''].join('\n'));
      await expect(verify(session)).rejects.toMatchObject({ code: 'audit.anchors-edited', at: { row: 2 } });
      await expect(anchorAudit(session)).rejects.toMatchObject({ code: 'audit.anchors-edited' });
    },
  );

  it.each([
    ['losing a line', ([first, , third]: string[]) => [first, third], 2],
    ['changing the order', ([first, second, third]: string[]) => [second, first, third], 1],
    ['losing its beginning', ([, second, third]: string[]) => [second, third], 1],
  ])('shows %s', async (_, change, row) => {
    const session = await anchoredThrice();
    writeFileSync(fileOf(session), `${change(linesOf(session)).join('\n')}\n`);
    await expect(verify(session)).rejects.toMatchObject({ code: 'audit.anchors-edited', at: { row } });
  });

  it('of another company is refused', async () => {
    const [one, other] = [await anchoredThrice(), await anchoredThrice()];
    await expect(verifyAudit(one, { path: fileOf(other), anchors: false })).rejects.toMatchObject({ code: 'audit.anchors-of-another' });
  });

  it('whose last line was cut short by a crash goes on behind it', async () => {
    const session = await anchoredThrice();
    writeFileSync(fileOf(session), `${readFileSync(fileOf(session), 'utf8')}{"anchor":1,"compa`);
    await appendEvents(session, 1);
    await anchorAudit(session);
    await expect(verify(session)).resolves.toMatchObject({
      anchors: { marks: [{ id: 3 }, { id: 5 }, { id: 7 }, { id: 8 }], unreadableLines: [4] },
    });
  });

  it('behind a link is not followed', async () => {
    const session = await companyWithEvents(database(), 1);
    mkdirSync(dirname(fileOf(session)));
    symlinkSync('/dev/null', fileOf(session));
    await expect(anchorAudit(session)).rejects.toMatchObject({ code: 'audit.anchors-unusable' });
  });
});
