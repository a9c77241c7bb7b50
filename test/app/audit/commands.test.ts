import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { listAudit } from '../../../src/app/audit/list-audit.ts';
import { auditCommand } from '../../../src/app/commands/audit.ts';
import type { Session } from '../../../src/app/session.ts';
import { auditPresenter } from '../../../src/cli/present/audit.ts';
import { parseLine } from '../../../src/cli/program.ts';
import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { DUBAI, shownAt } from '../../cli/shown.ts';
import { sessionOf } from '../installation.ts';
import { appendEvents, companyWithEvents, tamper } from './chain.ts';

const database = testDatabase();

/** Runs a line of `wafa audit` as the command line reads it. */
async function audit(session: Session, ...argv: readonly string[]) {
  const { input } = await parseLine(['audit', ...argv], { registry: commandRegistry, command: auditCommand, width: 80 });
  const context = {
    installation: session.installation,
    session: async () => session,
    say: () => undefined,
    confirm: async () => undefined,
  };
  return await auditCommand.run(context, auditCommand.schema.parse(input));
}

type Listed = Awaited<ReturnType<typeof listAudit>>;

const idsOf = async (session: Session, ...argv: readonly string[]): Promise<readonly number[]> =>
  ((await audit(session, 'list', ...argv)).data as Listed).events.map(({ id }) => id);

describe('the list of events', () => {
  it('begins with the newest and goes on where the page before ended', async () => {
    const session = await companyWithEvents(database(), 5);
    expect(await idsOf(session)).toEqual([5, 4, 3, 2, 1]);
    const { data } = await audit(session, 'list', '--limit', '2');
    expect(data).toMatchObject({ events: [{ id: 5 }, { id: 4 }], next: 4 });
    expect(await idsOf(session, '--limit', '2', '--after', '2')).toEqual([1]);
  });

  it('is narrowed by verb, object, user and day', async () => {
    const session = await companyWithEvents(database(), 4);
    const omar = await sessionOf(database(), session, `omar-${session.companyId}`, ['OPERATOR']);
    await appendEvents(omar, 1);
    expect(await idsOf(session, '--verb', 'init')).toEqual([1]);
    expect(await idsOf(session, '--object', 'reminder:1')).toEqual([5, 2]);
    expect(await idsOf(session, '--object', 'company')).toEqual([1]);
    expect(await idsOf(session, '--user', `omar-${session.companyId}`)).toEqual([5]);
    expect(await idsOf(session, '--since', '2100-01-01')).toEqual([]);
    await expect(audit(session, 'list', '--user', 'nobody')).rejects.toMatchObject({ code: 'audit.unknown-user' });
  });

  it.each([
    ['--object', 'reminder:x'],
    ['--after', '0'],
    ['--since', '2026-02-30'],
    ['--limit', '0'],
  ])('refuses %s %s', async (...argv) => {
    await expect(audit(await companyWithEvents(database(), 1), 'list', ...argv)).rejects.toThrow(/is not|Too small/);
  });

  it('shows who did what to what', async () => {
    const session = await companyWithEvents(database(), 2);
    await tamper(database(), session, "update audit_logs set recorded_at = '2026-11-23 06:00:00.5+00' where company_id = $1");
    const { data } = await audit(session, 'list');
    expect(shownAt(auditPresenter.page(data, DUBAI), 120).replace(`company:${session.companyId}`, 'company:1')).toMatchInlineSnapshot(`
      "EVENT  AT                   WHO   VERB  ABOUT       FROM      TO          WHY
          2  2026-11-23 10:00:00  amal  hold  reminder:1  PROPOSED  HELD        call first
          1  2026-11-23 10:00:00  amal  init  company:1             ONE_PERSON
      "
    `);
    expect(auditPresenter.csv?.(data).rows[0]?.slice(0, 9)).toEqual([
      2,
      '2026-11-23T06:00:00.5Z',
      '2026-11-23T06:00:00Z',
      'amal',
      'hold',
      'reminder:1',
      'PROPOSED',
      'HELD',
      'call first',
    ]);
  });
});

describe('the check', () => {
  it('says plainly when there was no anchor, and writes the first one', async () => {
    const session = await companyWithEvents(database(), 3);
    const first = await audit(session, 'verify');
    expect(first).toMatchObject({ ending: 'ok', data: { verified: { events: 3, anchors: 0, newestAnchor: null, anchoredNow: true } } });
    expect(first.notes?.[0]).toContain('There was no anchor');
    expect(await audit(session, 'verify')).toMatchObject({
      data: { verified: { anchors: 1, newestAnchor: { lastId: 3 }, anchoredNow: false } },
      notes: [],
    });
  });

  it('with --no-anchor writes none', async () => {
    const session = await companyWithEvents(database(), 3);
    await audit(session, 'verify', '--no-anchor');
    expect(await audit(session, 'verify', '--no-anchor')).toMatchObject({ data: { verified: { anchors: 0, anchoredNow: false } } });
  });

  it('takes its anchors from where it is told', async () => {
    const session = await companyWithEvents(database(), 3);
    const path = join(mkdtempSync(join(tmpdir(), 'wafa-audit-')), 'anchors.jsonl');
    expect(await audit(session, 'anchor', '--anchors', path)).toMatchObject({ data: { anchor: { file: path, lastId: 3, isNew: true } } });
    expect(await audit(session, 'verify', '--anchors', path)).toMatchObject({ data: { verified: { anchorFile: path, anchors: 1 } } });
  });

  it('that finds something fails with it, and anchors nothing', async () => {
    const session = await companyWithEvents(database(), 3);
    await tamper(database(), session, 'delete from audit_logs where company_id = $1 and id = 2');
    await expect(audit(session, 'verify')).rejects.toMatchObject({ code: 'audit.missing', kind: 'failed' });
    await tamper(
      database(),
      session,
      'update audit_logs set id = 2 where company_id = $1 and id = 3',
      'update audit_heads set last_id = 2 where company_id = $1',
    );
    await expect(audit(session, 'verify')).rejects.toMatchObject({ code: 'audit.reordered' });
  });
});
