/** Real exports through the shipped mappings, compared with a reading of our own that knows nothing of mappings. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { checkMapping, listMappings, loadMapping } from '../../src/intake/mapping.ts';
import { readTop } from '../../src/intake/read-ledger.ts';
import { recogniseMapping } from '../../src/intake/recognise-mapping.ts';
import { bytesSource, readWhole } from './reading.ts';
import { sharedMaterial } from '../support/shared-material.ts';

const EXPORTS = sharedMaterial('data/exports');
const asOn = Temporal.PlainDate.from('2026-11-22');

/** The rows of an export as plain objects. */
const rowsOf = (file: string): readonly Readonly<Record<string, string>>[] =>
  parse(readFileSync(`${EXPORTS}/${file}`), { columns: true, bom: true });
const minor = (text: string): bigint => BigInt(Math.round(Number(text.replaceAll(',', '')) * 100));
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n);

async function readExport(file: string) {
  const source = { path: `${EXPORTS}/${file}` };
  const [best, second] = recogniseMapping((await readTop(source))[0]?.cells ?? [], await listMappings());
  if (!best) throw new Error(`${file} is not recognised`);
  expect(second?.share ?? 0).toBeLessThan(best.share);
  return { best, ...(await readWhole({ source, mapping: best.mapping, kind: best.kind, baseCurrency: 'AED', asOn })) };
}

describe.skipIf(!existsSync(EXPORTS))('exports of ledger programs (only where the shared exports are)', () => {
  it('invoice2go: every invoice with its balance, terms and address', async () => {
    const { best, invoices, customers, faults } = await readExport('i2g_invoices.csv');
    const rows = rowsOf('i2g_invoices.csv');
    expect([best.mapping.name, best.kind, faults]).toEqual(['invoice2go', 'invoices', []]);
    expect(invoices.map(({ number, totalMinor, openMinor, sourceKey }) => [number, totalMinor, openMinor, sourceKey])).toEqual(
      rows.map((row) => [row['DocumentNumber'], minor(row['TotalAmount'] ?? ''), minor(row['BalanceDueAmount'] ?? ''), row['Id']]),
    );
    expect(invoices.every(({ isDueComputed }) => isDueComputed)).toBe(true);
    expect(customers.flatMap(({ contacts }) => contacts.map(({ address }) => address))).toEqual(rows.map((row) => row['EmailRecipient']));
  });

  it('FreshBooks: lines are added up to one invoice, its due day is computed and marked', async () => {
    const { best, invoices } = await readExport('freshbooks_invoices.csv');
    const rows = rowsOf('freshbooks_invoices.csv');
    expect([best.mapping.name, best.kind]).toEqual(['freshbooks', 'invoices']);
    expect(invoices).toMatchObject([{ number: '0000001', customerCode: 'X-Men', currency: 'USD', isDueComputed: true }]);
    expect(sum(invoices.map(({ totalMinor }) => totalMinor))).toBe(sum(rows.map((row) => minor(row['Line Total'] ?? ''))));
  });

  it('FreshBooks: clients', async () => {
    const { best, customers } = await readExport('freshbooks_clients.csv');
    expect([best.mapping.name, best.kind]).toEqual(['freshbooks', 'customers']);
    expect(customers.map(({ code, contacts, phone }) => [code, contacts[0]?.address, contacts[0]?.name, phone])).toEqual(
      rowsOf('freshbooks_clients.csv').map((row) => [
        row['Organization'],
        row['Email'],
        [row['First Name'], row['Last Name']].join(' '),
        row['Phone'],
      ]),
    );
  });

  it('Invoicely: thousands marks, words for months, the company currency', async () => {
    const { best, invoices } = await readExport('invoicely_invoices.csv');
    expect(best.mapping.name).toBe('invoicely');
    expect(invoices).toMatchObject([{ number: 'INV-1', currency: 'AED', totalMinor: 102_000n }]);
    expect(invoices[0]?.dueOn?.toString()).toBe('2021-01-28');
  });

  it('Zoho Books: contacts', async () => {
    const { best, customers, faults } = await readExport('zoho_contacts.csv');
    expect([best.mapping.name, best.kind, faults]).toEqual(['zoho-books', 'customers', []]);
    expect(customers.map(({ code, name, paymentTermsDays, contacts }) => [code, name, paymentTermsDays, contacts[0]?.address])).toEqual(
      rowsOf('zoho_contacts.csv').map((row) => [row['Customer ID'], row['Display Name'], Number(row['Payment Terms']), row['EmailID']]),
    );
  });

  it('Zoho Books: drafts are left out and counted; without that filter each invoice comes once, whatever its lines', async () => {
    const { best, invoices, summary } = await readExport('zoho_invoices.csv');
    const rows = rowsOf('zoho_invoices.csv');
    expect([best.mapping.name, invoices.length, summary.filteredRows, rows.length]).toEqual(['zoho-books', 0, 13, 13]);
    const filed = best.mapping.files.invoices;
    const mapping = { ...best.mapping, files: { invoices: { yields: filed?.yields ?? {}, where: [] } } };
    const all = await readWhole({ source: { path: `${EXPORTS}/zoho_invoices.csv` }, mapping, kind: 'invoices', asOn });
    const once = [...new Map(rows.map((row) => [row['Invoice Number'], row])).values()];
    expect(
      all.invoices.map(({ number, totalMinor, openMinor, customerReference }) => [number, totalMinor, openMinor, customerReference]),
    ).toEqual(
      once.map((row) => [row['Invoice Number'], minor(row['Total'] ?? ''), minor(row['Balance'] ?? ''), row['PurchaseOrder'] || null]),
    );
    expect([all.faults, all.warnings]).toEqual([[], []]);
  });
});

describe('shipped mappings', () => {
  it('say whether a real export was at hand', async () => {
    const headingsOnly = (await listMappings()).filter((mapping) => mapping.headingsOnly).map(({ name }) => name);
    expect(headingsOnly).toEqual(['odoo', 'quickbooks', 'sap-fbl5n', 'stripe', 'xero']);
  });

  it.each([
    [
      'xero',
      '*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InvoiceAmountDue,Currency,Type,Status\nNoor,a@x.test; b@x.test,INV-1,LPO-7,31/01/2026,28/02/2026,100.00,40.00,AED,Sales invoice,Awaiting Payment\n',
      4_000n,
    ],
    [
      'quickbooks',
      'Transaction date,Transaction type,Num,Customer,Due date,Amount,Open balance\n01/31/2026,Invoice,1001,Noor,02/28/2026,"1,100.00","1,040.00"\n',
      104_000n,
    ],
    [
      'odoo',
      'Number,Invoice Partner Display Name,Invoice Date,Due Date,Total,Amount Due,Currency,Status\nINV/2026/0001,Noor,2026-01-31,2026-02-28,100.00,40.00,AED,Posted\n',
      4_000n,
    ],
    [
      'sap-fbl5n',
      'Customer\tName 1\tDocument Number\tDocument Type\tDocument Date\tNet due date\tAmount in doc. curr.\tDocument currency\n10001\tNoor\t1800000001\tRV\t31.01.2026\t28.02.2026\t1,100.00\tAED\n10001\tNoor\t1800000002\tDG\t31.01.2026\t\t100.00-\tAED\n',
      110_000n,
    ],
    [
      'stripe',
      'id,Number,Customer,Customer Email,Date (UTC),Due Date (UTC),Currency,Total,Amount Remaining,Status\nin_1,ABC-0001,cus_1,a@x.test,2026-01-31 09:15,2026-02-28 09:15,aed,100.00,40.00,open\n',
      4_000n,
    ],
  ])('%s is recognised by its headings and reads an invoice with what is open', async (name, text, open) => {
    const source = bytesSource(text);
    const [best] = recogniseMapping((await readTop(source))[0]?.cells ?? [], await listMappings());
    expect([best?.mapping.name, best?.kind]).toEqual([name, 'invoices']);
    const { invoices, faults } = await readWhole({ source, mapping: await loadMapping(name), kind: 'invoices', baseCurrency: 'AED', asOn });
    expect(faults).toEqual([]);
    expect([invoices[0]?.openMinor, invoices[0]?.issuedOn.toString(), invoices[0]?.dueOn?.toString()]).toEqual([
      open,
      '2026-01-31',
      '2026-02-28',
    ]);
  });
});

describe('an export with a row per line', () => {
  const mapping = checkMapping(
    {
      name: 'lines',
      title: 'Lines',
      source: 'test',
      ledger: 'open-items',
      dates: 'yyyy-mm-dd',
      currency: 'AED',
      files: {
        invoices: {
          yields: {
            invoices: {
              lines: 'sum',
              fields: { number: 'no', customerCode: { constant: 'C' }, issuedOn: 'issued', total: 'line', open: 'left' },
            },
          },
        },
      },
    },
    'lines.json',
  );
  const read = (...lines: readonly string[]) =>
    readWhole({ source: bytesSource(['no,issued,line,left', ...lines].join('\n')), mapping, kind: 'invoices' });

  it('is folded into invoices, discounts included', async () => {
    const { invoices, faults } = await read('1,2026-01-01,100,', '1,2026-01-01,-10,', '1,2026-01-01,0,', '2,2026-01-02,5,5');
    expect(faults).toEqual([]);
    expect(invoices.map(({ number, totalMinor, openMinor, source }) => [number, totalMinor, openMinor, source.row])).toEqual([
      ['1', 9_000n, null, 2],
      ['2', 500n, 500n, 5],
    ]);
  });

  it('whose rows do not stand together, or contradict each other, is refused', async () => {
    const apart = await read('1,2026-01-01,100,', '2,2026-01-01,1,', '1,2026-01-01,5,');
    expect(apart.faults.map(({ code, at }) => [code, at.row])).toEqual([['import.duplicate-in-file', 4]]);
    const other = await read('1,2026-01-01,100,', '1,2026-01-02,5,');
    expect(other.faults.map(({ code, at }) => [code, at.row])).toEqual([['import.duplicate-in-file', 3]]);
  });

  it('that comes to less than nothing is refused where it begins', async () => {
    const { invoices, faults } = await read('1,2026-01-01,100,', '1,2026-01-01,-200,');
    expect([invoices, faults.map(({ at, message }) => [at.row, message])]).toEqual([
      [],
      [[2, 'Invoice 1: has lines that come to -100.00.']],
    ]);
  });
});
