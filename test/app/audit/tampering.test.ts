import { describe, expect, it } from 'vitest';

import { auditHash } from '../../../src/app/audit-chain.ts';
import { anchorAudit } from '../../../src/app/audit/anchor-audit.ts';
import { storedText } from '../../../src/app/audit/stored-event.ts';
import type { Session } from '../../../src/app/session.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { chainPages, type StoredAuditEvent } from '../../../src/store/sql/audit-chain-rows.ts';
import { testDatabase } from '../../support/database.ts';
import { appendEvents, companyWithEvents, tamper, verify } from './chain.ts';

const database = testDatabase();

const EVENTS = 10;

/** A company of ten events after a superuser's statements. */
async function tampered(...statements: readonly string[]): Promise<Session> {
  const session = await companyWithEvents(database(), EVENTS);
  await tamper(database(), session, ...statements);
  return session;
}

const expectFinding = async (session: Session, code: string, message: string | RegExp): Promise<void> => {
  await expect(verify(session)).rejects.toMatchObject({
    code: `audit.${code}`,
    message: message instanceof RegExp ? (expect.stringMatching(message) as unknown) : message,
  });
};

it('an untouched chain is passed in silence', async () => {
  const session = await companyWithEvents(database(), EVENTS);
  await expect(verify(session)).resolves.toMatchObject({ end: { id: EVENTS } });
});

it('another company beside it, tampered with or not, is none of its business', async () => {
  const session = await companyWithEvents(database(), EVENTS);
  await tampered("update audit_logs set verb = 'pay' where company_id = $1 and id = 5");
  await expect(verify(session)).resolves.toMatchObject({ end: { id: EVENTS } });
});

/** What event 5 gets instead; every column has to be here. */
const EDITS: Readonly<Record<string, string>> = {
  recorded_at: "recorded_at + interval '1 microsecond'",
  business_at: "business_at - interval '1 day'",
  actor_kind: "'DAEMON'",
  actor_user_id: 'null',
  verb: "'pay'",
  object_kind: "'invoice'",
  object_id: 'object_id + 1',
  from_state: 'null',
  to_state: "'CANCELLED'",
  reason: "'called already'",
  detail: `jsonb_set(detail, '{number}', '7')`,
  program_version: "'0.0.1'",
  previous_hash: "repeat('a', 64)",
  hash: "repeat('b', 64)",
};

describe('an edit', () => {
  it.each(Object.entries(EDITS))('of %s is named with its event', async (column, value) => {
    const session = await tampered(`update audit_logs set ${column} = ${value} where company_id = $1 and id = 5`);
    await expectFinding(session, 'edited', 'Event 5 was edited: its content does not give its hash.');
  });

  it('of any column there is, is among these', async () => {
    const { rows } = await database().admin.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_name = 'audit_logs'",
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...Object.keys(EDITS), 'company_id', 'id'].toSorted());
  });

  it.each([
    ['a fraction', `detail = '{"number": 1.5}'`],
    ['a number beyond exactness', 'object_id = 9223372036854775807'],
    ['an instant beyond the calendar', "business_at = 'infinity'"],
  ])('to a value no event can hold (%s) is named all the same', async (_, assignment) => {
    await expectFinding(
      await tampered(`update audit_logs set ${assignment} where company_id = $1 and id = 5`),
      'edited',
      /^Event 5 was edited/,
    );
  });

  it('is named by the first event it touches', async () => {
    await expectFinding(await tampered("update audit_logs set reason = 'x' where company_id = $1 and id in (4, 8)"), 'edited', /^Event 4 /);
  });

  it('that gives the event a fitting hash of its own is found in the link of the next one', async () => {
    const session = await tampered("update audit_logs set reason = 'x' where company_id = $1 and id = 5");
    await rehash(session, 5, 5);
    await expectFinding(session, 'forged-link', 'Event 6 has a forged link: it is whole in itself but does not follow on event 5.');
  });
});

describe('a deletion', () => {
  it('of one event is named', async () => {
    await expectFinding(
      await tampered('delete from audit_logs where company_id = $1 and id = 5'),
      'missing',
      'Event 5 was deleted: the events behind are there.',
    );
  });

  it('of several is named with all of them', async () => {
    await expectFinding(
      await tampered('delete from audit_logs where company_id = $1 and id between 1 and 3'),
      'missing',
      /^Events 1 to 3 were deleted/,
    );
  });

  it('hidden by closing the gap is named as a wrong order', async () => {
    const session = await tampered(
      'delete from audit_logs where company_id = $1 and id = 5',
      'update audit_logs set id = 5 where company_id = $1 and id = 6',
    );
    await expectFinding(session, 'reordered', 'Event 5 is out of order: it was written as event 6.');
  });

  it('by giving the event to another company is a gap here and an event too many there', async () => {
    const other = await companyWithEvents(database(), 4);
    const session = await tampered(`update audit_logs set company_id = ${other.companyId} where company_id = $1 and id = 5`);
    await expectFinding(session, 'missing', /^Event 5 was deleted/);
    await expectFinding(other, 'edited', /^Event 5 was edited/);
  });
});

it('two events that changed places are named as a wrong order', async () => {
  const session = await tampered(
    'update audit_logs set id = 1000 where company_id = $1 and id = 4',
    'update audit_logs set id = 4 where company_id = $1 and id = 7',
    'update audit_logs set id = 7 where company_id = $1 and id = 1000',
  );
  await expectFinding(session, 'reordered', 'Event 4 is out of order: it was written as event 7.');
});

const CUT = 'delete from audit_logs where company_id = $1 and id > 7';
const HEAD_TO_7 =
  'update audit_heads h set last_id = 7, last_hash = a.hash from audit_logs a where h.company_id = $1 and a.company_id = $1 and a.id = 7';

describe('a cut end', () => {
  it('is named by the head', async () => {
    await expectFinding(await tampered(CUT), 'truncated', 'Events 8 to 10 were cut off the end: the head names event 10.');
  });

  it('with the head moved back does not show in the database itself', async () => {
    await expect(verify(await tampered(CUT, HEAD_TO_7))).resolves.toMatchObject({ end: { id: 7 } });
  });

  it('with the head moved back is named by the anchor', async () => {
    const session = await companyWithEvents(database(), EVENTS);
    const { mark } = await anchorAudit(session);
    await tamper(database(), session, CUT, HEAD_TO_7);
    await expectFinding(session, 'truncated', `Events 8 to 10 were cut off the end: the anchor of ${mark.anchoredAt} saw event 10.`);
  });

  it('that took everything is named, too', async () => {
    await expectFinding(await tampered('delete from audit_logs where company_id = $1'), 'truncated', /^Events 1 to 10 were cut off/);
  });
});

describe('a chain written anew with fitting hashes', () => {
  const forged = async (session: Session): Promise<void> => {
    await tamper(database(), session, "update audit_logs set reason = 'nothing happened' where company_id = $1 and id = 5");
    await rehash(session, 5, EVENTS);
    await tamper(database(), session, HEAD_TO_7.replaceAll('7', String(EVENTS)));
  };

  it('does not show in the database itself', async () => {
    const session = await companyWithEvents(database(), EVENTS);
    await forged(session);
    await expect(verify(session)).resolves.toMatchObject({ end: { id: EVENTS } });
  });

  it('is named by the first anchor behind the change, and not anchored again', async () => {
    const session = await companyWithEvents(database(), 3);
    await anchorAudit(session);
    await appendEvents(session, EVENTS - 3);
    const { mark } = await anchorAudit(session);
    await forged(session);
    await expectFinding(
      session,
      'rewritten',
      `The chain up to event 10 was rewritten: the anchor of ${mark.anchoredAt} has another hash for it.`,
    );
    await expect(anchorAudit(session)).rejects.toMatchObject({ code: 'audit.rewritten' });
  });
});

describe('a head', () => {
  it('that names another hash is named', async () => {
    await expectFinding(
      await tampered("update audit_heads set last_hash = repeat('c', 64) where company_id = $1"),
      'head-disagrees',
      /^The head disagrees with event 10/,
    );
  });

  it('that stays behind is named: the next event would be lost', async () => {
    await expectFinding(await tampered(HEAD_TO_7), 'beyond-head', 'Event 8 was added past the head, which ends at event 7.');
  });

  it('that is gone is named', async () => {
    await expectFinding(await tampered('delete from audit_heads where company_id = $1'), 'head-missing', /^The head is missing/);
  });
});

/** Gives the events from one to another hashes that fit their content and each other, as a superuser with our source could. */
async function rehash(session: Session, from: number, to: number): Promise<void> {
  const events = await withCompany(session.database, session.companyId, async (tx) => {
    const all: StoredAuditEvent[] = [];
    for await (const page of chainPages(tx, '0', String(to))) all.push(...page);
    return all;
  });
  let previous = events[from - 2]!.hash;
  for (const event of events.slice(from - 1)) {
    const hash = auditHash(previous, storedText(session.companyId, event)!);
    await tamper(
      database(),
      session,
      `update audit_logs set previous_hash = '${previous}', hash = '${hash}' where company_id = $1 and id = ${event.id}`,
    );
    previous = hash;
  }
}
