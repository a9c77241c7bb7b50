import { describe, expect, it } from 'vitest';

import { importLedger } from '../../../src/app/import-ledger.ts';
import { explainAccount } from '../../../src/app/explain-account.ts';
import { explanationView } from '../../../src/app/explanation-view.ts';
import { listImports, undoImport } from '../../../src/app/import/undo-import.ts';
import { readReminder } from '../../../src/app/read-reminders.ts';
import { readStatus } from '../../../src/app/read-status.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { approveAll, idOf, plan, queue } from '../sending-day.ts';
import { csvFile, take } from './csv-file.ts';

const database = testDatabase();
let companies = 0;

/** A company with two customers, on a Monday. */
async function company(): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: `SAFE${(companies += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,ap@one.example,30', 'C-2,Two LLC,ap@two.example,30']);
  return session;
}

const open = async ({ companyId }: Session): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await database().admin.query<{ number: string; open_minor: string }>(
    'select number, open_minor from invoices where company_id = $1 order by number',
    [companyId],
  );
  return Object.fromEntries(rows.map(({ number, open_minor: minor }) => [number, minor]));
};

/** An open-item list of six invoices and what it says is open of them, through a mapping that calls itself one. */
async function openItems(session: Session, numbers: readonly number[], more: Parameters<typeof take>[3] = {}) {
  const mapping = await csvFile(
    JSON.stringify({
      name: 'open-items-test',
      title: 'Open items',
      source: 'a test',
      ledger: 'open-items',
      dates: 'yyyy-mm-dd',
      otherColumns: 'ignore',
      files: {
        invoices: {
          yields: {
            invoices: {
              fields: {
                number: 'number',
                customerCode: 'customer',
                issuedOn: 'issued',
                dueOn: 'due',
                currency: 'currency',
                total: 'total',
                open: 'open',
              },
            },
          },
        },
      },
    }),
  );
  const lines = numbers.map((at) => `INV-${at},C-${(at % 2) + 1},2026-09-01,2026-10-01,AED,100,100`);
  const path = await csvFile('number,customer,issued,due,currency,total,open', ...lines);
  return await importLedger(session, { path, mapping, kind: 'invoices', ...more });
}

describe('what the operator expects of a file', () => {
  const lines = ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,', 'INV-2,C-2,2026-10-01,2026-10-31,USD,20.50,'];

  it('lets it in when total and count agree, per currency', async () => {
    const session = await company();
    const outcome = await take(session, 'invoices', lines, { expectations: { totals: 'AED=1000,USD=20.50', counts: 'AED=1' } });
    expect(outcome.counts.documentsAdded).toBe(2);
  });

  it.each([
    ['a total', { totals: 'USD=20.51' }, /USD 20\.50, 20\.51 was expected/],
    ['a count', { counts: 'AED=2' }, /1 records in AED, 2 were expected/],
    ['a currency it has nothing of', { totals: 'SAR=1' }, /SAR 0\.00/],
    ['words', { counts: 'many' }, /does not say what to expect/],
  ])('keeps it out whole over %s', async (_what, expectations, message) => {
    const session = await company();
    await expect(take(session, 'invoices', lines, { expectations })).rejects.toThrow(message);
    expect(await open(session)).toEqual({});
  });
});

describe('a complete list', () => {
  it('closes what it no longer has, on the day it speaks for', async () => {
    const session = await company();
    await openItems(session, [1, 2, 3, 4, 5, 6]);
    const { counts } = await openItems(session, [1, 2, 3, 5, 6], { completeList: {} });
    expect(counts.documentsClosed).toBe(1);
    expect(await open(session)).toMatchObject({ 'INV-3': '10000', 'INV-4': '0' });
    const { rows } = await database().admin.query(
      `select a.kind, a.effective_on::text, i.settled_on::text from allocations a
         join invoices i on i.company_id = a.company_id and i.id = a.invoice_id where a.company_id = $1`,
      [session.companyId],
    );
    expect(rows).toEqual([{ kind: 'ADJUSTMENT', effective_on: '2026-11-23', settled_on: '2026-11-23' }]);
  });

  it('closes nothing unless it is called complete', async () => {
    const session = await company();
    await openItems(session, [1, 2, 3]);
    await openItems(session, [1]);
    expect(Object.values(await open(session))).toEqual(['10000', '10000', '10000']);
  });

  it('says nothing about other branches', async () => {
    const session = await company();
    await openItems(session, [1, 2, 3, 4]);
    await openItems(session, [1], { completeList: { branch: 'C-2' } });
    expect(await open(session)).toEqual({ 'INV-1': '10000', 'INV-2': '10000', 'INV-3': '0', 'INV-4': '10000' });
  });

  it('that is suspiciously short is refused until the very number is named', async () => {
    const session = await company();
    await openItems(session, [1, 2, 3, 4, 5, 6, 7, 8]);
    await expect(openItems(session, [1], { completeList: {} })).rejects.toThrow(/lacks 7 of 8/);
    await expect(openItems(session, [1], { completeList: { yesClose: 6 } })).rejects.toThrow(/lacks 7 of 8/);
    expect(Object.values(await open(session)).filter((minor) => minor === '0')).toEqual([]);
    expect((await openItems(session, [1], { completeList: { yesClose: 7 } })).counts.documentsClosed).toBe(7);
  });

  it('is never a ledger of transactions', async () => {
    const session = await company();
    await expect(take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1,'], { completeList: {} })).rejects.toThrow(
      /transactions/,
    );
  });
});

describe('the freshness of a ledger', () => {
  it('is that of its receipts, however fresh the invoices are, until receipts come in', async () => {
    const session = await company();
    await take(session, 'payments', ['R-1,C-1,2026-11-01,AED,1,,'], { ledgerOn: Temporal.PlainDate.from('2026-11-12') });
    await take(session, 'invoices', ['INV-1,C-1,2026-08-01,2026-09-01,AED,1000,']);
    expect((await readStatus(session)).ledger).toEqual({
      invoicesAsOn: '2026-11-23',
      receiptsAsOn: '2026-11-12',
      staleSince: '2026-11-12',
    });
    expect((await plan(session)).skips).toMatchObject({ 'ledger-stale': 1 });
    await take(session, 'payments', ['R-2,C-1,2026-11-20,AED,1,,']);
    expect((await readStatus(session)).ledger.staleSince).toBeNull();
    expect((await plan(session)).reminders).toBe(1);
  });

  it('is unknown where receipts never came in: reminders are proposed, each for a person', async () => {
    const session = await company();
    await take(session, 'invoices', ['INV-1,C-1,2026-08-01,2026-09-01,AED,1000,']);
    expect((await readStatus(session)).ledger).toEqual({ invoicesAsOn: '2026-11-23', receiptsAsOn: null, staleSince: null });
    expect((await plan(session)).reminders).toBe(1);
    const [one] = await queue(session);
    expect((await readReminder(session, idOf(one))).approval.needs).toContain('receipts-unknown');
    const { sentences } = explanationView(await explainAccount(session, 'C-1', undefined));
    expect(sentences).toContain('No receipts were ever imported, so a person has to see that it is not paid.');
    // Once they come in, every account is judged anew.
    await take(session, 'payments', ['R-1,C-1,2026-11-20,AED,1,,']);
    await plan(session);
    const [again] = await queue(session);
    expect((await readReminder(session, idOf(again))).approval.needs).not.toContain('receipts-unknown');
  });

  it('of a file whose every invoice states its balance is that of receipts too', async () => {
    const session = await company();
    const first = 'INV-1,C-1,2026-08-01,2026-09-01,AED,1000,400';
    await take(session, 'invoices', [first, 'INV-2,C-1,2026-08-01,2026-09-01,AED,1000,']);
    expect((await readStatus(session)).ledger.receiptsAsOn).toBeNull();
    await take(session, 'invoices', [first, 'INV-2,C-1,2026-08-01,2026-09-01,AED,1000,1000']);
    expect((await readStatus(session)).ledger.receiptsAsOn).toBe('2026-11-23');
  });
});

describe('approved reminders under an import', () => {
  const lines = [
    'INV-1,C-1,2026-08-01,2026-09-01,AED,1000,',
    'INV-2,C-1,2026-08-01,2026-09-02,AED,500,',
    'INV-3,C-2,2026-08-01,2026-09-01,AED,700,',
  ];
  const payment = ['R-1,C-1,2026-11-20,AED,1000,INV-1,1000', 'R-2,C-2,2026-11-20,AED,700,INV-3,700'];

  async function approved(): Promise<Session> {
    const session = await company();
    await take(session, 'invoices', lines);
    await take(session, 'payments', ['R-0,C-1,2026-07-01,AED,1,,']);
    await plan(session);
    await approveAll(session);
    expect((await queue(session, 'QUEUED')).length).toBe(2);
    return session;
  }

  it('go back to a person, or end, in the import itself', async () => {
    const session = await approved();
    const { reminders } = await take(session, 'payments', payment);
    expect(reminders).toEqual({ needReview: 1, cancelled: 1 });
    expect(await queue(session, 'QUEUED')).toEqual([]);
  });

  it('are told by a dry run, which leaves them approved', async () => {
    const session = await approved();
    const { reminders } = await take(session, 'payments', payment, { isDryRun: true });
    expect(reminders).toEqual({ needReview: 1, cancelled: 1 });
    expect((await queue(session, 'QUEUED')).length).toBe(2);
  });
});

describe('a customer that an import bills through another account', () => {
  it('has the reminders end that speak to the old one', async () => {
    const session = await company();
    await take(session, 'invoices', ['INV-1,C-2,2026-08-01,2026-09-01,AED,1000,']);
    await plan(session);
    await approveAll(session);
    const { reminders } = await importLedger(session, { path: await csvFile('customer_code,name,bill_to', 'C-2,Two LLC,C-1') });
    expect(reminders).toEqual({ needReview: 0, cancelled: 1 });
    expect(await queue(session)).toEqual([]);
    expect((await plan(session)).reminders).toBe(1);
  });
});

describe('taking an import back', () => {
  const lines = ['INV-1,C-1,2026-08-01,2026-09-01,AED,1000,', 'INV-2,C-1,2026-08-01,2026-09-02,AED,500,'];
  const numberOf = (id: number | null): number => id ?? Number.NaN;

  it('leaves the ledger as it was before, and lists it as undone', async () => {
    const session = await company();
    await take(session, 'invoices', [lines[0] ?? '']);
    const before = await open(session);
    const { batchId } = await take(session, 'payments', ['R-1,C-1,2026-11-20,AED,400,INV-1,400']);
    expect(await open(session)).toEqual({ 'INV-1': '60000' });
    await undoImport(session, numberOf(batchId));
    expect(await open(session)).toEqual(before);
    expect((await listImports(session)).find(({ id }) => id === batchId)?.undoneAt).not.toBeNull();
    await expect(undoImport(session, numberOf(batchId))).rejects.toThrow(/was undone on/);
    expect((await take(session, 'payments', ['R-1,C-1,2026-11-20,AED,400,INV-1,400'])).counts.paymentsAdded).toBe(1);
  });

  it('cancels proposals nobody has approved, and the ledger speaks for its earlier day again', async () => {
    const session = await company();
    await take(session, 'payments', ['R-0,C-1,2026-07-01,AED,1,,']);
    const { batchId } = await take(session, 'invoices', lines);
    await plan(session);
    expect((await undoImport(session, numberOf(batchId))).proposalsCancelled).toBe(1);
    expect(await queue(session)).toEqual([]);
    const { rows } = await database().admin.query(
      'select ledger_invoices_as_on::text as invoices, ledger_receipts_as_on::text as receipts from companies where company_id = $1',
      [session.companyId],
    );
    expect(rows).toEqual([{ invoices: null, receipts: '2026-11-23' }]);
  });

  it('is refused while a payment, a reminder or a later document rests on it, and says which', async () => {
    const session = await company();
    const customers = (await listImports(session)).at(-1)?.id ?? 0;
    const { batchId } = await take(session, 'invoices', lines);
    await expect(undoImport(session, customers)).rejects.toThrow(/2 later documents belong to its customers \(INV-1, …\)/);
    await take(session, 'payments', ['R-0,C-2,2026-07-01,AED,1,,']);
    await plan(session);
    await approveAll(session);
    await recordPayment(session, { customerCode: 'C-1', amount: '10', invoices: [{ number: 'INV-1', amount: null }] });
    const refused = undoImport(session, numberOf(batchId));
    await expect(refused).rejects.toThrow(/1 reminder approved or sent with its documents/);
    await expect(refused).rejects.toThrow(/1 later payment or credit is set against its documents \(INV-1\)/);
    expect(Object.keys(await open(session))).toEqual(['INV-1', 'INV-2']);
  });

  it('is refused when it changed records that were there before', async () => {
    const session = await company();
    await take(session, 'invoices', lines);
    const { batchId } = await take(session, 'customers', ['C-1,One Trading LLC,ap@one.example,30', 'C-2,Two LLC,ap@two.example,30']);
    await expect(undoImport(session, numberOf(batchId))).rejects.toThrow(/changed records that were there before/);
  });
});
