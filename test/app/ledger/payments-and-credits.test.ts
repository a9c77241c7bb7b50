import { beforeEach, describe, expect, it } from 'vitest';
import { recordCreditNote } from '../../../src/app/record-credit-note.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { take } from '../import/csv-file.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';

const database = testDatabase();
let session: Session;
let made = 0;

beforeEach(async () => {
  session = await companyWith(testInstallation(database()), { code: `P${(made += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,,30', 'C-2,Two LLC,,30']);
  await take(session, 'invoices', [
    'INV-1,C-1,2026-09-01,2026-10-01,AED,5000,',
    'INV-2,C-1,2026-09-10,2026-10-10,AED,3200,',
    'INV-3,C-1,2026-09-20,2026-10-20,AED,1800,',
    'INV-4,C-2,2026-09-20,2026-10-20,AED,70,',
    'INV-5,C-1,2026-09-20,2026-10-20,USD,10,',
  ]);
});

const rows = async (sql: string): Promise<readonly unknown[]> =>
  (await database().admin.query<Record<string, unknown>>(sql, [session.companyId])).rows;
const open = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    ((await rows('select number, open_minor::int as open from invoices where company_id = $1')) as { number: string; open: number }[]).map(
      (row) => [row.number, row.open],
    ),
  );
const factsOf = (code: string): Promise<readonly unknown[]> =>
  rows(`select facts_version::int as facts from customers where company_id = $1 and code = '${code}'`);

describe('recording a payment', () => {
  it('keeps it on account unless an invoice is named', async () => {
    const payment = await recordPayment(session, { customerCode: 'C-1', amount: '100.50' });
    expect(payment).toMatchObject({ shares: [], restMinor: 10_050n, currency: 'AED', reference: 'RECEIPT-2026-11-23-1' });
    expect(await open()).toMatchObject({ 'INV-1': 500_000, 'INV-2': 320_000 });
    expect(await rows('select unallocated_minor::int as rest from payments where company_id = $1')).toEqual([{ rest: 10_050 }]);
  });

  it('pays the invoices it names and says when each was settled', async () => {
    const receivedOn = Temporal.PlainDate.from('2026-11-20');
    const payment = await recordPayment(session, {
      customerCode: 'C-1',
      amount: '6000',
      receivedOn,
      reference: 'FT1',
      invoices: [
        { number: 'INV-2', amount: '1000' },
        { number: 'INV-1', amount: null },
      ],
    });
    expect(payment).toMatchObject({
      restMinor: 0n,
      shares: [
        { number: 'INV-2', amountMinor: 100_000n },
        { number: 'INV-1', amountMinor: 500_000n },
      ],
    });
    expect(
      await rows(
        `select number, open_minor::int as open, settled_on::text from invoices where company_id = $1 and number in ('INV-1', 'INV-2') order by 1`,
      ),
    ).toEqual([
      { number: 'INV-1', open: 0, settled_on: '2026-11-20' },
      { number: 'INV-2', open: 220_000, settled_on: null },
    ]);
  });

  it('pays the oldest first when told to, in its own currency only', async () => {
    const payment = await recordPayment(session, { customerCode: 'C-1', amount: '9000', isOldestFirst: true });
    expect(payment.shares.map(({ number, amountMinor }) => [number, amountMinor])).toEqual([
      ['INV-1', 500_000n],
      ['INV-2', 320_000n],
      ['INV-3', 80_000n],
    ]);
    expect(await open()).toMatchObject({ 'INV-5': 1000 });
  });

  it('raises the facts version of the account it concerns and of no other, and leaves one audit event', async () => {
    const [before, other] = [await factsOf('C-1'), await factsOf('C-2')];
    await recordPayment(session, { customerCode: 'C-1', amount: '100', invoices: [{ number: 'INV-1', amount: null }] });
    expect([await factsOf('C-1'), await factsOf('C-2')]).toEqual([[{ facts: (before[0] as { facts: number }).facts + 1 }], other]);
    expect(await rows(`select object_kind, detail->>'amount' as amount from audit_logs where company_id = $1 and verb = 'pay'`)).toEqual([
      { object_kind: 'payment', amount: '100.00' },
    ]);
  });

  it.each([
    ['an unknown customer', { customerCode: 'C-9', amount: '1' }, 'customer.unknown'],
    ['an unknown invoice', { customerCode: 'C-1', amount: '1', invoices: [{ number: 'INV-99', amount: null }] }, 'invoice.unknown'],
    [
      'an invoice of another account',
      { customerCode: 'C-1', amount: '1', invoices: [{ number: 'INV-4', amount: null }] },
      'invoice.other-account',
    ],
    [
      'an invoice named twice',
      {
        customerCode: 'C-1',
        amount: '1',
        invoices: [
          { number: 'INV-1', amount: null },
          { number: 'INV-1', amount: null },
        ],
      },
      'invoice.twice',
    ],
    [
      'more than an invoice has open',
      { customerCode: 'C-1', amount: '9999', invoices: [{ number: 'INV-3', amount: '1800.01' }] },
      'allocation.over-balance',
    ],
    [
      'another currency than its invoice',
      { customerCode: 'C-1', amount: '1', currency: 'USD', invoices: [{ number: 'INV-1', amount: null }] },
      'payment.currency',
    ],
    ['a day to come', { customerCode: 'C-1', amount: '1', receivedOn: Temporal.PlainDate.from('2026-11-24') }, 'payment.in-future'],
    ['nothing', { customerCode: 'C-1', amount: '0' }, 'input.not-positive'],
    ['an amount that is none', { customerCode: 'C-1', amount: '1,000' }, 'money.bad-amount'],
    ['a reference that repaints a terminal', { customerCode: 'C-1', amount: '1', reference: 'X\u001b[2J' }, 'input.bad-text'],
  ])('refuses %s and records nothing', async (_, request, code) => {
    await expect(recordPayment(session, request)).rejects.toMatchObject({ code });
    expect(await rows('select 1 from payments where company_id = $1')).toEqual([]);
    expect(await open()).toMatchObject({ 'INV-1': 500_000 });
  });

  it('notices the same payment recorded twice', async () => {
    await recordPayment(session, { customerCode: 'C-1', amount: '5', reference: 'FT1' });
    await expect(recordPayment(session, { customerCode: 'C-1', amount: '5', reference: 'FT1' })).rejects.toMatchObject({
      code: 'payment.exists',
    });
  });

  it('two at once for one invoice never close more of it than is open', async () => {
    const pay = (reference: string) =>
      recordPayment(session, { customerCode: 'C-1', amount: '1800', reference, invoices: [{ number: 'INV-3', amount: '1800' }] });
    const results = await Promise.allSettled([pay('A'), pay('B')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await open()).toMatchObject({ 'INV-3': 0 });
  });

  it('is refused to a viewer, on the record', async () => {
    const viewer = await sessionOf(database(), session, `viewer-${made}`, ['VIEWER']);
    await expect(recordPayment(viewer, { customerCode: 'C-1', amount: '1' })).rejects.toMatchObject({ code: 'permission.refused' });
    expect(await rows(`select verb from audit_logs where company_id = $1 and reason = 'refused: role'`)).toEqual([{ verb: 'pay' }]);
  });

  it("another company's customers and invoices are unknown, in the same words", async () => {
    const other = await companyWith(testInstallation(database()), { code: `Q${made}` });
    const words = async (code: string): Promise<unknown> =>
      recordPayment(other, { customerCode: code, amount: '1' }).catch((error: unknown) => (error as Error).message.replace(code, '…'));
    expect(await words('C-1')).toBe(await words('C-77'));
  });
});

describe('recording a credit note', () => {
  it('linked to an invoice keeps its own balance, for its own row in a reminder', async () => {
    const credit = await recordCreditNote(session, { number: 'CN-1', customerCode: 'C-1', amount: '1000', invoice: 'INV-1' });
    expect(credit).toMatchObject({ invoice: 'INV-1', appliedMinor: 0n, currency: 'AED' });
    expect(await open()).toMatchObject({ 'INV-1': 500_000, 'CN-1': 100_000 });
    expect(
      await rows(
        `select l.number from invoices i join invoices l on l.company_id = $1 and l.id = i.linked_invoice_id where i.company_id = $1 and i.number = 'CN-1'`,
      ),
    ).toEqual([{ number: 'INV-1' }]);
  });

  it('applied lowers the invoice, as far as both reach', async () => {
    expect(
      await recordCreditNote(session, { number: 'CN-1', customerCode: 'C-1', amount: '2000', invoice: 'INV-3', isApplied: true }),
    ).toMatchObject({ appliedMinor: 180_000n });
    expect(await open()).toMatchObject({ 'INV-3': 0, 'CN-1': 20_000 });
  });

  it.each([
    ['a number that is taken', { number: 'CN-0', customerCode: 'C-1', amount: '1' }, 'document.exists'],
    ['an invoice of another account', { number: 'CN-1', customerCode: 'C-1', amount: '1', invoice: 'INV-4' }, 'invoice.other-account'],
    ['nothing to apply it to', { number: 'CN-1', customerCode: 'C-1', amount: '1', isApplied: true }, 'credit.nothing-to-apply-to'],
    [
      'another currency than its invoice',
      { number: 'CN-1', customerCode: 'C-1', amount: '1', invoice: 'INV-5', currency: 'AED' },
      'credit.currency',
    ],
  ])('refuses %s', async (_, request, code) => {
    await recordCreditNote(session, { number: 'CN-0', customerCode: 'C-1', amount: '1' });
    await expect(recordCreditNote(session, request)).rejects.toMatchObject({ code });
  });
});
