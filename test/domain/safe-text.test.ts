import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerText, refuseUnsafeText, safeText } from '../../src/domain/safe-text.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';

/** What a terminal might obey, or what moves text around without being seen. */
const DANGEROUS = /\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\uFEFF]|[\u{E0000}-\u{E007F}]/u;

describe('text that may enter the ledger', () => {
  test.each(['شركة الخليج للتجارة ذ.م.م', 'שלום', 'می‌خواهم', 'क्‍ष', '山田商事', "Robert'); DROP TABLE invoice;--", 'null', '{{amount}}'])(
    '%s comes in as it is',
    (text) => {
      expect(refuseUnsafeText(text)).toMatchObject({ ok: true, text: text.normalize('NFC') });
    },
  );

  test('direction marks that spreadsheets add around Arabic names are dropped, not refused', () => {
    expect(refuseUnsafeText('\u200Fشركة النور\u200E')).toMatchObject({ ok: true, text: 'شركة النور' });
  });

  test('half a surrogate pair is no text', () => {
    expect(refuseUnsafeText('Acme \uD800')).toEqual({ ok: false, why: 'bad_encoding' });
  });
});

describe('text on a screen', () => {
  test.each([
    ['Acme\u001b[8mhidden', 'Acme␛[8mhidden'],
    ['a\r\nb', 'a␍␤b'],
    ['a\u009d52', 'a\\x9d52'],
    ['a\u007f', 'a␡'],
    ['Acme \u202eDIAP', 'Acme \\u202eDIAP'],
    ['a\u200bb', 'ab'],
  ])('%j is shown as %s', (text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  test('nothing dangerous survives, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = safeText(text);
        expect(shown).not.toMatch(DANGEROUS);
        expect(safeText(shown)).toBe(shown);
      }),
    );
  });
});

describe('text in a mail', () => {
  test('it is one line without controls, and cleaning twice changes nothing', () => {
    expect(headerText('Acme\r\nBcc: x@evil.test')).toBe('Acme Bcc: x@evil.test');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = headerText(text);
        expect(line).not.toMatch(DANGEROUS);
        expect(headerText(line)).toBe(line);
      }),
    );
  });
});

describe.skipIf(!hasBadInputs)('the shared list of bad names', () => {
  // The two given as raw bytes are no text at all: reading the file as UTF-8 refuses them before anything here is asked.
  test.each(badInputs('names').filter((bad) => badText(bad) !== null))('$id: $why', (bad) => {
    const text = badText(bad) ?? '';
    const [verdict = '', detail = ''] = bad.expect.split(':');
    const stored = text.normalize('NFC').replaceAll('\u00AD', '');
    const accepted = { ok: true, text: stored, flags: verdict === 'accept_flag' ? [detail] : [] };
    expect(refuseUnsafeText(text)).toEqual(verdict === 'reject' ? { ok: false, why: detail } : accepted);
    expect(safeText(text)).not.toMatch(DANGEROUS);
  });

  test('the list gives raw bytes only where they are not valid UTF-8', () => {
    for (const { b64 } of badInputs('names').filter((bad) => bad.b64 !== undefined)) {
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(b64 ?? '', 'base64'))).toThrow(TypeError);
    }
  });
});
