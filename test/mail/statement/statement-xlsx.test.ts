import { inflateRawSync } from 'node:zlib';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { decimalText } from '../../../src/domain/money.ts';
import { BugError } from '../../../src/domain/operator-error.ts';
import { statementXlsx } from '../../../src/mail/statement/statement-xlsx.ts';
import { asId } from '../../../src/domain/ids.ts';
import { statementOf } from '../../../src/domain/statement.ts';
import { block, invoice, TODAY } from '../../domain/builders.ts';
import { A_FEW_ITEMS, aStatement, manyItems } from '../../support/statements.ts';

type Cells = readonly (readonly unknown[])[];

/** Reads back with a program that did not write it. */
async function sheetsOf(bytes: Buffer): Promise<ReadonlyMap<string, Cells>> {
  const sheets = await readWorkbook(bytes);
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** The rows below the headings, down to the total. */
function rowsOf(sheet: Cells): Cells {
  const head = sheet.findIndex((row) => row[0] === 'Document');
  const total = sheet.findIndex((row) => String(row[0]).startsWith('Total '));
  return sheet.slice(head + 1, total + 1);
}

/** Every part of the package as the text it is stored as, found by the directory at its end. */
function inflated(zip: Buffer): string {
  const parts: string[] = [];
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) {
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    parts.push((zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8'));
  }
  return parts.join('\n');
}

describe('a statement as a workbook', () => {
  test('has a sheet per currency whose rows and total are those of the account, as numbers', async () => {
    const content = aStatement({ language: 'EN', items: [...manyItems(300, 3), invoice('77.125', { id: 999, currency: 'KWD' })] });
    const sheets = await sheetsOf(await statementXlsx(content));
    expect([...sheets.keys()]).toEqual(['AED', 'KWD']);
    for (const { currency, groups, totalMinor } of content.statement.currencies) {
      const rows = rowsOf(sheets.get(currency) ?? []);
      const expected = groups.flatMap(({ lines }) => lines.map(({ balanceMinor }) => Number(decimalText(balanceMinor, currency))));
      expect(rows.slice(0, -1).map((row) => row[10])).toEqual(expected);
      expect(rows.at(-1)?.[10]).toBe(Number(decimalText(totalMinor, currency)));
    }
  });

  test('has days as dates and the age of each invoice', async () => {
    const sheets = await sheetsOf(await statementXlsx(aStatement({ language: 'EN', items: A_FEW_ITEMS })));
    const [first] = rowsOf(sheets.get('AED') ?? []);
    expect(first?.slice(0, 3)).toEqual(['2026-1001', 'Invoice', 'LPO-45001']);
    expect(first?.[5]).toEqual(new Date('2026-08-13T00:00:00Z'));
    expect(first?.slice(6, 11)).toEqual([102, '91-120', 12_345.6, 0, 12_345.6]);
  });

  test('says beside an invoice that it is disputed or promised', async () => {
    const content = aStatement({ language: 'EN', items: A_FEW_ITEMS });
    const blocks = [block('DISPUTE', { invoiceId: asId(1), amountMinor: 50_000n }), block('PROMISE', { invoiceId: asId(2) })];
    const sheets = await sheetsOf(await statementXlsx({ ...content, statement: statementOf(A_FEW_ITEMS, TODAY, blocks) }));
    expect(rowsOf(sheets.get('AED') ?? []).map((row) => row[11] ?? null)).toEqual([
      'Under query: 500.00',
      'Payment promised',
      null,
      null,
      null,
      null,
    ]);
  });

  test('ledger text that looks like a formula, a link or an escape is text', async () => {
    const evil = ['=1+1', '+HYPERLINK("http://evil.example")', '@SUM(A1)', '-2+3', '_x0041_', '<b>&"', '\u0007bell', '\u202eesrever'];
    const items = evil.map((number, index) => invoice('1', { id: index + 1, number, overdueFor: 30 - index }));
    const bytes = await statementXlsx(aStatement({ language: 'EN', items }));
    const rows = rowsOf((await sheetsOf(bytes)).get('AED') ?? []);
    expect(rows.slice(0, -1).map((row) => String(row[0]).replace('_x005F_', '_'))).toEqual([...evil.slice(0, 6), 'bell', 'esrever']);
    expect(inflated(bytes)).not.toMatch(/<f>|<f |<hyperlink/);
  });

  test('reads from right to left when Arabic comes first', async () => {
    expect(inflated(await statementXlsx(aStatement({ language: 'AR_EN' })))).toContain('rightToLeft="1"');
    expect(inflated(await statementXlsx(aStatement({ language: 'EN_AR' })))).not.toContain('rightToLeft');
  });

  test('a sum too long for a spreadsheet to hold exactly stays text', async () => {
    const items = [1, 2].map((id) => invoice('9999999999999.99', { id }));
    const rows = rowsOf((await sheetsOf(await statementXlsx(aStatement({ language: 'EN', items })))).get('AED') ?? []);
    expect(rows.map((row) => row[10])).toEqual([9_999_999_999_999.99, 9_999_999_999_999.99, '19999999999999.98']);
  });

  test('of an account with nothing open says so', async () => {
    const sheets = await sheetsOf(await statementXlsx(aStatement({ language: 'EN', items: [] })));
    expect(sheets.get('Statement')?.flat()).toContain('Nothing is open on this account.');
  });

  test('that does not add up is never written', async () => {
    const content = aStatement();
    const currencies = content.statement.currencies.map((one) => ({ ...one, totalMinor: one.totalMinor + 1n }));
    await expect(statementXlsx({ ...content, statement: { ...content.statement, currencies } })).rejects.toThrow(BugError);
  });
});
