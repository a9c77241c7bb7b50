/** What a hostile file costs in memory, in a process of its own so that nothing else counts. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkbook, makeZip } from './make-zip.ts';
import { ublInvoice } from '../ubl/ubl-text.ts';

/** Generous: the process itself, with its modules loaded, takes about a third. */
const MOST_RSS_BYTES = 300 * 1_048_576;

const READ = `
  import { readFileSync } from 'node:fs';
  // What getrusage says includes the parent before the exec; the kernel's own mark does not.
  const highWater = () => { try { return Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024; } catch { return process.memoryUsage().rss; } };
  const [path, mapping] = process.argv.slice(-2);
  const { readLedger } = await import(${JSON.stringify(new URL('../../../src/intake/read-ledger.ts', import.meta.url).href)});
  const { loadMapping } = await import(${JSON.stringify(new URL('../../../src/intake/mapping.ts', import.meta.url).href)});
  let outcome = 'read';
  try {
    const reading = readLedger({ source: { path }, mapping: await loadMapping(mapping), kind: 'invoices' });
    for await (const { faults } of reading.batches) if (faults.length > 0) outcome = faults[0].code;
  } catch (error) { outcome = error.code ?? String(error); }
  console.log(JSON.stringify({ outcome, rss: highWater() }));
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wafa-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readApart(
  name: string,
  content: string | Buffer,
  mapping: string,
): Promise<{ readonly outcome: string; readonly rss: number }> {
  const path = join(folder, name);
  await writeFile(path, content);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', READ, path, mapping]);
  return JSON.parse(stdout) as { readonly outcome: string; readonly rss: number };
}

const sheet = (inner: string): Readonly<Record<string, string>> => ({
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${inner}</sheetData></worksheet>`,
});
const columns = Array.from({ length: 1_000_000 }, (_, at) => `c${at}`);

describe('a hostile file stays under 300 MB', () => {
  it.each<[string, string, () => string | Buffer, RegExp]>([
    ['wide.csv', 'wafa', () => `${columns.join(',')}\n`, /row-too-long|too-many-columns/],
    ['long-cell.csv', 'wafa', () => `invoice_number,customer_code,issue_date,total\n1,${'x'.repeat(20_000_000)}`, /row-too-long/],
    ['open-quote.csv', 'wafa', () => `invoice_number,customer_code,issue_date,total\n1,"${'x\n'.repeat(2_000_000)}`, /bad-quote/],
    ['wide.xlsx', 'wafa', () => makeWorkbook([], sheet(`<row>${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`)), /bad-workbook|zip-bomb/],
    [
      'names.jsonl',
      'wafa',
      () =>
        columns
          .slice(0, 100_000)
          .map((name) => `{"${name}":1}`)
          .join('\n'),
      /bad-json/,
    ],
    ['swelling.xlsx', 'wafa', () => makeWorkbook([], sheet(`<row><c t="str"><v>${' '.repeat(40_000_000)}</v></c></row>`)), /zip-bomb/],
    [
      'strings.xlsx',
      'wafa',
      () =>
        makeWorkbook([], {
          'xl/sharedStrings.xml': `<sst>${columns.flatMap((name) => [`<si><t>${name}-${'abcdefghij'.repeat(4)}</t></si>`]).join('')}</sst>`,
        }),
      /bad-workbook|zip-bomb|empty-file/,
    ],
    ['attributes.xml', 'ubl', () => `<Invoice ${columns.map((name) => `${name}=""`).join(' ')}/>`, /bad-xml|not-ubl/],
    ['text.xml', 'ubl', () => ublInvoice({ ID: 'x'.repeat(30_000_000) }), /bad-xml/],
    [
      'bomb.zip',
      'ubl',
      () => makeZip(Array.from({ length: 3 }, (_, at) => ({ name: `${at}.xml`, content: Buffer.alloc(20_000_000, ' ') }))),
      /zip-bomb/,
    ],
  ])(
    '%s',
    async (name, mapping, content, refusal) => {
      const { outcome, rss } = await readApart(name, content(), mapping);
      expect(outcome).toMatch(refusal);
      expect(rss).toBeLessThan(MOST_RSS_BYTES);
    },
    90_000,
  );
});
