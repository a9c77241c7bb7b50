import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { encodedBody } from '../../src/mail/body-encoding.ts';
import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { aReminder, shippedTexts } from '../support/reminder-mails.ts';

describe('a part of a mail', () => {
  test('in English can be read as it travels, in Arabic travels short', () => {
    const texts = shippedTexts('POLITE');
    const encodings = (language: 'EN' | 'AR' | 'EN_AR') => {
      const { text, html } = renderReminder(aReminder({ language }), texts);
      return [encodedBody(text).encoding, encodedBody(html).encoding];
    };
    expect(encodings('EN')).toEqual(['quoted-printable', 'quoted-printable']);
    expect(encodings('AR')).toEqual(['base64', 'base64']);
    const { text } = renderReminder(aReminder({ language: 'AR' }), texts);
    expect(encodedBody(text).bytes.length).toBeLessThan(Buffer.byteLength(text) * 1.5);
  });

  test('comes back from another reader as it was, in lines no server has to cut', async () => {
    const tricky = fc.constantFrom('.', '=', ' ', '\n', '\r\n', '\r', 'a', 'فاتورة', '😀', '\u2066', 'x'.repeat(70));
    const anyText = fc.array(tricky, { maxLength: 60 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { encoding, bytes } = encodedBody(text);
        const lines = bytes.toString('latin1').split('\r\n');
        expect(lines.every((line) => line.length <= 76 && !/[\r\n]/.test(line) && !line.startsWith('.'))).toBe(true);
        expect(bytes.every((byte) => byte < 0x80)).toBe(true);
        const head = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
        const { text: read = '' } = await PostalMime.parse(Buffer.concat([Buffer.from(head), bytes]));
        const plain = (each: string): string => each.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
        expect(plain(read)).toBe(plain(text));
      }),
    );
  });
});
