import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { holdReminders, undoApprovals } from '../../src/app/change-reminders.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import { rescheduleReminders } from '../../src/app/reschedule-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import type { ReminderId } from '../../src/domain/ids.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
async function proposed(policy: Readonly<Record<string, string>> = {}): Promise<{ readonly session: Session; readonly id: ReminderId }> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `LATER${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30', ...policy },
  });
  await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02')] });
  await plan(session);
  return { session, id: idOf((await queue(session))[0]) };
}

const to = (day: string) => ({ to: { on: Temporal.PlainDate.from(day) } });
const THURSDAY = '2026-11-26T05:00:00Z';
const sentAt = async (session: Session, instant: string): Promise<number> =>
  (await sendThrough(await at(session, instant), inbox.url)).sent;

describe('a reminder put off by a person', () => {
  it('stays put off when it is composed anew on the days before, and leaves on its day', async () => {
    const { session, id } = await proposed();
    expect(await rescheduleReminders(session, { ids: [id] }, { ...to('2026-11-26'), reason: 'after their audit' })).toMatchObject({
      done: [{ id, to: Temporal.Instant.from(THURSDAY), approveAfter: null }],
      refused: [],
    });
    const tuesday = await at(session, '2026-11-24T10:00:00+04:00');
    await plan(tuesday);
    expect(await readReminder(tuesday, id)).toMatchObject({ status: 'PROPOSED', asOn: '2026-11-24', scheduledFor: THURSDAY });
    expect(await approveAll(tuesday)).toMatchObject({ done: [{ leavesAt: Temporal.Instant.from(THURSDAY) }] });
    expect(await sentAt(session, '2026-11-25T16:59:00+04:00')).toBe(0);
    expect(await sentAt(session, '2026-11-26T09:00:00+04:00')).toBe(1);
  });

  it('stays approved when it was, and is brought forward again to the first moment the rules allow', async () => {
    const { session, id } = await proposed();
    await approveAll(session);
    await rescheduleReminders(session, { ids: [id] }, to('2026-11-26'));
    expect(await readReminder(session, id)).toMatchObject({ status: 'QUEUED', approval: { kind: 'PERSON', leavesAt: THURSDAY } });
    expect(await sentAt(session, '2026-11-24T10:00:00+04:00')).toBe(0);
    const tuesday = await at(session, '2026-11-24T11:00:00+04:00');
    await rescheduleReminders(tuesday, { ids: [id] }, to('2026-11-24'));
    expect(await sentAt(session, '2026-11-24T11:00:00+04:00')).toBe(1);
  });

  it('keeps its moment when its approval is taken back and given again', async () => {
    const { session, id } = await proposed();
    await approveAll(session);
    await rescheduleReminders(session, { ids: [id] }, to('2026-11-26'));
    await undoApprovals(session, { ids: [id] });
    await approveReminders(session, { ids: [id] });
    expect(await readReminder(session, id)).toMatchObject({ approval: { leavesAt: THURSDAY } });
  });

  it('is refused past the lapse of its approval, and a proposal says when to approve it', async () => {
    const { session, id } = await proposed();
    expect(await rescheduleReminders(session, { ids: [id] }, to('2026-12-08'))).toMatchObject({
      done: [{ approveAfter: Temporal.PlainDate.from('2026-11-30') }],
    });
    await rescheduleReminders(session, { ids: [id] }, to('2026-11-26'));
    await approveAll(session);
    expect(await rescheduleReminders(session, { ids: [id] }, to('2026-12-08'))).toMatchObject({
      done: [],
      refused: [{ code: 'reschedule.approval-lapses' }],
    });
    expect(await readReminder(session, id)).toMatchObject({ scheduledFor: THURSDAY });
  });

  it('is refused on a day off, when held, when it was seen otherwise, and when it has left', async () => {
    const { session, id } = await proposed();
    expect(await rescheduleReminders(session, { ids: [id] }, to('2026-12-02'))).toMatchObject({
      refused: [{ code: 'reschedule.closed', tryThis: `Try \`wafa reschedule ${id} --at 2026-12-04T09:00\`.` }],
    });
    expect(await rescheduleReminders(session, { ids: [id], seen: new Map([[id, 9]]) }, to('2026-11-26'))).toMatchObject({
      refused: [{ code: 'reminder.changed' }],
    });
    await approveAll(session);
    expect(await sentAt(session, '2026-11-23T11:00:00+04:00')).toBe(1);
    expect(await rescheduleReminders(session, { ids: [id] }, to('2026-11-26'))).toMatchObject({
      refused: [{ code: 'reschedule.too-late' }],
    });
    const other = await proposed();
    await holdReminders(other.session, { ids: [other.id] }, { reason: 'call first', untilOn: null });
    expect(await rescheduleReminders(other.session, { ids: [other.id] }, to('2026-11-26'))).toMatchObject({
      refused: [{ code: 'reschedule.not-possible' }],
    });
  });

  it('is in the audit, with both moments and why', async () => {
    const { session, id } = await proposed();
    await rescheduleReminders(session, { ids: [id] }, { ...to('2026-11-26'), reason: 'after their audit' });
    const { rows } = await database().admin.query(
      "select reason, detail->>'to' as to from audit_logs where company_id = $1 and object_id = $2 and verb = 'reschedule'",
      [session.companyId, id],
    );
    expect(rows).toEqual([{ reason: 'after their audit', to: THURSDAY }]);
  });
});
