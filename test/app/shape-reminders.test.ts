import { describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { cancelReminders, releaseReminders, holdReminders } from '../../src/app/change-reminders.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import { deescalateReminders, editReminders, escalateReminders } from '../../src/app/shape-reminders.ts';
import type { ReminderId } from '../../src/domain/ids.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, idOf, plan, queue } from './sending-day.ts';

const database = testDatabase();
let companies = 0;

/** One account with two overdue invoices and a POLITE proposal for both. */
async function proposed(request: { readonly isOnePerson?: boolean } = {}): Promise<{ readonly session: Session; readonly id: ReminderId }> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `SHAPE${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30' },
    ...request,
  });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
  });
  await plan(session);
  return { session, id: idOf((await queue(session))[0]) };
}

const ids = (id: ReminderId) => ({ ids: [id] });
const levelOf = async (session: Session, id: ReminderId): Promise<string> => (await readReminder(session, id)).level;

describe('a reminder changed by a person', () => {
  it('is a level firmer, and the planner leaves it so, on the next day too', async () => {
    const { session, id } = await proposed();
    expect(await escalateReminders(session, ids(id))).toMatchObject({
      done: [{ id, from: 'POLITE', to: 'FIRM', leftOut: [] }],
      refused: [],
    });
    await plan(session);
    expect(await levelOf(session, id)).toBe('FIRM');
    const tomorrow = await at(session, '2026-11-24T10:00:00+04:00');
    await plan(tomorrow);
    expect(await levelOf(tomorrow, id)).toBe('FIRM');
    expect(await queue(tomorrow)).toHaveLength(1);
  });

  it('is milder again, and below POLITE there is nothing', async () => {
    const { session, id } = await proposed();
    await escalateReminders(session, ids(id));
    expect(await deescalateReminders(session, ids(id))).toMatchObject({ done: [{ from: 'FIRM', to: 'POLITE' }] });
    expect(await deescalateReminders(session, ids(id))).toMatchObject({ done: [], refused: [{ code: 'deescalate.no-such-level' }] });
  });

  it('has to be approved again: what was approved is not what would be sent', async () => {
    const { session, id } = await proposed();
    await approveAll(session);
    expect(await escalateReminders(session, ids(id))).toMatchObject({ done: [{ to: 'FIRM' }] });
    const reminder = await readReminder(session, id);
    expect(reminder).toMatchObject({ status: 'PROPOSED', level: 'FIRM' });
    expect(await approveReminders(session, ids(id))).toMatchObject({ refused: [] });
  });

  it('to FINAL is approved by somebody else than who escalated it', async () => {
    const { session, id } = await proposed();
    await database().admin.query('update companies set is_one_person = false where company_id = $1', [session.companyId]);
    const other = await sessionOf(database(), session, `other-${companies}`, ['APPROVER']);
    for (const level of ['FIRM', 'URGENT', 'FINAL']) {
      expect(await escalateReminders(session, ids(id))).toMatchObject({ done: [{ to: level }] });
    }
    expect(await escalateReminders(session, ids(id))).toMatchObject({ refused: [{ code: 'escalate.no-such-level' }] });
    expect((await readReminder(session, id)).finalDeadlineOn).not.toBeNull();
    expect(await approveReminders(session, ids(id))).toMatchObject({ done: [], refused: [{ code: 'approve.four-eyes' }] });
    expect(await approveReminders(other, ids(id))).toMatchObject({ done: [{ id }], refused: [] });
  });

  it('that is held is released first, and released it is the planner’s again', async () => {
    const { session, id } = await proposed();
    await escalateReminders(session, ids(id));
    await holdReminders(session, ids(id), { reason: 'call first', untilOn: null });
    expect(await escalateReminders(session, ids(id))).toMatchObject({ refused: [{ code: 'escalate.not-possible' }] });
    await releaseReminders(session, ids(id));
    expect(await levelOf(session, id)).toBe('POLITE');
  });

  it('leaves an item out, which is asked for again the next time', async () => {
    const { session, id } = await proposed();
    expect(await editReminders(session, ids(id), ['INV-1'])).toMatchObject({ done: [{ id, leftOut: ['INV-1'] }], refused: [] });
    const numbers = async () =>
      (await readReminder(session, idOf((await queue(session, 'PROPOSED'))[0]))).lines.map(({ number }) => number);
    expect(await numbers()).toEqual(['INV-2']);
    await plan(session);
    expect(await numbers()).toEqual(['INV-2']);
    await cancelReminders(session, ids(id), 'try again');
    await importSmallLedger(session, { invoices: [invoice('C-1', 'INV-3', '10', '2026-11-06')] });
    await plan(session);
    expect(await numbers()).toEqual(['INV-1', 'INV-2', 'INV-3']);
  });

  it('refuses to leave out what it does not ask for, or everything', async () => {
    const { session, id } = await proposed();
    expect(await editReminders(session, ids(id), ['INV-9'])).toMatchObject({ refused: [{ code: 'edit.not-in-it' }] });
    expect(await editReminders(session, ids(id), ['INV-1', 'INV-2'])).toMatchObject({ done: [], refused: [{ code: 'edit.refused' }] });
    expect((await readReminder(session, id)).lines).toHaveLength(2);
  });

  const payment = (invoiceNumber: string, amount: string, reference: string) => ({
    payment_reference: reference,
    customer_code: 'C-1',
    received_on: '2026-11-23',
    currency: 'AED',
    amount,
    invoice_number: invoiceNumber,
  });
  const askedOf = async (session: Session, id: ReminderId) =>
    (await readReminder(session, id)).lines.map(({ number, asked }) => `${number} ${asked.amount}`);

  it('is composed anew in its shape when its facts move, what was left out still out, and can be approved', async () => {
    const { session, id } = await proposed();
    await escalateReminders(session, ids(id));
    await editReminders(session, ids(id), ['INV-1']);
    await importSmallLedger(session, { payments: [payment('INV-2', '200', 'R-1')] });
    await plan(session);
    expect(await askedOf(session, id)).toEqual(['INV-2 3000.00']);
    expect(await readReminder(session, id)).toMatchObject({ status: 'PROPOSED', level: 'FIRM' });
    expect(await approveReminders(session, ids(id))).toMatchObject({ done: [{ id }], refused: [] });
  });

  it('is cancelled when nothing of it is left, and the planner asks for the rest the next day', async () => {
    const { session, id } = await proposed();
    await editReminders(session, ids(id), ['INV-1']);
    await importSmallLedger(session, { payments: [payment('INV-2', '3200', 'R-2')] });
    await plan(session);
    expect(await readReminder(session, id)).toMatchObject({ status: 'CANCELLED', statusReason: 'nothing left to ask' });
    const tomorrow = await at(session, '2026-11-24T10:00:00+04:00');
    await plan(tomorrow);
    expect(await askedOf(tomorrow, idOf((await queue(tomorrow))[0]))).toEqual(['INV-1 5000.00']);
  });

  it('is in the audit with who did it', async () => {
    const { session, id } = await proposed();
    await escalateReminders(session, ids(id));
    const { rows } = await database().admin.query(
      `select verb, reason, detail->>'level' as level from audit_logs where company_id = $1 and object_kind = 'reminder' and object_id = $2 and verb = 'escalate'`,
      [session.companyId, id],
    );
    expect(rows).toEqual([{ verb: 'escalate', reason: 'shaped by hand', level: 'FIRM' }]);
  });
});
