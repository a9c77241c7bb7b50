import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { markAnswered } from '../../src/app/attend-tasks.ts';
import { readStatus } from '../../src/app/read-status.ts';
import { readToday } from '../../src/app/read-today.ts';
import { recordCheque } from '../../src/app/record-cheque.ts';
import { recordPaidClaim } from '../../src/app/record-paid-claim.ts';
import type { Session } from '../../src/app/session.ts';
import { settleCheque } from '../../src/app/settle-cheque.ts';
import { escalateReminders } from '../../src/app/shape-reminders.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
async function owed(dueOn = '2026-11-02'): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `TASK${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30' },
  });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [invoice('C-1', 'INV-1', '5000', dueOn), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
  });
  return session;
}

const tasks = async (session: Session) => (await readStatus(session)).tasks;
const cheque = { customerCode: 'C-1', number: '000123', datedOn: Temporal.PlainDate.from('2026-11-24') };

describe('the status names as a task for a person', () => {
  it('a cheque past its day and three working days that nobody heard of, once for all its invoices, until it is answered for', async () => {
    const session = await owed();
    await recordCheque(session, cheque);
    // Dated Tuesday 24, it stands to Friday 27; the weekend is not its own.
    const friday = await at(session, '2026-11-27T09:00:00+04:00');
    await plan(friday);
    expect(await tasks(friday)).toEqual([]);
    const monday = await at(session, '2026-11-30T09:00:00+04:00');
    await plan(monday);
    expect(await tasks(monday)).toEqual([{ kind: 'CHEQUE', count: 1, oldestOn: '2026-11-27' }]);
    expect((await readToday(monday)).rows).toContainEqual(expect.objectContaining({ key: 'cheques-unheard', count: 1 }));
    await markAnswered(monday, { customerCode: 'C-1', did: 'the bank has it' });
    expect(await tasks(monday)).toEqual([]);
  });

  it('a returned cheque, which keeps the account out of automatic reminders', async () => {
    const session = await owed();
    await recordCheque(session, cheque);
    const wednesday = await at(session, '2026-11-25T09:00:00+04:00');
    await settleCheque(wednesday, { number: '000123', became: 'returned' });
    expect(await plan(wednesday)).toMatchObject({ reminders: 0 });
    expect(await tasks(wednesday)).toEqual([{ kind: 'RETURNED_CHEQUE', count: 1, oldestOn: '2026-11-25' }]);
  });

  it('a claim of payment whose five working days are over', async () => {
    const session = await owed();
    await recordPaidClaim(session, { customerCode: 'C-1', reference: 'FT-1' });
    const last = await at(session, '2026-11-30T09:00:00+04:00');
    await plan(last);
    expect(await tasks(last)).toEqual([]);
    const after = await at(session, '2026-12-01T09:00:00+04:00');
    await plan(after);
    expect(await tasks(after)).toEqual([{ kind: 'PAID_CLAIM', count: 1, oldestOn: '2026-11-30' }]);
  });

  it('an account whose final reminder has run out', async () => {
    const session = await owed('2026-08-20');
    await plan(session);
    const ids = { ids: [idOf((await queue(session))[0])] };
    for (let step = 0; step < 3; step += 1) await escalateReminders(session, ids);
    await approveReminders(session, ids);
    expect((await sendThrough(session, inbox.url)).sent).toBe(1);
    const later = await at(session, '2026-12-21T09:00:00+04:00');
    expect(await plan(later)).toMatchObject({ skips: { 'ladder-complete': 1 } });
    expect(await tasks(later)).toEqual([{ kind: 'LADDER_COMPLETE', count: 1, oldestOn: null }]);
    expect((await readToday(later)).rows).toContainEqual({ key: 'ladders-complete', count: 1, money: null });
  });
});
