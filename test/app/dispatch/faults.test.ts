/** Faults of the world around a sender that the other files do not make. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { dispatchTurn } from '../../../src/app/daemon/dispatch-turn.ts';
import { JOBS } from '../../../src/app/daemon/jobs.ts';
import { openDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { keepLeases } from '../../../src/app/dispatch/lease-keeper.ts';
import type { Session } from '../../../src/app/session.ts';
import { openDatabase } from '../../../src/store/connection/pool.ts';
import { smtpTransport } from '../../../src/mail/smtp-transport.ts';
import { testDatabase } from '../../support/database.ts';
import { localSmtp } from '../../support/sending.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { setPolicy } from '../../../src/app/set-policy.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await relay?.close();
  relay = undefined;
});

async function approved(code: string, reminders: number): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  await setPolicy(session, { 'approval.undoMinutes': '0', 'release.cautionAbove': '1000' });
  const codes = Array.from({ length: reminders }, (_, index) => `${code}-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.map((one) => invoice(one, `${one}/1`, '900', '2026-11-02')),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

const url = (): string => `smtp://127.0.0.1:${relay?.port ?? 0}`;

describe('packets of the database that vanish', () => {
  /** Lets a minute and a little pass by the process's own clock, with a heartbeat asked for four times on the way. */
  async function aMinuteWith(session: Session, prolong: () => Promise<void>): Promise<boolean> {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    let asked = 0;
    const leases = keepLeases(session, randomUUID(), async () => {
      asked += 1;
      await prolong();
    });
    for (let beat = 1; beat <= 5; beat += 1) {
      vi.advanceTimersByTime(15_000);
      // Only what answers is asked again in a transaction of its own; what hangs hangs in as many.
      while (asked < beat) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const isHeld = leases.isHeld();
    leases.stop();
    return isHeld;
  }

  it('keep a sender from beginning anything once it could not prolong its leases for a minute', { timeout: 60_000 }, async () => {
    const session = await approved('HOLE', 1);
    const { promise: never, resolve: giveUp } = Promise.withResolvers<void>();
    expect(await aMinuteWith(session, () => never)).toBe(false);
    giveUp();
    vi.useRealTimers();
    expect(await aMinuteWith(session, async () => undefined)).toBe(true);
  });
});

describe('a database that became a read-only standby', () => {
  it('sends nothing, says so, and goes on when it may write again', async () => {
    const session = await approved('STANDBY', 2);
    relay = await startRelay();
    const { admin, name, target } = database();
    await admin.query(`alter database "${name}" set default_transaction_read_only = on`);
    const standby = openDatabase(target);
    try {
      await expect(
        sendThrough({ ...session, database: standby, installation: { ...session.installation, database: async () => standby } }, url()),
      ).rejects.toMatchObject({ code: 'database.read-only' });
      expect(relay.connections()).toBe(0);
    } finally {
      await standby.close();
      await admin.query(`alter database "${name}" reset default_transaction_read_only`);
    }
    expect(await queue(session, 'QUEUED')).toHaveLength(2);
    expect(await sendThrough(session, url())).toMatchObject({ sent: 2 });
  });
});

describe('a zone with summer time', () => {
  const anchor = JOBS.find(({ name }) => name === 'audit anchor');
  const slotAt = async (now: string): Promise<string> =>
    String(await anchor?.slotAt({ timeZone: 'America/New_York' } as Session, Temporal.Instant.from(now)));

  it('has one slot in the hour that comes twice', async () => {
    // 01:30 comes at 05:30Z and again at 06:30Z on the first of November.
    expect(await slotAt('2026-11-01T05:29:00Z')).toBe('2026-10-31T05:30:00Z');
    expect(await slotAt('2026-11-01T05:31:00Z')).toBe('2026-11-01T05:30:00Z');
    expect(await slotAt('2026-11-01T06:31:00Z')).toBe('2026-11-01T05:30:00Z');
  });

  it('has one slot on the day an hour is missing', async () => {
    const tidyUp = JOBS.find(({ name }) => name === 'tidy up');
    const on = async (now: string) =>
      String(await tidyUp?.slotAt({ timeZone: 'Africa/Casablanca' } as Session, Temporal.Instant.from(now)));
    // Sunday 2026-02-15: clocks go back from 03:00 to 02:00; Sunday 2026-03-22: forward from 02:00 to 03:00.
    expect(await on('2026-03-22T12:00:00Z')).toBe(await on('2026-03-22T03:30:00Z'));
    expect(await on('2026-03-28T12:00:00Z')).toBe(await on('2026-03-22T12:00:00Z'));
  });
});

describe('a company with hundreds of mails', () => {
  it('gives way after its turn: the few of another company leave long before its own are through', { timeout: 120_000 }, async () => {
    const large = await approved('LARGE', 150);
    const small = await approved('SMALL', 4);
    relay = await startRelay('accept, slowly');
    const transport = smtpTransport(localSmtp(relay.port));
    const dispatcher = await openDispatcher(large.installation, transport);
    const signals = { signal: new AbortController().signal, cutOff: new AbortController().signal };
    const first = await dispatchTurn(large, dispatcher, signals);
    const second = await dispatchTurn(small, dispatcher, signals);
    expect(first.hasMore).toBe(true);
    expect(first.sent).toBeLessThan(150);
    expect(second).toMatchObject({ sent: 4, hasMore: false });
    await transport.close();
    await dispatcher.close();
  });

  it('is sent by two daemons between them, each mail once, and counted once', { timeout: 120_000 }, async () => {
    const session = await approved('PAIR', 60);
    relay = await startRelay('accept');
    await Promise.all([sendThrough(session, url()), sendThrough(session, url())]);
    expect(new Set(relay.taken.map(({ messageId }) => messageId)).size).toBe(60);
    expect(relay.taken).toHaveLength(60);
    const { rows } = await database().admin.query<{ bucket: string; taken: number }>(
      `select case when bucket = 'day' then bucket else 'domains' end as bucket, sum(taken)::int as taken from rate_tokens
        where company_id = $1 and bucket not like 'rest:%' group by 1 order by 1`,
      [session.companyId],
    );
    expect(rows).toEqual([
      { bucket: 'day', taken: 60 },
      { bucket: 'domains', taken: 60 },
    ]);
  });
});
