import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { loadMapping } from '../../../src/intake/mapping.ts';
import { ublInvoice } from '../ubl/ubl-text.ts';
import { bytesSource, readWhole } from '../reading.ts';
import { makeZip } from './make-zip.ts';
import type { ZipPart } from './make-zip.ts';

async function outcome(parts: readonly ZipPart[]): Promise<string> {
  const mapping = await loadMapping('ubl');
  return await readWhole({ source: bytesSource(makeZip(parts)), mapping, kind: 'invoices' }).then(
    ({ invoices, faults }) =>
      [...invoices.map(({ number, source }) => `${number}@${source.file}`), ...faults.map(({ code }) => code)].join(' '),
    (error: unknown) => (error instanceof OperatorError ? error.code : `BUG ${String(error)}`),
  );
}

const honest = { name: 'in/b.xml', content: ublInvoice({ ID: 'B-2' }) };

describe('an archive of documents', () => {
  it('is read by name, PDFs beside the documents aside', async () => {
    const parts = [honest, { name: 'a.xml', content: ublInvoice({ ID: 'A-1' }) }, { name: 'a.pdf', content: '%PDF' }];
    expect(await outcome(parts)).toBe('A-1@a.xml B-2@in/b.xml');
  });

  it.each<[string, ZipPart]>([
    ['import.zip-path', { name: '../../.ssh/authorized_keys', content: 'x' }],
    ['import.zip-path', { name: '/etc/passwd', content: 'x' }],
    ['import.zip-path', { name: '..\\boot.xml', content: 'x' }],
    ['import.zip-symlink', { name: 'c.xml', content: '/etc/passwd', mode: 0o120777 }],
    ['import.zip-symlink', { name: 'c.xml', content: '', mode: 0o060644 }],
    ['import.zip-nested', { name: 'more.zip', content: 'PK' }],
    ['import.zip-encrypted', { name: 'c.xml', content: 'x', isEncrypted: true }],
    ['import.zip-bomb', { name: 'c.xml', content: ' '.repeat(5_000_000) }],
    ['import.not-ubl', { name: 'readme.txt', content: 'hello' }],
    [
      'import.dtd',
      { name: 'c.xml', content: `<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>` },
    ],
    [
      'import.dtd',
      { name: 'c.xml', content: `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Invoice>&b;</Invoice>` },
    ],
    ['import.bad-xml', { name: 'c.xml', content: '<Invoice>&undeclared;</Invoice>' }],
    ['import.bad-xml', { name: 'c.xml', content: '<a>'.repeat(5_000) }],
    ['import.bad-xml', { name: 'c.xml', content: '<Invoice><cut' }],
    ['import.encoding', { name: 'c.xml', content: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]) }],
  ])('is refused: %s', async (code, part) => expect(await outcome([honest, part])).toBe(code));

  it('that says less than it holds breaks off', async () => {
    expect(await outcome([{ name: 'c.xml', content: `${ublInvoice({})}${' '.repeat(900_000)}`, claimedBytes: 1_000 }])).toMatch(
      /^import\.(?:zip-damaged|bad-xml)$/,
    );
  });

  it('that is cut off is refused', async () => {
    const whole = makeZip([honest]);
    const mapping = await loadMapping('ubl');
    await expect(readWhole({ source: bytesSource(whole.subarray(0, -30)), mapping, kind: 'invoices' })).rejects.toMatchObject({
      code: 'import.zip-damaged',
    });
  });
});
