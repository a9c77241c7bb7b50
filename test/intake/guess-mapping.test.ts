import { describe, expect, it } from 'vitest';

import { guessMapping } from '../../src/intake/guess-mapping.ts';
import { listMappings } from '../../src/intake/mapping.ts';
import { bytesSource, readWhole } from './reading.ts';

const HEADINGS = ['Invoice No', 'Customer Code', 'Issue Date', 'Due Date', 'Currency', 'Total', 'Salesman'];
const ROWS = [
  ['INV-1', 'C-1', '13/10/2026', '12/11/2026', 'AED', '1.234,50', 'Ali'],
  ['INV-2', 'C-2', '14/10/2026', '13/11/2026', 'AED', '20,00', 'Ali'],
];

describe('a mapping proposed for a file that none fits', () => {
  it('reads that very file', async () => {
    const { kind, mapping, unread } = guessMapping('erp', HEADINGS, ROWS, await listMappings());
    expect([kind, mapping.decimal, mapping.thousands, mapping.dates, unread]).toEqual(['invoices', ',', '.', 'by-file', ['Salesman']]);
    const text = [HEADINGS, ...ROWS].map((cells) => cells.join(';')).join('\n');
    const { invoices, faults } = await readWhole({ source: bytesSource(`${text}\n`), mapping, kind });
    expect(faults).toEqual([]);
    expect(invoices.map(({ number, totalMinor, issuedOn }) => `${number} ${totalMinor} ${issuedOn.toString()}`)).toEqual([
      'INV-1 123450 2026-10-13',
      'INV-2 2000 2026-10-14',
    ]);
  });

  it('understands the short headings of an ERP list, and takes one with balances for open items', async () => {
    const headings = ['Doc No', 'Cust', 'Cust Name', 'Doc Date', 'Net Due', 'Curr', 'Doc Amt', 'Open Amt', 'LPO'];
    const rows = [['INV-1', 'C-1', 'Gulf Trading', '01.08.2026', '31.08.2026', 'AED', '1.200,00', '1.000,00', 'LPO-77']];
    const { fields, mapping, unread } = guessMapping('erp', headings, rows, await listMappings());
    expect(Object.fromEntries(fields.map(({ field, heading }) => [field, heading]))).toEqual({
      number: 'Doc No',
      customerCode: 'Cust',
      issuedOn: 'Doc Date',
      dueOn: 'Net Due',
      currency: 'Curr',
      total: 'Doc Amt',
      open: 'Open Amt',
      customerReference: 'LPO',
    });
    expect([mapping.ledger, mapping.decimal, mapping.thousands, unread]).toEqual(['open-items', ',', '.', ['Cust Name']]);
  });

  it('shows what each column holds, and says which needed one it could not find', async () => {
    const headings = HEADINGS.map((heading) => (heading === 'Customer Code' ? 'Zzz' : heading));
    const { fields, document } = guessMapping('erp', headings, ROWS, await listMappings());
    expect(fields).toContainEqual({ field: 'number', heading: 'Invoice No', samples: ['INV-1', 'INV-2'] });
    expect(fields).toContainEqual({ field: 'customerCode', heading: null, samples: [] });
    expect(document['source']).toMatch(/Name the columns of customerCode/);
  });
});
