/** The public IBM sample through its shipped mapping, against sums made here without any of our reading code. */
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { loadMapping } from '../../src/intake/mapping.ts';
import { readTop } from '../../src/intake/read-ledger.ts';
import { readWhole } from './reading.ts';

const FILE = process.env['WAFA_IBM_SAMPLE'] ?? new URL('../../../shared/data/ibm/accounts-receivable.csv', import.meta.url).pathname;

describe.skipIf(!existsSync(FILE))('the IBM sample', () => {
  it('comes in whole: 2,466 invoices of 100 customers, each paid in full on its own day', async () => {
    const mapping = await loadMapping('ibm-ar');
    const { customers, invoices, payments, faults, warnings, summary } = await readWhole({
      source: { path: FILE },
      mapping,
      kind: 'invoices',
      asOn: Temporal.PlainDate.from('2013-05-01'),
    });
    expect([faults, warnings]).toEqual([[], []]);
    expect([summary.rows, customers.length, invoices.length, payments.length]).toEqual([2_466, 100, 2_466, 2_466]);
    const fils = (amount: string): number => Math.round(Number(amount) * 100);
    const lines = readFileSync(FILE, 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
    const sum = lines.reduce((total, cells) => total + fils(cells[6] ?? ''), 0);
    expect(invoices.reduce((total, { totalMinor }) => total + totalMinor, 0n)).toBe(BigInt(sum));
    expect(payments.reduce((total, { amountMinor }) => total + amountMinor, 0n)).toBe(BigInt(sum));
    expect(invoices.map(({ number }) => number)).toEqual(lines.map((cells) => cells[3]));
    expect(customers[0]).toMatchObject({ code: '0379-NEVHP', contacts: [{ address: '0379-nevhp@example.test' }] });
    expect(payments[0]?.receivedOn.toString()).toBe('2013-01-15');
  });

  it('has fifteen overdue invoices of twelve customers on 1 May 2013, 1,134.62 in all', async () => {
    const asOn = Temporal.PlainDate.from('2013-05-01');
    const { invoices, payments } = await readWhole({ source: { path: FILE }, mapping: await loadMapping('ibm-ar'), kind: 'invoices' });
    const settledOn = new Map(payments.map((payment) => [payment.allocations[0]?.invoiceNumber, payment.receivedOn]));
    const after = (day: Temporal.PlainDate | null | undefined): boolean => !day || Temporal.PlainDate.compare(day, asOn) > 0;
    const overdue = invoices.filter((invoice) => {
      const isDueBefore = invoice.dueOn !== null && Temporal.PlainDate.compare(invoice.dueOn, asOn) < 0;
      return !after(invoice.issuedOn) && isDueBefore && after(settledOn.get(invoice.number));
    });
    expect(overdue).toHaveLength(15);
    expect(new Set(overdue.map(({ customerCode }) => customerCode)).size).toBe(12);
    expect(overdue.reduce((total, { totalMinor }) => total + totalMinor, 0n)).toBe(113_462n);
  });

  it('never shows its later history: the column Disputed is read by nothing', async () => {
    const mapping = await loadMapping('ibm-ar');
    expect((await readTop({ path: FILE }))[0]?.cells).toContain('Disputed');
    expect(JSON.stringify(mapping.files)).not.toContain('Disputed');
  });
});
