import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { dayText, numberText } from '../../../src/intake/xlsx/cell-value.ts';
import { loadMapping } from '../../../src/intake/mapping.ts';
import { makeWorkbook } from '../archive/make-zip.ts';
import type { SheetCell } from '../archive/make-zip.ts';
import { bytesSource, readWhole } from '../reading.ts';

const mapping = await loadMapping('wafa');
const HEADINGS = ['invoice_number', 'customer_code', 'issue_date', 'due_date', 'currency', 'total'];
const day = (serial: number): SheetCell => ({ xml: `<c s="1"><v>${serial}</v></c>` });
const read = (bytes: Buffer, sheet?: string) => readWhole({ source: bytesSource(bytes), mapping, kind: 'invoices', choices: { sheet } });
const code = (bytes: Buffer, sheet?: string): Promise<string> =>
  read(bytes, sheet).then(
    ({ faults }) => faults.map(({ code: each, at }) => `${each}@${at.row ?? ''}`).join(' '),
    (error: unknown) => (error instanceof OperatorError ? error.code : `BUG ${String(error)}`),
  );
const main =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

describe('a workbook', () => {
  it('is read like the CSV of the same ledger: days by their style, numbers without dust, codes as they stand', async () => {
    const { invoices, faults, summary } = await read(
      makeWorkbook([HEADINGS, ['000123', 'C-1', day(46_316), '2026-11-21', 'AED', { xml: '<c><v>1234.5600000000001</v></c>' }]]),
    );
    expect([faults, summary.format, summary.encoding]).toEqual([[], 'xlsx', null]);
    expect(invoices).toMatchObject([{ number: '000123', totalMinor: 123_456n }]);
    expect([invoices[0]?.issuedOn.toString(), invoices[0]?.dueOn?.toString()]).toEqual(['2026-10-21', '2026-11-21']);
  });

  it('whose days count from 1904 gives the same days', async () => {
    const workbook = `<workbook ${main}><workbookPr date1904="1"/><sheets><sheet name="L" sheetId="1" r:id="rId1"/></sheets></workbook>`;
    const { invoices } = await read(
      makeWorkbook([HEADINGS, ['1', 'C-1', day(46_316 - 1_462), '2026-11-21', 'AED', 10]], { 'xl/workbook.xml': workbook }),
    );
    expect(invoices[0]?.issuedOn.toString()).toBe('2026-10-21');
  });

  it('is never calculated: a formula counts by its stored result, one without is refused', async () => {
    const stored = { xml: '<c><f>40+2</f><v>42.5</v></c>' };
    const missing = { xml: '<c><f>HYPERLINK("http://evil.example")</f></c>' };
    const { invoices, faults } = await read(
      makeWorkbook([HEADINGS, ['1', 'C-1', '2026-10-01', '', 'AED', stored], ['2', 'C-1', '2026-10-01', '', 'AED', missing]]),
    );
    expect([invoices.map(({ totalMinor }) => totalMinor), faults.map(({ code: each }) => each)]).toEqual([[4_250n], ['import.bad-amount']]);
  });

  it('an unstyled serial number is no day, an error value no amount, a long number no code', async () => {
    expect(await code(makeWorkbook([HEADINGS, ['1', 'C-1', 46_316, '', 'AED', 10]]))).toBe('import.bad-date@2');
    expect(await code(makeWorkbook([HEADINGS, ['1', 'C-1', '2026-10-01', '', 'AED', { xml: '<c t="e"><v>#REF!</v></c>' }]]))).toBe(
      'import.bad-amount@2',
    );
    expect(await code(makeWorkbook([HEADINGS, [1_234_567_890_123_456, 'C-1', '2026-10-01', '', 'AED', 10]]))).toBe(
      'import.bad-identifier@2',
    );
  });

  it('tells of hidden rows and of sheets that were not read, and reads another sheet when told', async () => {
    const sheet = (name: string, row: string): string =>
      `<worksheet ${main}><sheetData><row r="1">${HEADINGS.map((each) => `<c t="inlineStr"><is><t>${each}</t></is></c>`).join('')}</row><row r="4" ${row}>${[name, 'C-1', '2026-10-01', '', 'AED'].map((each) => `<c t="inlineStr"><is><t>${each}</t></is></c>`).join('')}<c><v>10</v></c></row></sheetData></worksheet>`;
    const bytes = makeWorkbook([], {
      'xl/workbook.xml': `<workbook ${main}><sheets><sheet name="Old" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Now" sheetId="2" r:id="rId2"/></sheets></workbook>`,
      'xl/worksheets/sheet1.xml': sheet('OLD-1', ''),
      'xl/worksheets/sheet2.xml': sheet('NOW-1', 'hidden="1"'),
    });
    const visible = await read(bytes);
    expect(visible.invoices.map(({ number, source }) => [number, source.row])).toEqual([['NOW-1', 4]]);
    expect(Object.keys(visible.summary.warnings)).toContain('import.other-sheets');
    expect((await read(bytes, 'Old')).invoices.map(({ number }) => number)).toEqual(['OLD-1']);
    expect(await code(bytes, 'None')).toBe('import.bad-workbook');
  });

  it.each([
    [
      'an entity that reads a file',
      { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><sst><si><t>&xxe;</t></si></sst>' },
      'import.dtd',
    ],
    [
      'entities that multiply',
      { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>' },
      'import.dtd',
    ],
    [
      'a cell far to the right',
      { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>' },
      'import.bad-workbook',
    ],
    [
      'rows out of order',
      { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>' },
      'import.bad-workbook',
    ],
    [
      'a row beyond the last',
      { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>' },
      'import.bad-workbook',
    ],
    [
      'a cell that never ends',
      {
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row><c t="str"><v>${'x'.repeat(70_000)}</v></c></row></sheetData></worksheet>`,
      },
      'import.bad-workbook',
    ],
    ['no sheet', { 'xl/workbook.xml': '<workbook/>' }, 'import.bad-workbook'],
    ['nothing in it', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData/></worksheet>' }, 'import.empty-file'],
  ])('with %s is refused', async (_, parts, wanted) => {
    expect(await code(makeWorkbook([HEADINGS], parts as unknown as Readonly<Record<string, string>>))).toBe(wanted);
  });
});

describe('numbers and days of a workbook', () => {
  it.each([
    ['0.1', '0.1'],
    ['1E-3', '0.001'],
    ['0.30000000000000004', '0.3'],
    ['999999999999999', '999999999999999'],
    ['12345678901234567', '1.2345678901234568E+16'],
  ])('%s is %s', (stored, text) => expect(numberText(stored, '.')).toBe(text));

  it('a time of day stays visible, and serials before any ledger stay numbers', () => {
    expect([dayText('46316.5', false), dayText('46316', false), dayText('3', false), dayText('1e9', false)]).toEqual([
      '2026-10-21T12:00:00',
      '2026-10-21',
      '3',
      '1e9',
    ]);
  });
});
