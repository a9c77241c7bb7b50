import { beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/app/session.ts';
import { importLedger } from '../../../src/app/import-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { csvFile, faultsOf, take } from './csv-file.ts';

const database = testDatabase();
let session: Session;
let other: Session;

/** What every fault leaves behind: the number of rows that were there before. */
const count = async (): Promise<unknown> =>
  (
    await database().admin.query(
      'select (select count(*) from invoices) + (select count(*) from payments) + (select count(*) from allocations) as rows',
    )
  ).rows;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'MINE' });
  other = await companyWith(testInstallation(database()), { code: 'OTHER' });
  await take(session, 'customers', ['C-1,One LLC,,', 'C-2,Two LLC,,']);
  await take(session, 'invoices', [
    'INV-1,C-1,2026-10-01,2026-10-31,AED,1000,',
    'INV-2,C-2,2026-10-01,2026-10-31,AED,500,',
    'INV-3,C-1,2026-10-01,2026-10-31,USD,90,',
  ]);
  await take(session, 'credit-notes', ['CN-1,C-1,2026-10-20,AED,100,INV-1,,']);
  await take(session, 'payments', ['P-1,C-1,2026-11-02,AED,300,INV-1,200']);
  await take(other, 'customers', ['X-1,Theirs LLC,,']);
  await take(other, 'invoices', ['THEIRS-1,X-1,2026-10-01,2026-10-31,AED,77,']);
});

type Kind = 'customers' | 'invoices' | 'credit-notes' | 'payments';

const CASES: readonly (readonly [string, Kind, readonly string[], readonly (readonly [string, number, string | undefined])[]])[] = [
  [
    'a customer nobody has recorded',
    'invoices',
    ['INV-8,C-1,2026-10-01,2026-10-31,AED,1,', 'INV-9,C-9,2026-10-01,2026-10-31,AED,1,'],
    [['unknown-customer', 3, 'customer_code']],
  ],
  ['a customer of another company', 'invoices', ['INV-9,X-1,2026-10-01,2026-10-31,AED,1,'], [['unknown-customer', 2, 'customer_code']]],
  [
    'an invoice without a due date or terms to compute one from',
    'invoices',
    ['INV-9,C-1,2026-10-01,,AED,1,'],
    [['missing-due-date', 2, 'due_date']],
  ],
  [
    'an invoice that belongs to somebody else already',
    'invoices',
    ['INV-1,C-2,2026-10-01,2026-10-31,AED,1000,'],
    [['document-moved', 2, 'customer_code']],
  ],
  [
    'an invoice that changes its currency',
    'invoices',
    ['INV-1,C-1,2026-10-01,2026-10-31,USD,1000,'],
    [['currency-changed', 2, 'currency']],
  ],
  [
    'a new total for an invoice that is partly paid',
    'invoices',
    ['INV-1,C-1,2026-10-01,2026-10-31,AED,900,'],
    [['total-changed', 2, 'total']],
  ],
  [
    'a number that stands twice with different details',
    'invoices',
    ['INV-9,C-1,2026-10-01,2026-10-31,AED,1,', 'INV-9,C-1,2026-10-01,2026-10-31,AED,2,'],
    [['duplicate-in-file', 3, 'invoice_number']],
  ],
  [
    'a credit note for an invoice nobody has recorded',
    'credit-notes',
    ['CN-9,C-1,2026-10-20,AED,10,INV-77,,'],
    [['unknown-linked-invoice', 2, 'linked_invoice']],
  ],
  [
    'a credit note for an invoice of another company',
    'credit-notes',
    ['CN-9,C-1,2026-10-20,AED,10,THEIRS-1,,'],
    [['unknown-linked-invoice', 2, 'linked_invoice']],
  ],
  [
    'a credit note applied beyond the balance of its invoice',
    'credit-notes',
    ['CN-9,C-1,2026-10-20,AED,900,INV-1,INV-1,900'],
    [['invoice-over-allocated', 2, undefined]],
  ],
  [
    'a payment of an invoice nobody has recorded',
    'payments',
    ['P-9,C-1,2026-11-02,AED,10,INV-77,10'],
    [['unknown-invoice', 2, 'invoice_number']],
  ],
  [
    'a payment of an invoice of another company',
    'payments',
    ['P-9,C-1,2026-11-02,AED,10,THEIRS-1,10'],
    [['unknown-invoice', 2, 'invoice_number']],
  ],
  [
    "a payment of somebody else's invoice",
    'payments',
    ['P-9,C-1,2026-11-02,AED,10,INV-2,10'],
    [['other-accounts-invoice', 2, 'invoice_number']],
  ],
  [
    'a payment in another currency than its invoice',
    'payments',
    ['P-9,C-1,2026-11-02,AED,10,INV-3,10'],
    [['currency-clash', 2, 'currency']],
  ],
  [
    'two payments that together exceed an invoice',
    'payments',
    ['P-8,C-1,2026-11-02,AED,500,INV-1,500', 'P-9,C-1,2026-11-03,AED,400,INV-1,400'],
    [['invoice-over-allocated', 2, 'allocated_amount']],
  ],
  [
    'a payment that is recorded with another amount',
    'payments',
    ['P-1,C-1,2026-11-02,AED,301,INV-1,200'],
    [['payment-changed', 2, 'amount']],
  ],
  [
    'a payment that is recorded with another allocation',
    'payments',
    ['P-1,C-1,2026-11-02,AED,300,INV-1,250'],
    [['allocation-changed', 2, 'allocated_amount']],
  ],
  [
    'faults of several kinds, all at once and in file order',
    'payments',
    ['P-7,C-9,2026-11-02,AED,10,,', 'P-8,C-1,2026-11-02,AED,10,INV-77,10', 'P-9,C-1,2026-11-02,AED,10,INV-2,10'],
    [
      ['unknown-customer', 2, 'customer_code'],
      ['unknown-invoice', 3, 'invoice_number'],
      ['other-accounts-invoice', 4, 'invoice_number'],
    ],
  ],
];

describe('an import is refused whole, by row and column, for', () => {
  it.each(CASES)('%s', async (_, kind, lines, expected) => {
    const before = await count();
    const faults = await faultsOf(take(session, kind, lines));
    expect(faults.map(({ code, row, column }) => [code, row, column])).toEqual(expected);
    expect(await count()).toEqual(before);
  });

  it('a branch of a branch', async () => {
    const path = await csvFile('customer_code,name,bill_to', 'H,Head,', 'B,Branch,H', 'BB,Branch of a branch,B');
    const faults = await faultsOf(importLedger(session, { path, mapping: 'wafa', kind: 'customers' }));
    expect(faults.map(({ code, row }) => [code, row])).toEqual([['bill-to-chain', 4]]);
  });

  it('more faults than anybody reads: a hundred are told, all are counted', async () => {
    const lines = Array.from({ length: 250 }, (_, index) => `INV-X${index},C-9,2026-10-01,2026-10-31,AED,1,`);
    const refusal = take(session, 'invoices', lines);
    await expect(refusal).rejects.toMatchObject({ faultCount: 250 });
    await expect(refusal).rejects.toThrow('249 more faults');
    expect(await faultsOf(take(session, 'invoices', lines))).toHaveLength(100);
  });
});
