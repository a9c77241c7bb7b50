import { describe, expect, it } from 'vitest';

import { explainAccount } from '../../src/app/explain-account.ts';
import { recordPromise } from '../../src/app/record-promise.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { at, plan } from './sending-day.ts';

const database = testDatabase();
let companies = 0;

/** A promise made on Monday 23 November for Wednesday 25; with two working days' grace it holds to Friday 27. */
async function promised(): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `ENDS${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30' },
  });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
  });
  await recordPromise(session, { customerCode: 'C-1', promisedOn: Temporal.PlainDate.from('2026-11-25') });
  return session;
}

const outcomes = async (session: Session): Promise<readonly (string | null)[]> => {
  const { rows } = await database().admin.query<{ outcome: string | null }>(
    'select outcome from blocks where company_id = $1 order by id',
    [session.companyId],
  );
  return rows.map((row) => row.outcome);
};

const pay = (session: Session, number: string, amount: string): Promise<void> =>
  importSmallLedger(session, {
    payments: [
      {
        payment_reference: `R-${number}`,
        customer_code: 'C-1',
        received_on: '2026-11-24',
        currency: 'AED',
        amount,
        method: 'TRANSFER',
        invoice_number: number,
        allocated_amount: amount,
      },
    ],
  });

describe('a promise', () => {
  it('holds through its grace, and is broken the day after', async () => {
    const session = await promised();
    expect(await plan(await at(session, '2026-11-27T10:00:00+04:00'))).toMatchObject({ reminders: 0, skips: { blocked: 1 } });
    expect(await outcomes(session)).toEqual([null, null]);
    expect(await plan(await at(session, '2026-11-30T10:00:00+04:00'))).toMatchObject({ reminders: 1 });
    expect(await outcomes(session)).toEqual(['BROKEN', 'BROKEN']);
  });

  it('is kept as soon as its item is settled, while the other item waits for its own', async () => {
    const session = await promised();
    await pay(session, 'INV-1', '5000');
    await plan(await at(session, '2026-11-25T10:00:00+04:00'));
    expect(await outcomes(session)).toEqual(['KEPT', null]);
    const events = await database().admin.query(
      "select to_state from audit_logs where company_id = $1 and object_kind = 'block' and to_state is not null",
      [session.companyId],
    );
    expect(events.rows.map((row: { to_state: string }) => row.to_state)).toContain('KEPT');
  });

  it('kept only in part was one promise, and it was broken', async () => {
    const session = await promised();
    await pay(session, 'INV-1', '5000');
    const monday = await at(session, '2026-11-30T10:00:00+04:00');
    await plan(monday);
    expect(await outcomes(session)).toEqual(['KEPT', 'BROKEN']);
    expect((await explainAccount(monday, 'C-1')).facts.behaviour).toMatchObject({ keptPromises: 0, brokenPromises: 1 });
  });
});
