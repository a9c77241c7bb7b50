import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { detectEncoding } from '../../../src/intake/encoding/detect-encoding.ts';
import { bytesSource, readWhole, smallMapping } from '../reading.ts';

/** Writes a text in a code page of one byte per letter, by asking the decoder what each byte means. */
function inCodePage(page: string, text: string): Uint8Array {
  const bytes = Array.from({ length: 256 }, (_, byte) => new TextDecoder(page).decode(new Uint8Array([byte])));
  return Uint8Array.from(text, (letter) => {
    const at = bytes.indexOf(letter);
    if (at < 0) throw new Error(`${letter} is not in ${page}`);
    return at;
  });
}

const ARABIC = 'code,name\nC-1,شركة الخليج للتجارة العامة\nC-2,مؤسسة النور\n';
const FRENCH = 'code,name\nC-1,Société Générale des Façades\nC-2,Señor Müller GmbH\n';

async function detected(bytes: Uint8Array | string, size?: number): Promise<string> {
  return await detectEncoding(bytesSource(bytes, size).chunks, 'ledger.csv').then(
    ({ encoding }) => encoding,
    (error: unknown) => (error instanceof OperatorError ? `${error.code} row ${error.at?.row ?? ''}` : String(error)),
  );
}

describe('the encoding of a ledger file', () => {
  it.each([
    ['plain English', 'code,name\nC-1,Noor\n', 'utf-8'],
    ['Arabic in UTF-8', ARABIC, 'utf-8'],
    ['Arabic from an old Windows program', inCodePage('windows-1256', ARABIC), 'windows-1256'],
    ['French and German from an old Windows program', inCodePage('windows-1252', FRENCH), 'windows-1252'],
    ['letters that both pages have at the same place', inCodePage('windows-1252', 'name\nCafé Crème\n'), 'windows-1252'],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${ARABIC}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with its mark', Buffer.from(`\ufeff${ARABIC}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from(ARABIC, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE without a mark', Buffer.from(ARABIC, 'utf16le').swap16(), 'utf-16be'],
  ])('is found: %s', async (_, bytes, wanted) => expect(await detected(bytes)).toBe(wanted));

  it.each([
    [
      'Russian, which Windows-1256 would turn into Arabic nonsense',
      inCodePage('windows-1251', 'name\nОбщество с ограниченной ответственностью\n'),
    ],
    ['Russian capitals', inCodePage('windows-1251', 'name\nОАО КАМАЗ\nООО СОЮЗ\n')],
    ['Greek', inCodePage('windows-1253', 'name\nΕλληνική Εταιρεία Τροφίμων\n')],
    ['Turkish, whose letters are Icelandic ones in Windows-1252', inCodePage('windows-1254', 'name\nIşık Dağıtım\nYıldız\n')],
    ['Arabic in the ISO page', inCodePage('iso-8859-6', 'name\nشركة الخليج للتجارة العامة\n')],
    [
      'Arabic and French names in one page',
      inCodePage('windows-1256', ARABIC).map((byte, at, all) => (all[at - 1] === 0x43 ? 0xf1 : byte)),
    ],
    ['one broken character in UTF-8', Buffer.concat([Buffer.from(ARABIC), Buffer.from([0xd8, 0x2c]), Buffer.from(ARABIC)])],
  ])('is not guessed: %s', async (_, bytes) => expect(await detected(bytes)).toMatch(/^import\.encoding row \d+$/));

  it('is decided by the whole file, not by its beginning', async () => {
    const late = Buffer.concat([Buffer.from('code,name\n'), Buffer.from('C-1,Noor\n'.repeat(50_000)), inCodePage('windows-1256', ARABIC)]);
    expect(await detected(late, 4_096)).toBe('windows-1256');
  });

  it('can be said by the operator, and is reported with the reason', async () => {
    const bytes = inCodePage('windows-1254', 'invoice_no,amount,note\n1,10,Işık\n');
    const choices = { encoding: 'windows-1252' as const };
    const { invoices, summary } = await readWhole({ source: bytesSource(bytes), mapping: smallMapping(), kind: 'invoices', choices });
    expect([invoices[0]?.customerReference, summary.encoding]).toEqual(['Iþýk', { encoding: 'windows-1252', why: 'you said so' }]);
    const arabic = inCodePage('windows-1256', 'invoice_no,amount,note\n1,10,طلب رقم واحد\n');
    const read = await readWhole({ source: bytesSource(arabic), mapping: smallMapping(), kind: 'invoices' });
    expect([read.invoices[0]?.customerReference, read.summary.encoding?.why]).toEqual([
      'طلب رقم واحد',
      'it is not UTF-8, and 3 words of it are Arabic in Windows-1256',
    ]);
  });

  it('said wrongly refuses the file by the row that shows it', async () => {
    const source = bytesSource(Buffer.concat([Buffer.from('invoice_no,amount\n1,10\n2,'), Buffer.from([0xff, 0x0a])]));
    const choices = { encoding: 'utf-8' as const };
    await expect(readWhole({ source, mapping: smallMapping(), kind: 'invoices', choices })).rejects.toMatchObject({
      code: 'import.encoding',
      at: { row: 3 },
    });
  });
});
