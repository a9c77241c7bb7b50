import { describe, expect, it } from 'vitest';

import { loadMapping } from '../../src/intake/mapping.ts';
import type { RecordKind } from '../../src/intake/mapping.ts';
import { bytesSource, fixturePath, readWhole, smallMapping } from './reading.ts';

const own = await loadMapping('wafa');
const asOn = Temporal.PlainDate.from('2026-11-23');
const readFixture = (kind: RecordKind) => readWhole({ source: { path: fixturePath(`${kind}.csv`) }, mapping: own, kind, asOn });
const readInvoices = (rows: string) =>
  readWhole({
    source: bytesSource(`invoice_number,customer_code,issue_date,due_date,currency,total\n${rows}`),
    mapping: own,
    kind: 'invoices',
    asOn,
  });

describe('the own format', () => {
  it('reads customers with their contact, head office and preferences', async () => {
    const { customers, faults } = await readFixture('customers');
    expect(faults).toEqual([]);
    expect(customers.map(({ code, billToCode, isActive }) => [code, billToCode, isActive])).toEqual([
      ['C-1', null, true],
      ['C-2', 'C-1', null],
      ['C-3', null, false],
    ]);
    expect(customers[0]).toMatchObject({
      nameAr: 'القطا للتجارة ذ.م.م',
      trn: '100013659600003',
      businessType: 'LLC',
      consolidationPreference: 'AUTO',
      maxConsolidationMinor: 5_000_000n,
      contacts: [{ name: 'Huda Nasser', address: 'Accounts@sandgrouse.example', isPrimary: true }],
      source: { file: 'customers.csv', row: 2 },
    });
    expect(customers[2]?.contacts[0]?.name).toBe('Dune Catering FZE');
  });

  it('keeps leading zeros, computes a due date only from terms in the row, and counts dinars in thousandths', async () => {
    const { invoices, faults } = await readFixture('invoices');
    expect(faults).toEqual([]);
    expect(
      invoices.map((each) => [each.number, each.kind, each.dueOn?.toString() ?? null, each.isDueComputed, each.currency, each.totalMinor]),
    ).toEqual([
      ['000123', 'INVOICE', '2026-10-01', false, 'AED', 500_000n],
      ['123', 'INVOICE', '2026-09-25', true, 'AED', 320_000n],
      ['INV-3', 'INVOICE', null, false, 'KWD', 12_345n],
      ['ADV-1', 'ADVANCE', null, false, 'USD', 10_000n],
    ]);
    expect(invoices[0]?.customerReference).toBe('LPO 7, revised');
  });

  it('reads one credit note over several rows, with what each row applies', async () => {
    const { invoices, credits, faults } = await readFixture('credit-notes');
    expect(faults).toEqual([]);
    expect(invoices.map(({ number, totalMinor, linkedNumber }) => [number, totalMinor, linkedNumber])).toEqual([
      ['CN-1', 100_000n, '000123'],
      ['CN-2', 30_000n, null],
    ]);
    expect(credits.map(({ creditNumber, invoiceNumber, amountMinor }) => [creditNumber, invoiceNumber, amountMinor])).toEqual([
      ['CN-2', '000123', 10_000n],
      ['CN-2', '123', 5_000n],
    ]);
  });

  it('gathers the rows of a payment; what they leave over, and a row without invoice, is cash on account', async () => {
    const { payments, faults } = await readFixture('payments');
    expect(faults).toEqual([]);
    expect(
      payments.map(({ reference, amountMinor, method, allocations }) => [
        reference,
        amountMinor,
        method,
        allocations.map(({ amountMinor: part }) => part),
      ]),
    ).toEqual([
      ['RCT-1', 70_000n, 'TRANSFER', [50_000n, 15_000n]],
      ['RCT-2', 4_000n, 'CHEQUE', []],
      ['RCT-3', 12_345n, 'OTHER', [12_345n]],
    ]);
  });

  it('gives the same records and digest however the bytes are cut', async () => {
    const text =
      'invoice_number,customer_code,issue_date,due_date,currency,total\r\n"A ""1""",C-1,2026-09-01,,AED,1.00\r\n\r\nقطا,C-2,2026-09-01,,AED,2.00\r\n';
    const readings = await Promise.all(
      [1, 2, 3, 7, 1000].map((size) => readWhole({ source: bytesSource(text, size), mapping: own, kind: 'invoices' })),
    );
    for (const reading of readings) {
      expect(reading.invoices.map(({ number, source }) => [number, source.row])).toEqual([
        ['A "1"', 2],
        ['قطا', 4],
      ]);
      expect(reading.summary).toMatchObject({ rows: 2, faults: 0, isWhole: true, sha256: readings[0]?.summary.sha256 });
    }
  });
});

describe('what is wrong', () => {
  it('is named by record, row and column, with what to do', async () => {
    const { faults, invoices } = await readInvoices('A-1,C-1,2026-09-01,2026-02-29,AED,10.00\nA-2,C-1,2026-09-01,,AED,1e3\n');
    expect(invoices).toEqual([]);
    expect(faults).toEqual([
      {
        code: 'import.bad-date',
        message: 'Invoice A-1: "2026-02-29" in column "due_date" is a day that does not exist.',
        tryThis: 'Write days as yyyy-mm-dd, or choose the mapping whose dates fit.',
        at: { file: 'ledger.csv', row: 2, column: 'due_date' },
      },
      {
        code: 'import.bad-amount',
        message: 'Invoice A-2: "1e3" in column "total" is in scientific notation, which may have lost digits.',
        tryThis: 'Write it as 8200.50.',
        at: { file: 'ledger.csv', row: 3, column: 'total' },
      },
    ]);
  });

  it.each([
    ['A-1,C-1,2026-09-01,,AED,', 'import.missing-value', 'total'],
    ['A-1,,2026-09-01,,AED,1', 'import.missing-value', 'customer_code'],
    ['A-1,C-1,,,AED,1', 'import.missing-value', 'issue_date'],
    ['A-1,C-1,2026-09-01,,,1', 'import.missing-value', 'currency'],
    ['A-1,C-1,2026-09-01,,AEDD,1', 'import.unknown-currency', 'currency'],
    ['A-1,C-1,2026-09-01,,XTS,1', 'import.unknown-currency', 'currency'],
    ['A-1,C-1,2026-09-01,,JPY,10.5', 'import.bad-amount', 'total'],
    ['A-1,C-1,2026-09-01,,AED,-4.00', 'import.wrong-sign', 'total'],
    ['A-1,C-1,2031-11-23,,AED,4.00', 'import.bad-date', 'issue_date'],
    ['A-1,C-1,2026-09-01,9999-12-31,AED,4.00', 'import.bad-date', 'due_date'],
  ])('%s is refused as %s at %s', async (row, code, column) => {
    const { faults, invoices } = await readInvoices(`${row}\n`);
    expect(invoices).toEqual([]);
    expect(faults.map((fault) => [fault.code, fault.at.row, fault.at.column])).toEqual([[code, 2, column]]);
  });

  it('never puts a control character into a message', async () => {
    const { faults } = await readInvoices('A\u001b[2J-1,C-1,2026-09-01,,AED,1\nA-2,C-1,\u0007bell,,AED,1\n');
    expect(faults.map(({ code }) => code)).toEqual(['import.bad-identifier', 'import.bad-date']);
    expect(JSON.stringify(faults)).not.toMatch(/\\u00|\p{Cc}/u);
  });

  it('stops after a hundred faults, and says that the file was not read to its end', async () => {
    const { faults, summary } = await readInvoices('A-1,C-1,never,,AED,1\n'.repeat(500));
    expect(faults).toHaveLength(100);
    expect(summary).toMatchObject({ faults: 100, rows: 100, isWhole: false });
  });

  it('reads on to the end for whoever wants every fault', async () => {
    const source = bytesSource(`invoice_no,amount\n${'A,x\n'.repeat(500)}`);
    const { faults, summary } = await readWhole({ source, mapping: smallMapping(), kind: 'invoices', mostFaults: 1_000 });
    expect([faults.length, summary.isWhole]).toEqual([500, true]);
  });

  it('a payment may not allocate more than it brought, and its rows must stand together', async () => {
    const head = 'payment_reference,customer_code,received_on,currency,amount,invoice_number,allocated_amount\n';
    const rows =
      'R-1,C-1,2026-09-01,AED,100,A-1,80\nR-1,C-1,2026-09-01,AED,100,A-2,80\nR-2,C-1,2026-09-01,AED,5,,\nR-1,C-1,2026-09-01,AED,100,A-3,1\nR-3,C-1,2026-09-01,AED,5,,\nR-3,C-1,2026-09-02,AED,5,,\n';
    const { faults, payments } = await readWhole({ source: bytesSource(head + rows), mapping: own, kind: 'payments' });
    expect(payments.map(({ reference }) => reference)).toEqual(['R-2']);
    expect(faults.map(({ code, at }) => [code, at.row])).toEqual([
      ['import.over-allocated', 3],
      ['import.duplicate-in-file', 5],
      ['import.duplicate-in-file', 7],
    ]);
  });

  it('two addresses in one cell are refused with advice, never split or sent to', async () => {
    const source = bytesSource('customer_code,name,email\nC-1,Dune,a@x.example; b@x.example\n');
    const { faults, customers } = await readWhole({ source, mapping: own, kind: 'customers' });
    expect(customers).toEqual([]);
    expect(faults[0]).toMatchObject({ code: 'import.bad-address', at: { row: 2, column: 'email' } });
    expect(faults[0]?.tryThis).toContain('Keep the one');
  });

  it('an impossible TRN is a fault, an odd one a warning', async () => {
    const source = bytesSource('customer_code,name,trn\nC-1,Dune,12345\nC-2,Reef,100123456700003\n');
    const { faults, warnings, customers } = await readWhole({ source, mapping: own, kind: 'customers' });
    expect(faults.map(({ code, at }) => [code, at.row])).toEqual([['import.bad-trn', 2]]);
    expect(warnings.map(({ code, at }) => [code, at.row])).toEqual([['import.odd-trn', 3]]);
    expect(customers.map(({ code }) => code)).toEqual(['C-2']);
  });
});

describe('repeated rows', () => {
  it('the same row twice is taken once and warned of; a conflicting one is refused', async () => {
    const same = await readInvoices('A-1,C-1,2026-09-01,,AED,1\nA-1,C-1,2026-09-01,,AED,1\n');
    expect([same.invoices.length, same.faults.length, same.warnings.map(({ code }) => code)]).toEqual([1, 0, ['import.repeated-row']]);
    const other = await readInvoices('A-1,C-1,2026-09-01,,AED,1\nA-1,C-1,2026-09-01,,AED,2\n');
    expect(other.faults).toMatchObject([
      { code: 'import.duplicate-in-file', message: expect.stringContaining('row 2') as string, at: { row: 3 } },
    ]);
  });

  it('a credit note of zero or an invoice of zero is left out with a warning: there is nothing to ask for', async () => {
    const { invoices, warnings } = await readInvoices('A-1,C-1,2026-09-01,,AED,0.00\nA-2,C-1,2026-09-01,,AED,-0\n');
    expect([invoices, warnings.map(({ code }) => code)]).toEqual([[], ['import.zero-document', 'import.zero-document']]);
  });
});

describe('foreign ledgers', () => {
  it('credits written as negatives come out positive, and a positive one is refused', async () => {
    const section = {
      fields: { number: 'invoice_no', customerCode: { constant: 'C' }, issuedOn: { constant: '2026-09-01' }, total: 'amount' },
    };
    const mapping = smallMapping({ creditAmounts: 'negative', files: { 'credit-notes': { yields: { 'credit-notes': section } } } });
    const { invoices, faults } = await readWhole({
      source: bytesSource('invoice_no,amount\nCN-1,-4.00\nCN-2,4.00\n'),
      mapping,
      kind: 'credit-notes',
    });
    expect(invoices.map(({ kind, number, totalMinor }) => [kind, number, totalMinor])).toEqual([['CREDIT_NOTE', 'CN-1', 400n]]);
    expect(faults.map(({ code }) => code)).toEqual(['import.wrong-sign']);
  });

  it('an open-items ledger states the balance, never more than the total', async () => {
    const fields = {
      number: 'invoice_no',
      customerCode: { constant: 'C' },
      issuedOn: { constant: '2026-09-01' },
      total: 'amount',
      open: 'due',
    };
    const mapping = smallMapping({ ledger: 'open-items', files: { invoices: { yields: { invoices: { fields } } } } });
    const { invoices, faults } = await readWhole({
      source: bytesSource('invoice_no,amount,due\nA,10,2.5\nB,10,0\nC,10,11\n'),
      mapping,
      kind: 'invoices',
    });
    expect(invoices.map(({ number, openMinor }) => [number, openMinor])).toEqual([
      ['A', 250n],
      ['B', 0n],
    ]);
    expect(faults.map(({ code }) => code)).toEqual(['import.open-over-total']);
  });

  it('filters leave rows out by what a column says, and words are translated', async () => {
    const fields = {
      number: 'invoice_no',
      kind: { column: 'type', values: { Rechnung: 'INVOICE', Anzahlung: 'ADVANCE' } },
      customerCode: { constant: 'C' },
      issuedOn: { constant: '2026-09-01' },
      total: 'amount',
    };
    const where = [{ column: 'state', isNot: ['Draft', 'void'] }];
    const mapping = smallMapping({
      decimal: ',',
      thousands: '.',
      delimiter: ';',
      otherColumns: 'ignore',
      files: { invoices: { where, yields: { invoices: { fields } } } },
    });
    const text = 'invoice_no;type;amount;state;status\nA;Rechnung;1.234,50;sent;x\nB;Rechnung;1;VOID;x\nC;Anzahlung;2;;x\n';
    const { invoices, summary, faults } = await readWhole({ source: bytesSource(text), mapping, kind: 'invoices' });
    expect(faults).toEqual([]);
    expect(invoices.map(({ number, kind, totalMinor }) => [number, kind, totalMinor])).toEqual([
      ['A', 'INVOICE', 123_450n],
      ['C', 'ADVANCE', 200n],
    ]);
    expect(summary).toMatchObject({ rows: 2, filteredRows: 1 });
  });

  it('a column that no mapping names can do nothing, even with a telling name', async () => {
    const mapping = smallMapping({ otherColumns: 'ignore' });
    const { invoices } = await readWhole({
      source: bytesSource('invoice_no,amount,status,approved_by\nA,1,SENT,admin\n'),
      mapping,
      kind: 'invoices',
    });
    expect(invoices).toHaveLength(1);
    expect(JSON.stringify(invoices, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))).not.toMatch(
      /SENT|admin/,
    );
  });
});
