/** What a fact does to the reminders under way, in the transaction that records it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { holdReminders } from '../../../src/app/change-reminders.ts';
import { liftBlock } from '../../../src/app/lift-block.ts';
import { recordDispute } from '../../../src/app/record-block.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue } from '../sending-day.ts';

const database = testDatabase();
let session: Session;
let made = 0;

beforeEach(async () => {
  session = await companyWith(testInstallation(database()), { code: `L${(made += 1)}` });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2')],
    invoices: [
      invoice('C-1', 'INV-1', '5000', '2026-11-02'),
      invoice('C-1', 'INV-2', '3200', '2026-11-05'),
      invoice('C-2', 'INV-4', '700', '2026-11-05'),
    ],
  });
  await plan(session);
});

const of = async (code: string) => {
  const all = await queue(session, 'PROPOSED', 'QUEUED', 'NEEDS_REVIEW', 'HELD', 'CANCELLED');
  return all
    .filter((one) => one.customer.code === code)
    .map(({ status, version, totals, changes }) => ({ status, version, total: totals[0]?.amount, changes }));
};

describe('a fact about an account', () => {
  it('is in its proposal at once, and leaves those of other accounts alone', async () => {
    const payment = await recordPayment(session, { customerCode: 'C-1', amount: '5000', invoices: [{ number: 'INV-1', amount: null }] });
    expect(payment.reminders).toMatchObject([{ status: 'PROPOSED', isMoved: true }]);
    expect(await of('C-1')).toEqual([{ status: 'PROPOSED', version: 2, total: '3200.00', changes: [] }]);
    expect(await of('C-2')).toMatchObject([{ version: 1 }]);
  });

  it('stays with the run that proposed it', async () => {
    await recordPayment(session, { customerCode: 'C-1', amount: '5000', invoices: [{ number: 'INV-1', amount: null }] });
    const { rows } = await database().admin.query(
      'select 1 from customer_consolidated_reminders where company_id = $1 and run_id is null',
      [session.companyId],
    );
    expect(rows).toEqual([]);
  });

  it('that leaves nothing to ask cancels its proposal', async () => {
    await recordPayment(session, { customerCode: 'C-1', amount: '8200', isOldestFirst: true });
    expect(await of('C-1')).toMatchObject([{ status: 'CANCELLED' }]);
  });

  it('takes an approved reminder back to a person, with what changed', async () => {
    await approveAll(session);
    const dispute = await recordDispute(session, { invoice: 'INV-1', reason: 'Short delivery' });
    expect(dispute.reminders).toMatchObject([{ status: 'NEEDS_REVIEW', isMoved: true, changes: ['INV-1 is disputed'] }]);
    expect(await of('C-1')).toMatchObject([{ status: 'NEEDS_REVIEW', changes: ['INV-1 is disputed'] }]);
    expect(await of('C-2')).toMatchObject([{ status: 'QUEUED' }]);
  });

  it('does not touch what a person holds', async () => {
    const [held] = (await queue(session)).filter((one) => one.customer.code === 'C-1');
    await holdReminders(session, { ids: [idOf(held)] }, { reason: 'wait', untilOn: null });
    const dispute = await recordDispute(session, { invoice: 'INV-1', reason: 'Short delivery' });
    expect(dispute).toMatchObject({ affectedReminders: [held!.id], reminders: [{ status: 'HELD', isMoved: false }] });
  });

  it('taken back leaves the proposal as it was', async () => {
    const before = await of('C-1');
    const { id } = await recordDispute(session, { invoice: 'INV-1', reason: 'Short delivery' });
    expect(await of('C-1')).toMatchObject([{ total: '3200.00' }]);
    await liftBlock(session, { id, reason: 'Delivered' });
    expect(await of('C-1')).toEqual([{ ...before[0], version: 3 }]);
  });
});
