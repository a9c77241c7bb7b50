/** The amounts, dates and CSV cases of the shared list of bad inputs that reading a ledger decides. */
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { OperatorError } from '../../src/domain/operator-error.ts';
import { parseAmount } from '../../src/intake/amount-text.ts';
import type { AmountFormat } from '../../src/intake/amount-text.ts';
import { parseDay } from '../../src/intake/date-text.ts';
import { bytesSource, readWhole, smallMapping } from './reading.ts';

const LIST = process.env['WAFA_BAD_INPUTS'] ?? new URL('../../../shared/bad-inputs.json', import.meta.url).pathname;

interface Case {
  readonly id: string;
  readonly input?: string;
  readonly b64?: string;
  readonly expect: string;
}

const groups = existsSync(LIST)
  ? (JSON.parse(readFileSync(LIST, 'utf8')) as { readonly groups: Readonly<Record<string, { readonly cases: readonly Case[] }>> }).groups
  : {};
const casesOf = (group: string): ReadonlyMap<string, Case> => new Map((groups[group]?.cases ?? []).map((each) => [each.id, each]));

const english: AmountFormat = { decimal: '.', thousands: ',', negatives: 'minus' };
const german: AmountFormat = { decimal: ',', thousands: '.', negatives: 'minus' };

describe.skipIf(!existsSync(LIST))('bad amounts', () => {
  const cases = casesOf('amounts');
  const amount = (id: string, format: AmountFormat = english, exponent = 2) =>
    parseAmount(cases.get(id)?.input ?? 'absent', format, exponent);

  it.each([
    ['A-008', 'scientific'],
    ['A-009', 'scientific'],
    ['A-011', 'bad-syntax'],
    ['A-012', 'missing'],
    ['A-014', 'bad-syntax'],
    ['A-015', 'bad-syntax'],
    ['A-023', 'currency-in-amount'],
    ['A-024', 'currency-in-amount'],
    ['A-029', 'too-many-decimals'],
    ['A-032', 'scientific'],
    ['A-033', 'formula'],
    ['A-035', 'currency-in-amount'],
    ['A-003', 'bad-syntax'],
    ['A-005', 'bad-syntax'],
    ['A-020', 'bad-syntax'],
    ['A-021', 'bad-syntax'],
    ['A-026', 'too-many-decimals'],
  ])('%s is refused: %s', (id, problem) => expect(amount(id)).toBe(problem));

  it('each notation is read where it is declared, and exactly', () => {
    expect(amount('A-002')).toBe(123_456n);
    expect(amount('A-003', german)).toBe(123_456n);
    expect(amount('A-005', { decimal: ',', thousands: 'space', negatives: 'minus' })).toBe(123_456n);
    expect(amount('A-006')).toBe(123_456n);
    expect(amount('A-017')).toBe(0n);
    expect(amount('A-020', { ...english, negatives: 'brackets' })).toBe(-10_000n);
    expect(amount('A-021', { ...english, negatives: 'trailing-minus' })).toBe(-10_000n);
    expect(amount('A-026', english, 3)).toBe(12_345n);
    expect(amount('A-027', english, 0)).toBe('too-many-decimals');
  });

  it('2^53 + 1 dirhams are more than the ledger holds and are refused, never rounded', () => {
    expect(amount('A-030')).toBe('out-of-range');
  });

  it('currencies: case is forgiven, length and look-alike letters are not', async () => {
    const fields = {
      number: 'no',
      customerCode: { constant: 'C' },
      issuedOn: { constant: '2026-09-01' },
      total: 'amount',
      currency: 'currency',
    };
    const mapping = smallMapping({ currency: undefined, files: { invoices: { yields: { invoices: { fields } } } } });
    const rows = ['A-036', 'A-038', 'A-039'].map((id) => `${id},1,${cases.get(id)?.input ?? ''}`).join('\n');
    const { invoices, faults } = await readWhole({ source: bytesSource(`no,amount,currency\n${rows}\n`), mapping, kind: 'invoices' });
    expect(invoices.map(({ currency }) => currency)).toEqual(['USD']);
    expect(faults.map(({ code }) => code)).toEqual(['import.unknown-currency', 'import.unknown-currency']);
  });
});

describe.skipIf(!existsSync(LIST))('bad dates', () => {
  const cases = casesOf('dates');
  const iso = (id: string): string => parseDay(cases.get(id)?.input ?? 'absent', 'yyyy-mm-dd').toString();

  it.each([
    ['D-002', 'no-such-date'],
    ['D-003', '2028-02-29'],
    ['D-005', 'no-such-date'],
    ['D-006', 'no-such-date'],
    ['D-008', 'out-of-range'],
    ['D-009', 'no-such-date'],
    ['D-011', 'out-of-range'],
    ['D-012', 'out-of-range'],
    ['D-014', 'bad-syntax'],
    ['D-015', 'bad-syntax'],
    ['D-018', 'two-digit-year'],
    ['D-020', 'excel-serial'],
    ['D-021', 'excel-serial'],
    ['D-023', 'time-of-day'],
    ['D-024', 'time-of-day'],
    ['D-026', '2026-11-22'],
    ['D-027', 'bad-syntax'],
    ['D-029', 'bad-syntax'],
    ['D-030', 'missing'],
  ])('%s gives %s', (id, outcome) => expect(iso(id)).toBe(outcome));

  it('D-017 is read by a mapping of that order only', () => {
    const text = cases.get('D-017')?.input ?? '';
    expect([parseDay(text, 'm/d/yyyy').toString(), parseDay(text, 'd/m/yyyy')]).toEqual(['2026-11-22', 'no-such-date']);
  });
});

describe.skipIf(!existsSync(LIST))('bad CSV files', () => {
  const cases = casesOf('csv_import');
  const content = (id: string): string | Uint8Array => {
    const found = cases.get(id);
    return found?.b64 === undefined ? (found?.input ?? 'absent') : Buffer.from(found.b64, 'base64');
  };
  /** Row codes of the faults, or the code the whole file is refused with. */
  const outcome = async (bytes: string | Uint8Array, changes: object = {}, mostRows?: number): Promise<string> => {
    const mapping = smallMapping(changes);
    const limit = mostRows === undefined ? {} : { mostRows };
    const reading = await readWhole({ source: bytesSource(bytes), mapping, kind: 'invoices', ...limit }).catch((error: unknown) => error);
    if (reading instanceof OperatorError) return reading.code;
    if (reading instanceof Error) throw reading;
    const { faults, invoices } = reading as Awaited<ReturnType<typeof readWhole>>;
    return [
      ...invoices.map(({ number, totalMinor, source }) => `${number}=${totalMinor}@${source.row}`),
      ...faults.map(({ code }) => code),
    ].join(' ');
  };
  const namedColumns = (number: string, total: string) => ({
    files: {
      invoices: {
        yields: { invoices: { fields: { number, customerCode: { constant: 'C' }, issuedOn: { constant: '2026-09-01' }, total } } },
      },
    },
  });

  it.each([
    ['CI-002', '1=1000@2'],
    ['CI-006', 'import.empty-file'],
    ['CI-008', 'import.missing-heading'],
    ['CI-009', 'import.duplicate-heading'],
    ['CI-011', 'import.unknown-heading'],
    ['CI-012', 'import.tenant-column'],
    ['CI-015', '1=1000@2'],
    ['CI-017', '1=1000@2'],
    ['CI-018', '1=1000@2 2=2000@3 3=3000@4'],
    ['CI-020', 'import.bad-quote'],
    ['CI-023', 'import.column-count'],
    ['CI-024', '1=1000@2'],
    ['CI-026', '000123=1000@2 123=1000@3'],
    ['CI-027', 'INV-1=1000@2 import.duplicate-in-file'],
    ['CI-029', 'import.bad-identifier'],
    ['CI-053', 'import.bad-identifier'],
  ])('%s gives %s', async (id, wanted) => expect(await outcome(content(id))).toBe(wanted));

  it('CI-003: Windows-1256 is noticed and read as what it is', async () => {
    const fields = { number: 'name', customerCode: { constant: 'C' }, issuedOn: { constant: '2026-09-01' }, total: { constant: '1' } };
    expect(await outcome(content('CI-003'), { files: { invoices: { yields: { invoices: { fields } } } } })).toBe('شركة=100@2');
  });

  it('CI-005: a NUL refuses its row', async () => {
    expect(await outcome(content('CI-005'), namedColumns('a', 'b'))).toBe('import.bad-cell');
  });

  it('CI-014: a comma is a decimal only where the mapping says so', async () => {
    expect(await outcome(content('CI-014'), { decimal: ',' })).toBe('1=1050@2');
    expect(await outcome(content('CI-014'))).toBe('import.bad-amount');
  });

  it('CI-021: a quoted line break is legal in a cell nobody reads, and rows after it keep their numbers', async () => {
    const text = `${String(content('CI-021'))}2,\n`;
    expect(await outcome(text, { ...namedColumns('invoice_no', 'amount'), otherColumns: 'ignore' })).toBe('import.missing-heading');
    const fields = {
      number: 'invoice_no',
      customerCode: { constant: 'C' },
      issuedOn: { constant: '2026-09-01' },
      total: { constant: '1' },
    };
    expect(await outcome(text, { otherColumns: 'ignore', files: { invoices: { yields: { invoices: { fields } } } } })).toBe(
      '1=100@2 2=100@3',
    );
  });

  it('CI-030 and CI-032: columns and rows have limits', async () => {
    expect(await outcome(`${'a,'.repeat(100_000)}\n`)).toBe('import.too-many-columns');
    expect(await outcome('invoice_no,amount\n1,1\n2,2\n3,3\n', {}, 2)).toBe('import.too-many-rows');
  });

  it('CI-051: a workbook, a PDF or a login page called .csv is recognised', async () => {
    // A real workbook is read as one whatever its name; a broken one is refused as such.
    expect(await outcome(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0]))).toBe('import.zip-damaged');
    expect(await outcome('%PDF-1.7\n')).toBe('import.content-type');
    expect(await outcome('<!DOCTYPE html><title>Log in</title>')).toBe('import.content-type');
  });
});
