/** What stands beside a reminder when a person decides: left-out invoices with why, how they pay, what changed since the last one, what comes next. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { approveAll, at, idOf, plan, queue, sendThrough } from './sending-day.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { previewReminder } from '../../src/app/preview-reminder.ts';
import { readReminderAccount } from '../../src/app/read-reminder-account.ts';
import { readToday } from '../../src/app/read-today.ts';
import { recordDispute } from '../../src/app/record-block.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { recordPromise } from '../../src/app/record-promise.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

const newCompany = (code: string) => companyWith(testInstallation(database()), { code, fromAddress: 'accounts@falcon.example' });

it('names an overdue invoice that is left out, with the dispute that keeps it out', async () => {
  const session = await newCompany('LEFT');
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [
      invoice('C-1', 'INV-1', '900.00', '2026-10-01'),
      invoice('C-1', 'INV-2', '400.00', '2026-10-05'),
      invoice('C-1', 'INV-3', '100.00', '2026-12-10'),
    ],
  });
  await recordDispute(session, { invoice: 'INV-2', reason: 'short delivery' });
  await plan(session);
  const [reminder] = await queue(session);
  const account = await readReminderAccount(session, idOf(reminder));
  expect(account.leftOut).toMatchObject([{ number: 'INV-2', daysPastDue: 49 }]);
  expect(account.leftOut[0]?.why).toMatch(/^a dispute.*short delivery/);
  expect(account.notYetDue).toEqual({ items: 1, totals: [{ currency: 'AED', amount: '100.00' }] });
  expect(account).toMatchObject({ sinceLast: null, lastPayment: null, lastDelivered: null, next: { level: 'FIRM' } });
});

it('says what has changed since the last one that reached them, and how firm the next would be', async () => {
  const session = await newCompany('SINCE');
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: [
      invoice('C-1', 'INV-1', '900.00', '2026-10-01'),
      invoice('C-1', 'INV-2', '400.00', '2026-10-05'),
      invoice('C-1', 'INV-3', '700.00', '2026-11-24'),
    ],
  });
  await plan(session);
  const [first] = await queue(session);
  await approveAll(session);
  await sendThrough(session, inbox.url);
  const later = await at(session, '2026-11-30T10:00:00+04:00');
  await recordPayment(later, {
    customerCode: 'C-1',
    amount: '900.00',
    currency: 'AED',
    invoices: [{ number: 'INV-1', amount: null }],
    reference: 'TT-1',
  });
  await importSmallLedger(later, { invoices: [invoice('C-1', 'INV-4', '50.00', '2026-12-28')] });
  await plan(later);
  const account = await readReminderAccount(later, idOf((await queue(later, 'PROPOSED'))[0]));
  expect(account.sinceLast).toMatchObject({ id: first?.id, level: 'POLITE', added: ['INV-3'], gone: ['INV-1'] });
  expect(account.lastPayment).toMatchObject({ amount: { currency: 'AED', amount: '900.00' } });
  expect(account.next.level).toBe('URGENT');
});

it('can be read in the other language without changing how it leaves', async () => {
  const session = await newCompany('WORDS');
  await importSmallLedger(session, {
    customers: [customer('C-1', { language: 'EN' })],
    invoices: [invoice('C-1', 'INV-1', '900.00', '2026-10-01')],
  });
  await plan(session);
  const id = idOf((await queue(session))[0]);
  const before = await previewReminder(session, id);
  expect(before.text).not.toMatch(/\p{Script=Arabic}/u);
  expect((await previewReminder(session, id, 'AR')).text).toMatch(/\p{Script=Arabic}/u);
  expect((await previewReminder(session, id)).renderHash).toBe(before.renderHash);
});

it('a day begins with its counts and their money, of all accounts or of one’s own', async () => {
  const session = await newCompany('DAY');
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2')],
    invoices: [invoice('C-1', 'INV-1', '900.00', '2026-10-01'), invoice('C-2', 'INV-2', '400.00', '2026-10-05')],
  });
  await recordPromise(session, { customerCode: 'C-2', promisedOn: Temporal.PlainDate.from('2026-11-24'), invoices: [] });
  await plan(session);
  const rowsOf = async (isMine: boolean) =>
    (await readToday(session, { isMine })).rows
      .filter(({ count }) => count > 0)
      .map(({ key, count, money }) => [key, count, money?.amount]);
  expect(await rowsOf(false)).toEqual([
    ['to-approve', 1, '900.00'],
    ['promises-due', 1, '400.00'],
  ]);
  expect(await rowsOf(true)).toEqual([]);
  await database().admin.query(
    "update customers set owner_user_id = (select min(id) from users where company_id = $1) where company_id = $1 and code = 'C-2'",
    [session.companyId],
  );
  expect(await rowsOf(true)).toEqual([['promises-due', 1, '400.00']]);
  expect((await readToday(session)).nextDayOff).toMatchObject({ on: '2026-12-02' });
});
