import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { cancelReminders, holdReminders, releaseReminders, undoApprovals } from '../../src/app/change-reminders.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import { remindManually } from '../../src/app/remind-manually.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
async function plannedCompany(): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `ACTS${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
  });
  await plan(session);
  return session;
}

describe('an approval', () => {
  it('can be taken back until it is sent, and then no more', async () => {
    const session = await plannedCompany();
    const ids = [idOf((await queue(session))[0])];
    await approveReminders(session, { ids });
    expect((await undoApprovals(session, { ids })).done).toHaveLength(1);
    expect(await queue(session, 'PROPOSED')).toHaveLength(1);
    await approveReminders(session, { ids });
    await sendThrough(session, inbox.url);
    expect((await undoApprovals(session, { ids })).refused[0]).toMatchObject({ code: 'undo.too-late' });
  });

  it('given twice counts once: the second is told so', async () => {
    const session = await plannedCompany();
    const ids = [idOf((await queue(session))[0])];
    const results = await Promise.all([approveReminders(session, { ids }), approveReminders(session, { ids })]);
    expect(results.map((result) => result.done.length).toSorted((a, b) => a - b)).toEqual([0, 1]);
    const events = await database().admin.query("select count(*)::int as n from audit_logs where company_id = $1 and to_state = 'QUEUED'", [
      session.companyId,
    ]);
    expect(events.rows[0]).toEqual({ n: 1 });
  });

  it('by someone without the role is refused and recorded', async () => {
    const session = await plannedCompany();
    const operator = await sessionOf(database(), session, 'omar', ['OPERATOR']);
    await expect(approveReminders(operator, { ids: [idOf((await queue(session))[0])] })).rejects.toMatchObject({
      code: 'permission.refused',
    });
    const events = await database().admin.query("select verb from audit_logs where company_id = $1 and reason = 'refused: role'", [
      session.companyId,
    ]);
    expect(events.rows).toEqual([{ verb: 'approve' }]);
  });

  it('is not given to rows that somebody altered in the database', async () => {
    const session = await plannedCompany();
    const id = idOf((await queue(session))[0]);
    await database().admin.query(
      "update customer_consolidated_reminders set recipient_address = 'thief@evil.example' where company_id = $1 and id = $2",
      [session.companyId, id],
    );
    const { refused } = await approveReminders(session, { ids: [id] });
    expect(refused[0]?.code).toMatch(/^approve\.(altered|facts-moved)$/);
  });

  it('does not cover a mail altered after it: the gate sends it back to a person', async () => {
    const session = await plannedCompany();
    const id = idOf((await queue(session))[0]);
    await approveReminders(session, { ids: [id] });
    await database().admin.query(
      "update consolidated_reminder_items set number = 'INV-666' where company_id = $1 and reminder_id = $2 and position = 1",
      [session.companyId, id],
    );
    const before = inbox.received.length;
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0, needsReview: 1 });
    expect(inbox.received.length).toBe(before);
  });

  it('ends when the company details printed in the mail change', async () => {
    const session = await plannedCompany();
    await approveReminders(session, { ids: [idOf((await queue(session))[0])] });
    await database().admin.query("update companies set phone = '+971 4 999 9999' where company_id = $1", [session.companyId]);
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0, needsReview: 1 });
  });
});

describe('a held reminder', () => {
  it('is not planned over, and comes back on its day', async () => {
    const session = await plannedCompany();
    const id = idOf((await queue(session))[0]);
    await holdReminders(session, { ids: [id] }, { reason: 'call first', untilOn: Temporal.PlainDate.from('2026-11-25') });
    const tuesday = await at(session, '2026-11-24T10:00:00+04:00');
    await plan(tuesday);
    expect(await queue(tuesday, 'HELD')).toHaveLength(1);
    const wednesday = await at(session, '2026-11-25T10:00:00+04:00');
    await plan(wednesday);
    expect(await queue(wednesday)).toMatchObject([{ id, status: 'PROPOSED', oldestDaysPastDue: 23 }]);
  });

  it('released is composed anew from the facts of now', async () => {
    const session = await plannedCompany();
    const id = idOf((await queue(session))[0]);
    await holdReminders(session, { ids: [id] }, { reason: 'call first', untilOn: null });
    await importSmallLedger(session, {
      payments: [
        {
          payment_reference: 'R-1',
          customer_code: 'C-1',
          received_on: '2026-11-23',
          currency: 'AED',
          amount: '1200',
          method: 'TRANSFER',
          invoice_number: 'INV-2',
          allocated_amount: '1200',
        },
      ],
    });
    expect((await releaseReminders(session, { ids: [id] })).done).toHaveLength(1);
    expect(await queue(session)).toMatchObject([{ id, status: 'PROPOSED', totals: [{ currency: 'AED', amount: '7000.00' }] }]);
  });
});

describe('a cancelled reminder', () => {
  it('frees its items', async () => {
    const session = await plannedCompany();
    await cancelReminders(session, { filter: {} }, 'agreed by phone');
    expect(await queue(session)).toEqual([]);
    const live = await database().admin.query('select count(*)::int as n from consolidated_reminder_items where company_id = $1 and live', [
      session.companyId,
    ]);
    expect(live.rows[0]).toEqual({ n: 0 });
  });
});

describe('a reminder composed by hand', () => {
  it('covers the chosen items only, and needs approval like any other', async () => {
    const session = await plannedCompany();
    await cancelReminders(session, { filter: {} }, 'by hand instead');
    const { id } = await remindManually(session, { customerCode: 'C-1', invoiceNumbers: ['INV-2'] });
    const { lines, origin, status } = await readReminder(session, idOf({ id: id ?? 0 }));
    expect({ origin, status, numbers: lines.map((line) => line.number) }).toEqual({
      origin: 'MANUAL',
      status: 'PROPOSED',
      numbers: ['INV-2'],
    });
  });
});
