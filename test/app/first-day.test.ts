import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { explainAccount } from '../../src/app/explain-account.ts';
import { explanationView } from '../../src/app/explanation-view.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
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

const threeInvoices = [
  invoice('C-1', 'INV-1', '5000', '2026-11-02'),
  invoice('C-1', 'INV-2', '3200', '2026-11-05'),
  invoice('C-1', 'INV-3', '1800', '2026-11-10'),
];

let companies = 0;
const newCompany = async (...ledgers: Parameters<typeof importSmallLedger>[1][]) => {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `DAY${companies}`,
    fromAddress: `accounts@day${companies}.example`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  for (const ledger of ledgers) await importSmallLedger(session, ledger);
  return session;
};

describe('a customer with three overdue invoices', () => {
  it('gets one reminder over all of them, approved by a person, delivered once', async () => {
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices });
    const summary = await plan(session);
    expect(summary).toMatchObject({ reminders: 1, overdueItems: 3, emailsAvoided: 2, byType: { CONSOLIDATED: 1 } });
    const [proposed] = await queue(session);
    expect(proposed).toMatchObject({ status: 'PROPOSED', items: 3, level: 'POLITE', totals: [{ currency: 'AED', amount: '10000.00' }] });
    expect((await approveAll(session)).done).toHaveLength(1);
    const before = inbox.received.length;
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 1, uncertain: 0 });
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0 });
    const arrived = inbox.received.slice(before);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.recipients).toEqual(['accounts@c-1.example']);
    for (const number of ['INV-1', 'INV-2', 'INV-3', '10,000.00']) expect(arrived[0]?.mail.text).toContain(number);
    expect(await queue(session, 'SENT')).toHaveLength(1);
  });

  it('is asked less by an open credit note, in a row of its own', async () => {
    const credit = { credit_note_number: 'CN-1', customer_code: 'C-1', issue_date: '2026-11-01', currency: 'AED', total: '1000' };
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices, creditNotes: [credit] });
    await plan(session);
    const [proposed] = await queue(session);
    expect(proposed?.totals).toEqual([{ currency: 'AED', amount: '9000.00' }]);
    const { lines } = await readReminder(session, idOf(proposed));
    expect(lines.map((line) => [line.number, line.asked.amount])).toEqual([
      ['INV-1', '5000.00'],
      ['INV-2', '3200.00'],
      ['INV-3', '1800.00'],
      ['CN-1', '-1000.00'],
    ]);
  });

  it('is looked at again by a person when an invoice is paid after approval, and nothing is sent', async () => {
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices });
    await plan(session);
    await approveAll(session);
    const payment = {
      payment_reference: 'R-1',
      customer_code: 'C-1',
      received_on: '2026-11-23',
      currency: 'AED',
      amount: '3200',
      method: 'TRANSFER',
      invoice_number: 'INV-2',
      allocated_amount: '3200',
    };
    await importSmallLedger(session, { payments: [payment] });
    const before = inbox.received.length;
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0 });
    expect(inbox.received.length).toBe(before);
    const [toReview] = await queue(session, 'NEEDS_REVIEW');
    expect(toReview?.changes).toEqual(['INV-2 was paid or credited in full']);
  });

  it('is left alone within the interval after a contact, with the day it ends', async () => {
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices });
    await plan(session);
    await approveAll(session);
    await sendThrough(session, inbox.url);
    const later = await at(session, '2026-11-26T10:00:00+04:00');
    expect(await plan(later)).toMatchObject({ reminders: 0, skips: { 'contact-interval': 1 } });
    const { data, sentences } = explanationView(await explainAccount(later, 'C-1'));
    expect(data).toMatchObject({ decision: 'skip', reason: { code: 'contact-interval', until: '2026-11-30' } });
    expect(sentences[0]).toBe(
      'Nothing is sent to C-1 Trading LLC before Mon 30 Nov 2026: they were contacted on Mon 23 Nov 2026 and the interval is 7 days.',
    );
  });

  it('planned twice on one day is planned once', async () => {
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices });
    await plan(session);
    const first = await queue(session);
    await plan(session);
    expect(await queue(session)).toEqual(first);
    const runs = await database().admin.query('select count(*)::int as runs from plan_runs where company_id = $1', [session.companyId]);
    expect(runs.rows[0]).toEqual({ runs: 1 });
  });

  it('is composed anew in place on the next day', async () => {
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices });
    await plan(session);
    const [first] = await queue(session);
    const tomorrow = await at(session, '2026-11-24T10:00:00+04:00');
    await plan(tomorrow);
    const [second] = await queue(tomorrow);
    expect(second).toMatchObject({ id: first?.id, version: 2, oldestDaysPastDue: (first?.oldestDaysPastDue ?? 0) + 1 });
  });
});

describe('a customer with nothing but credits', () => {
  it('is not written to', async () => {
    const credit = { credit_note_number: 'CN-1', customer_code: 'C-1', issue_date: '2026-11-01', currency: 'AED', total: '20000' };
    const session = await newCompany({ customers: [customer('C-1')], invoices: threeInvoices, creditNotes: [credit] });
    expect(await plan(session)).toMatchObject({ reminders: 0, skips: { 'net-not-positive': 1 } });
  });
});
