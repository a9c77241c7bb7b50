import { describe, expect, it } from 'vitest';

import { checkMapping, listMappings, loadMapping } from '../../src/intake/mapping.ts';
import { readTop } from '../../src/intake/read-ledger.ts';
import { recogniseMapping } from '../../src/intake/recognise-mapping.ts';
import { fixturePath } from './reading.ts';

const shipped = await listMappings();
const recognised = (headings: readonly string[]) =>
  recogniseMapping(headings, shipped).map(({ mapping, kind }) => `${mapping.name} ${kind}`);

describe('mappings', () => {
  it('come with the package and are found by name or by path', async () => {
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['ibm-ar', 'wafa']));
    await expect(loadMapping('wafa')).resolves.toMatchObject({ name: 'wafa' });
    await expect(loadMapping('nonsuch')).rejects.toMatchObject({ code: 'import.unknown-mapping' });
    await expect(loadMapping('/nowhere/own.json')).rejects.toMatchObject({ code: 'import.bad-mapping' });
  });

  it('a mapping with a misspelt field is refused and the place named', () => {
    const broken = {
      name: 'x',
      title: 'x',
      source: 'x',
      ledger: 'transactions',
      dates: 'yyyy-mm-dd',
      files: { invoices: { yields: { invoices: { fields: { nummer: 'a' } } } } },
    };
    expect(() => checkMapping(broken, 'x.json')).toThrow(/files\.invoices\.yields\.invoices\.fields/);
  });

  it.each(['customers', 'invoices', 'credit-notes', 'payments'])('the fixture of %s is recognised by its headings', async (kind) => {
    expect(recognised((await readTop({ path: fixturePath(`${kind}.csv`) }))[0]?.cells ?? [])[0]).toBe(`wafa ${kind}`);
  });

  it('the IBM sample is recognised by its headings', () => {
    const headings =
      'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate';
    expect(recognised(headings.split(','))).toEqual(['ibm-ar invoices']);
  });

  it('headings that fit nothing are recognised as nothing', () => {
    expect(recognised(['Umsatz', 'Datum'])).toEqual([]);
  });
});
