/** Two people, or a person and a sender, act on the same reminder in the same moment: one of them is first, and nothing contradicts it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { verifyAudit } from '../../src/app/audit/verify-audit.ts';
import { cancelReminders, holdReminders, undoApprovals } from '../../src/app/change-reminders.ts';
import { recordCreditNote } from '../../src/app/record-credit-note.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { remindManually } from '../../src/app/remind-manually.ts';
import type { BatchResult } from '../../src/app/reminder-batch.ts';
import { sendDue } from '../../src/app/send-due.ts';
import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { asId, type ReminderId } from '../../src/domain/ids.ts';
import type { MailTransport } from '../../src/mail/transport.ts';
import { readMailSettings } from '../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import { withCompany } from '../../src/store/connection/with-company.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan, queue } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { askedTwice, auditContradictions } from './audit-replay.ts';

const database = testDatabase();
const ROUNDS = 200;

let inbox: MailInbox;
let transport: MailTransport;
beforeAll(async () => {
  inbox = await startInbox();
  const settings = readMailSettings({ SMTP_URL: inbox.url });
  if (settings.kind !== 'smtp') throw new Error('a test sends by SMTP');
  transport = smtpTransport(settings);
});
afterAll(async () => {
  await transport.close();
  await inbox.close();
});

const codeOf = (round: number): string => `R-${round}`;

/** A company with a customer for each round, each owing two invoices. */
async function companyOf(code: string, customers = ROUNDS): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code, phone: '+971 4 000 0000', contactPerson: 'Mariam' });
  const rounds = Array.from({ length: customers }, (_, round) => codeOf(round));
  await importSmallLedger(session, {
    customers: rounds.map((each) => customer(each)),
    invoices: rounds.flatMap((each) => [
      invoice(each, `${each}-1`, '5000', '2026-11-02'),
      invoice(each, `${each}-2`, '3200', '2026-11-05'),
    ]),
  });
  // Every reminder may leave at once: that a large release begins small is tried elsewhere.
  await setPolicy(session, { 'release.cautionAbove': '1000' });
  await plan(session);
  return session;
}

async function remindersByCustomer(session: Session): Promise<(round: number) => ReminderId> {
  const found = new Map((await queue(session)).map((one) => [one.customer.code, asId<'reminder'>(one.id)]));
  return (round) => found.get(codeOf(round)) ?? asId<'reminder'>(0);
}

/** Lets one side fall behind by some round trips, a few more each round, so that over the rounds every order happens. */
async function afterTrips(session: Session, trips: number): Promise<void> {
  for (let trip = 0; trip < trips; trip += 1) {
    await withCompany(session.database, session.companyId, (tx) => tx.query('select 1'), { isReadOnly: true });
  }
}

/**
 * Who starts late in the next round, and by how many round trips: more than 0 is the first side, fewer the other. Whoever won starts
 * later next time, and much later after winning again: the rounds gather where either may win, so both orders happen on any machine, however
 * unlike the two sides are in work.
 */
function handicap(): { readonly ofRound: (round: number) => number; readonly firstWon: (hasWon: boolean) => void } {
  let balance = 0;
  let step = 1;
  return {
    ofRound: (round) => balance + (round % 5) - 2,
    firstWon: (hasWon) => {
      const isAgain = hasWon === step > 0;
      step = (hasWon ? 1 : -1) * (isAgain ? Math.min(16, Math.abs(step) * 2) : 1);
      balance += step;
    },
  };
}

/** Runs both sides at once, the first `behind` round trips late, or the other when it is below 0. */
async function start<First, Second>(
  session: Session,
  behind: number,
  one: () => Promise<First>,
  other: () => Promise<Second>,
): Promise<readonly [First, Second]> {
  return await Promise.all([afterTrips(session, Math.max(0, behind)).then(one), afterTrips(session, Math.max(0, -behind)).then(other)]);
}

/** Runs both sides of each round at once; whoever falls behind, and how far, goes through all of them. */
async function race<First, Second>(
  session: Session,
  rounds: number,
  sides: {
    readonly one: (round: number) => Promise<First>;
    readonly other: (round: number) => Promise<Second>;
    readonly mostTrips: number;
  },
): Promise<readonly (readonly [First, Second])[]> {
  const results: (readonly [First, Second])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const behind = (round % (2 * sides.mostTrips + 1)) - sides.mostTrips;
    results.push(
      await start(
        session,
        behind,
        () => sides.one(round),
        () => sides.other(round),
      ),
    );
  }
  return results;
}

/** Nothing contradicts itself after the races, and the chain of events holds. */
async function expectConsistent(session: Session): Promise<void> {
  expect(await auditContradictions(database().admin, session.companyId)).toEqual([]);
  expect(await askedTwice(database().admin, session.companyId)).toEqual([]);
  await verifyAudit(session, { path: '/nonexistent/anchors', anchors: false });
}

const statusOf = async (session: Session): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await database().admin.query<{ code: string; status: string }>(
    `select c.code, string_agg(r.delivery_status, ',' order by r.id) as status from customer_consolidated_reminders r
       join customers c on c.company_id = r.company_id and c.id = r.customer_id where r.company_id = $1 group by 1`,
    [session.companyId],
  );
  return new Map(rows.map(({ code, status }) => [code, status]));
};

/** Hundreds of rounds take their time when other tests share the machine. */
const PATIENCE = { timeout: 180_000 };

describe('two at once', PATIENCE, () => {
  it('approving approve once', async () => {
    const session = await companyOf('APPROVE2');
    const idOf = await remindersByCustomer(session);
    const approve = (round: number) => approveReminders(session, { ids: [idOf(round)] });
    const results = await race(session, ROUNDS, { one: approve, other: approve, mostTrips: 0 });
    expect(results.map(([one, other]) => [one.done.length + other.done.length, one.refused.length + other.refused.length])).toEqual(
      Array.from({ length: ROUNDS }, () => [1, 1]),
    );
    await expectConsistent(session);
  });

  it('approving and cancelling end in a cancelled reminder, whoever was first', async () => {
    const session = await companyOf('CANCEL2');
    const idOf = await remindersByCustomer(session);
    const late = handicap();
    const results: (readonly [BatchResult<unknown>, BatchResult<unknown>])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const result = await start(
        session,
        late.ofRound(round),
        () => approveReminders(session, { ids: [idOf(round)] }),
        () => cancelReminders(session, { ids: [idOf(round)] }, 'agreed by phone'),
      );
      late.firstWon(result[0].done.length === 1);
      results.push(result);
    }
    expect(results.every(([, cancelled]) => cancelled.done.length === 1)).toBe(true);
    expect(new Set((await statusOf(session)).values())).toEqual(new Set(['CANCELLED']));
    const approvedFirst = results.filter(([approved]) => approved.done.length === 1).length;
    expect([approvedFirst > 0, approvedFirst < ROUNDS]).toEqual([true, true]);
    await expectConsistent(session);
  });

  it('planning plan once', async () => {
    const session = await companyOf('PLAN2', 4);
    for (let round = 0; round < ROUNDS; round += 1) {
      await recordPayment(session, { customerCode: codeOf(round % 4), amount: '1', isOldestFirst: true });
      await Promise.all([plan(session), plan(session)]);
    }
    const { rows } = await database().admin.query(
      `select (select count(*)::int from plan_runs where company_id = $1) as runs,
              (select count(*)::int from audit_logs where company_id = $1 and to_state = 'PLANNED') as events`,
      [session.companyId],
    );
    expect(rows[0]).toEqual({ runs: ROUNDS + 1, events: ROUNDS + 1 });
    expect((await queue(session)).map(({ status }) => status)).toEqual(['PROPOSED', 'PROPOSED', 'PROPOSED', 'PROPOSED']);
    await expectConsistent(session);
  });

  it('planning and importing forget nothing', async () => {
    const session = await companyOf('IMPORT2', 4);
    await race(session, ROUNDS, {
      one: () => plan(session),
      other: (round) => importSmallLedger(session, { invoices: [invoice(codeOf(round % 4), `NEW-${round}`, '500', '2026-11-06')] }),
      mostTrips: 2,
    });
    await plan(session);
    const asked = (await queue(session)).map(({ items, totals }) => [items, totals[0]?.amount]);
    expect(asked).toEqual(Array.from({ length: 4 }, () => [2 + ROUNDS / 4, `${8200 + (500 * ROUNDS) / 4}.00`]));
    await expectConsistent(session);
  });

  it('planning and composing by hand ask for an invoice once', async () => {
    const session = await companyOf('REMIND2', 40);
    await cancelReminders(session, { filter: {} }, 'by hand');
    const results = await race(session, 40, {
      one: async (round) => {
        await recordCreditNote(session, { number: `CN-${round}`, customerCode: codeOf(round), amount: '1' });
        return await plan(session);
      },
      other: (round) => remindManually(session, { customerCode: codeOf(round), invoiceNumbers: [`${codeOf(round)}-1`] }),
      mostTrips: 4,
    });
    expect(results).toHaveLength(40);
    await expectConsistent(session);
  });
});

/** Which came first by the chain, whose order is that of the commits. */
async function eventId(session: Session, where: string, values: readonly unknown[]): Promise<number | null> {
  const { rows } = await database().admin.query<{ id: string | null }>(
    `select min(id) as id from audit_logs where company_id = $1 and ${where}`,
    [session.companyId, ...values],
  );
  const id = rows[0]?.id ?? null;
  return id === null ? null : Number(id);
}

describe('a sender and', PATIENCE, () => {
  const send = (session: Session) => sendDue(session, { transport, endsUndoWindows: false });

  /** Approved all at once, and waiting until a round lets one of them go. */
  async function approvedCompany(
    code: string,
    customers: number,
  ): Promise<{ readonly session: Session; readonly letGo: (id: ReminderId) => Promise<void> }> {
    const session = await companyOf(code, customers);
    await approveAll(session);
    const claimableAt = (instant: string, where: string): Promise<unknown> =>
      database().admin.query(`update customer_consolidated_reminders set claimable_at = $2 where company_id = $1 and ${where}`, [
        session.companyId,
        instant,
      ]);
    await claimableAt('2030-01-01T00:00:00Z', 'true');
    return { session, letGo: async (id) => void (await claimableAt('2026-11-23T05:00:00Z', `id = ${id}`)) };
  }

  it('a payment: what was paid before the gate is not asked for, what was paid after it was', async () => {
    const { session, letGo } = await approvedCompany('PAY2', ROUNDS);
    const idOf = await remindersByCustomer(session);
    const before = inbox.received.length;
    const late = handicap();
    for (let round = 0; round < ROUNDS; round += 1) {
      await letGo(idOf(round));
      const mailsBefore = inbox.received.length;
      await start(
        session,
        late.ofRound(round),
        () =>
          recordPayment(session, {
            customerCode: codeOf(round),
            amount: '3200',
            invoices: [{ number: `${codeOf(round)}-2`, amount: null }],
          }),
        () => send(session),
      );
      late.firstWon(inbox.received.length === mailsBefore);
    }
    const mails = new Map(inbox.received.slice(before).map((received) => [received.recipients[0], received.mail.text ?? '']));
    expect(inbox.received.length - before).toBe(mails.size);
    const orders = { paidFirst: 0, sentFirst: 0 };
    const contradictions: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = codeOf(round);
      const paid = await eventId(
        session,
        "verb = 'pay' and detail->>'customerId' = (select id::text from customers where company_id = $1 and code = $2)",
        [code],
      );
      const passed = await eventId(session, "to_state = 'TRANSMITTING' and object_id = $2", [idOf(round)]);
      const mail = mails.get(`accounts@${code.toLowerCase()}.example`);
      orders[passed === null ? 'paidFirst' : 'sentFirst'] += 1;
      if ((mail === undefined) !== (passed === null)) contradictions.push(`${code}: the mail and its gate do not agree`);
      if (passed !== null && passed > (paid ?? 0)) contradictions.push(`${code} was asked for money that was there before the gate`);
      if (mail !== undefined && !mail.includes('8,200.00')) contradictions.push(`${code} was asked for another sum`);
    }
    expect(contradictions).toEqual([]);
    expect([orders.paidFirst > 0, orders.sentFirst > 0], JSON.stringify(orders)).toEqual([true, true]);
    const stands = [...(await statusOf(session)).values()];
    expect(stands.filter((status) => status === 'SENT')).toHaveLength(orders.sentFirst);
    expect(stands.filter((status) => status === 'NEEDS_REVIEW')).toHaveLength(orders.paidFirst);
    await expectConsistent(session);
  });

  it.each([
    ['UNDO2', 'a change of mind', (session: Session, id: ReminderId) => undoApprovals(session, { ids: [id] })],
    [
      'HOLD2',
      'a hold',
      (session: Session, id: ReminderId) => holdReminders(session, { ids: [id] }, { reason: 'call first', untilOn: null }),
    ],
    ['STOP2', 'a cancellation', (session: Session, id: ReminderId) => cancelReminders(session, { ids: [id] }, 'agreed by phone')],
  ] as const)('%s, %s: it is taken back or it is sent, never both', async (code, _, takeBack) => {
    const rounds = 52;
    const { session, letGo } = await approvedCompany(code, rounds);
    const idOf = await remindersByCustomer(session);
    const before = inbox.received.length;
    const late = handicap();
    for (let round = 0; round < rounds; round += 1) {
      await letGo(idOf(round));
      const [taken] = await start(
        session,
        late.ofRound(round),
        () => takeBack(session, idOf(round)),
        () => send(session),
      );
      const sent = inbox.received
        .slice(before)
        .some(({ recipients }) => recipients[0] === `accounts@${codeOf(round).toLowerCase()}.example`);
      late.firstWon(!sent);
      expect([round, taken.done.length, taken.refused.length, sent]).toEqual(sent ? [round, 0, 1, true] : [round, 1, 0, false]);
    }
    const sentCount = inbox.received.length - before;
    expect([sentCount > 0, sentCount < rounds]).toEqual([true, true]);
    await expectConsistent(session);
  });

  it('a second sender deliver each mail once', async () => {
    const { session } = await approvedCompany('SEND2', 50);
    await database().admin.query("update customer_consolidated_reminders set claimable_at = '2026-11-23T05:00:00Z' where company_id = $1", [
      session.companyId,
    ]);
    const before = inbox.received.length;
    const second = smtpTransport(readMailSettings({ SMTP_URL: inbox.url }) as Parameters<typeof smtpTransport>[0]);
    const reports = await Promise.all([send(session), sendDue(session, { transport: second, endsUndoWindows: false })]);
    await second.close();
    expect(reports[0].sent + reports[1].sent).toBe(50);
    const recipients = inbox.received.slice(before).map((received) => received.recipients.join());
    expect([recipients.length, new Set(recipients).size]).toEqual([50, 50]);
    await expectConsistent(session);
  });
});

describe('the checks themselves', () => {
  it('see a state that changed without an event, and an event without its change', async () => {
    const session = await companyOf('CHECK', 2);
    const idOf = await remindersByCustomer(session);
    await approveReminders(session, { ids: [idOf(0)] });
    expect(await auditContradictions(database().admin, session.companyId)).toEqual([]);
    await database().admin.query(
      "update customer_consolidated_reminders set delivery_status = 'CANCELLED' where company_id = $1 and id = $2",
      [session.companyId, idOf(1)],
    );
    await database().admin.query(
      "update customer_consolidated_reminders set delivery_status = 'PROPOSED', approval_kind = null, approved_by = null, approved_at = null, approved_digest = null, approved_render_hash = null, claimable_at = null, undo_until = null, approval_lapses_on = null where company_id = $1 and id = $2",
      [session.companyId, idOf(0)],
    );
    expect(await auditContradictions(database().admin, session.companyId)).toEqual([
      `reminder ${idOf(0)} is PROPOSED, but its events end in QUEUED`,
      `reminder ${idOf(1)} is CANCELLED, but its events end in PROPOSED`,
    ]);
  });

  it('see an invoice that two live reminders ask for', async () => {
    const session = await companyOf('TWICE', 1);
    const { admin } = database();
    const idOf = await remindersByCustomer(session);
    await cancelReminders(session, { ids: [idOf(0)] }, 'by hand');
    await remindManually(session, { customerCode: codeOf(0), invoiceNumbers: [] });
    await admin.query("update customer_consolidated_reminders set delivery_status = 'PROPOSED' where company_id = $1 and id = $2", [
      session.companyId,
      idOf(0),
    ]);
    expect(await askedTwice(admin, session.companyId)).toHaveLength(2);
  });
});
