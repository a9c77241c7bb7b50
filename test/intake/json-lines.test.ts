import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { loadMapping } from '../../src/intake/mapping.ts';
import { bytesSource, readWhole } from './reading.ts';

const mapping = await loadMapping('wafa');
const read = (text: string) => readWhole({ source: bytesSource(text, 7), mapping, kind: 'invoices' });
const line = (more: object): string =>
  JSON.stringify({ invoice_number: 'INV-1', customer_code: 'C-1', issue_date: '2026-10-01', currency: 'AED', total: '10.00', ...more });
const code = (text: string): Promise<string> =>
  read(text).then(
    ({ faults }) => faults.map(({ code: each, at }) => `${each}@${at.row ?? ''}`).join(' '),
    (error: unknown) => (error instanceof OperatorError ? `${error.code}@${error.at?.row ?? ''}` : String(error)),
  );

describe('JSON lines', () => {
  it('are read line by line, their names in any order, numbers by their own digits', async () => {
    const text = `${line({})}\n\n{"total":0.10,"invoice_number":"INV-2","customer_code":12345678901234567890,"issue_date":"2026-10-02","currency":"AED","lpo":null}\n`;
    const { invoices, faults, summary } = await read(text);
    expect([faults, summary.format]).toEqual([[], 'json-lines']);
    expect(invoices.map(({ number, customerCode, totalMinor, source }) => [number, customerCode, totalMinor, source.row])).toEqual([
      ['INV-1', 'C-1', 1_000n, 1],
      ['INV-2', '12345678901234567890', 10n, 3],
    ]);
  });

  it.each([
    [`${line({})}\n[1]`, 'import.bad-json@2'],
    ['{"invoice_number":', 'import.bad-json@1'],
    [`${line({})}\n{"invoice_number":`, 'import.bad-json@2'],
    [line({ total: { minor: 5 } }), 'import.bad-json@1'],
    [line({ total: 1e3 }).replace('1000', '1e3'), 'import.bad-amount@1'],
    [line({ company_id: 7 }), 'import.tenant-column@1'],
    ['{"__proto__":{"x":1},"invoice_number":"1"}', 'import.unknown-heading@1'],
    [line({ approved: 'yes' }), 'import.unknown-heading@1'],
  ])('%s is refused', async (text, wanted) => expect(await code(text)).toBe(wanted));
});
