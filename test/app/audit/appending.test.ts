import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { act } from '../../../src/app/act.ts';
import { appendAuditEvents } from '../../../src/app/audit-chain.ts';
import type { Session } from '../../../src/app/session.ts';
import type { Canonical } from '../../../src/domain/canonical-json.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { testDatabase } from '../../support/database.ts';
import { clockAt, sessionOf } from '../installation.ts';
import { companyWithEvents, verify } from './chain.ts';

const database = testDatabase();

const record = (session: Session, detail: Readonly<Record<string, Canonical>>, reason = 'x'): Promise<void> =>
  act(session, 'hold', async (context) => context.record({ objectKind: 'reminder', objectId: 1, reason, detail }));

describe('eight people at once, fifty events each', () => {
  it('leave one chain without a gap', async () => {
    const session = await companyWithEvents(database(), 1);
    const people: Session[] = [];
    for (let number = 1; number <= 8; number += 1)
      people.push(await sessionOf(database(), session, `person-${session.companyId}-${number}`, ['OPERATOR']));
    const work = async (person: Session): Promise<void> => {
      for (let event = 1; event <= 50; event += 1) await record(person, { event });
    };
    await Promise.all(people.map(work));
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 401 } });
  });

  it('would not without the lock on the head', async () => {
    const session = await companyWithEvents(database(), 1);
    const lockless = (number: number) =>
      withCompany(session.database, session.companyId, async (tx) => {
        const one: typeof tx.one = (text, values, options) => tx.one(text.replace('for update', ''), values, options);
        const now = Temporal.Instant.from('2026-11-23T06:00:00Z');
        await appendAuditEvents(
          { ...tx, one },
          { actor: session.actor, verb: 'hold', now },
          [{ objectKind: 'reminder', objectId: number }],
          'test',
        );
      });
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, number) => lockless(number + 1)));
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
  });
});

it('work that fails leaves no event and no gap', async () => {
  const session = await companyWithEvents(database(), 1);
  const failing = act(session, 'hold', async (context) => {
    context.record({ objectKind: 'reminder', objectId: 1 });
    await context.tx.query('select 1 / 0');
  });
  await expect(failing).rejects.toThrow('division by zero');
  await record(session, {});
  await expect(verify(session)).resolves.toMatchObject({ end: { id: 2 } });
});

describe('an event read back', () => {
  it('has its hash, whatever its detail holds', async () => {
    const session = await companyWithEvents(database(), 1);
    const text = fc.string({ unit: 'binary' });
    const { detail } = fc.letrec<{ detail: Canonical }>((tie) => ({
      detail: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.maxSafeInteger(),
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.boolean(),
        fc.constant(null),
        fc
          .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())),
        fc.array(tie('detail'), { maxLength: 3 }),
        fc.dictionary(text, tie('detail'), { maxKeys: 4 }),
      ),
    }));
    const someDetail = fc.dictionary(text, detail, { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(someDetail, text, async (members, reason) => {
        await record(session, members, reason);
        await verify(session);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '2026-11-23T10:00:00.123456789+04:00',
    '2026-11-23T10:00:00.1+04:00',
    '2026-11-23T23:59:59.9999999+04:00',
    '2026-11-23T10:00:00.000001+04:00',
  ])('has its hash when business time is %s, finer or coarser than the database keeps it', async (instant) => {
    const session = await companyWithEvents(database(), 1);
    await record({ ...session, installation: { ...session.installation, clock: clockAt(instant) } }, {});
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 2 } });
  });

  it('has its hash when a text is cut in the middle of a character or holds a NUL', async () => {
    const session = await companyWithEvents(database(), 1);
    await record(session, { cut: '👍'.slice(0, 1), '\uDC4D\0': 'key', nul: 'a\0b' }, `half ${'👍'.slice(1)}\0`);
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 2 } });
  });
});

describe('the application role', () => {
  it.each([
    ['change', "update audit_logs set reason = 'x'"],
    ['delete', 'delete from audit_logs'],
    ['empty', 'truncate audit_logs'],
    ['delete the head of', 'delete from audit_heads'],
    ['empty the head of', 'truncate audit_heads'],
    ['take the triggers of', 'alter table audit_logs disable trigger all'],
  ])('may not %s the chain', async (_, statement) => {
    const session = await companyWithEvents(database(), 2);
    const attempt = withCompany(session.database, session.companyId, (tx) => tx.execute(statement));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 2 } });
  });
});

describe('a refused attempt', () => {
  it('is an event of the chain', async () => {
    const session = await companyWithEvents(database(), 1);
    const viewer = await sessionOf(database(), session, `viewer-${session.companyId}`, ['VIEWER']);
    await expect(record(viewer, {})).rejects.toMatchObject({ code: 'permission.refused' });
    await expect(verify(viewer)).rejects.toMatchObject({ code: 'permission.refused' });
    const { rows } = await database().admin.query(
      'select verb, object_kind, reason from audit_logs where company_id = $1 and id > 1 order by id',
      [session.companyId],
    );
    expect(rows).toEqual([
      { verb: 'hold', object_kind: 'verb', reason: 'refused: role' },
      { verb: 'audit', object_kind: 'verb', reason: 'refused: role' },
    ]);
    await expect(verify(session)).resolves.toMatchObject({ end: { id: 3 } });
  });
});
