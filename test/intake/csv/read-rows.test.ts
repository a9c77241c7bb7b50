import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { detectDelimiter } from '../../../src/intake/csv/file-head.ts';
import { readRows } from '../../../src/intake/csv/read-rows.ts';
import { bytesSource } from '../reading.ts';

async function rowsOf(content: string | Uint8Array, size?: number): Promise<readonly (readonly [number, ...string[]])[]> {
  const rows: [number, ...string[]][] = [];
  for await (const batch of readRows(bytesSource(content, size).chunks, { file: 'ledger.csv', delimiter: null, encoding: 'utf-8' })) {
    for (const { row, cells } of batch) rows.push([row, ...cells]);
  }
  return rows;
}

describe('rows of a CSV file', () => {
  it('a quoted line break does not start a row, and a blank line counts as one', async () => {
    expect(await rowsOf('a,b\n1,"x\ny"\n\n2,z\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x\ny'],
      [4, '2', 'z'],
    ]);
  });

  it('a byte-order mark and a separator line are skipped, and the separator is obeyed', async () => {
    expect(await rowsOf('\ufeffsep=;\r\na;b\r\n1;2\r\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
  });

  it('a heading alone is a file without rows, not an error', async () => {
    expect(await rowsOf('a,b')).toEqual([[1, 'a', 'b']]);
  });

  it.each([
    ['a,b;c,d', ','],
    ['a;b;"c,d,e,f"', ';'],
    ['a\tb\tc', '\t'],
    ['alone', ','],
  ])('%j is delimited by %j', (heading, delimiter) => {
    expect(detectDelimiter(heading)).toBe(delimiter);
  });

  it('damaged bytes are refused with the row they are in', async () => {
    const bytes = new TextEncoder().encode('a,b\n1,2\n3,?\n');
    bytes[bytes.indexOf(0x3f)] = 0xe9;
    await expect(rowsOf(bytes)).rejects.toMatchObject({ code: 'import.encoding', at: { file: 'ledger.csv', row: 3 } });
  });

  it('a quote that never closes is refused with its row, before it fills the memory', async () => {
    await expect(rowsOf(`a,b\n1,"x\n${'y\n'.repeat(1_000_000)}`)).rejects.toMatchObject({ code: 'import.bad-quote', at: { row: 2 } });
  });

  it('a line without end is refused', async () => {
    await expect(rowsOf(`a,b\n${'x'.repeat(1_200_000)}`)).rejects.toMatchObject({ code: 'import.row-too-long', at: { row: 2 } });
  });

  it('any table comes back as it was written, whichever way it is quoted, broken into lines and cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ق', '😀', '"', ',', '\n', ' ', '1'), maxLength: 6 });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 40 }), async (body, lineEnd, size) => {
        const written = body.map((cells) =>
          cells.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
        );
        const rows = await rowsOf(['h1,h2', ...written].map((line) => line + lineEnd).join(''), size);
        expect(rows.map(([, ...cells]) => cells)).toEqual([['h1', 'h2'], ...body]);
      }),
      { numRuns: 300 },
    );
  });
});
