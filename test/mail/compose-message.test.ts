import { hash } from 'node:crypto';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { BugError } from '../../src/domain/operator-error.ts';
import { approvedEnvelope, composeMessage } from '../../src/mail/compose-message.ts';
import { renderedHash } from '../../src/mail/rendered-hash.ts';
import { fileNameFrom } from '../../src/mail/mail-attachment.ts';
import { messageIdFor } from '../../src/mail/message-id.ts';
import { quotedPrintable } from '../../src/mail/quoted-printable.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { aContent, aFrame, aMessage } from '../support/sending.ts';

const headOf = (bytes: Buffer): string => bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
const headerNames = (bytes: Buffer): string[] => [...headOf(bytes).matchAll(/^([^\s:]+):/gm)].map(([, name = '']) => name);

/** Bare line ends, other controls or a line beginning with a dot: what could end the data early or hide a header. */
const RAW_DANGER = /(?<!\r)\n|\r(?!\n)|(?![\r\n\t])\p{Cc}|[^\0-\u007F]|^\./mu;

const STANDARD_HEADERS = [
  'From',
  'To',
  'Subject',
  'Reply-To',
  'Date',
  'Message-ID',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'MIME-Version',
  'Content-Type',
];

describe('a composed message', () => {
  test('carries its identity, its date in the company zone and both forms of its text', async () => {
    const thread = { inReplyTo: '<rem.prev@falcon.example>', references: ['<rem.root@falcon.example>', '<rem.prev@falcon.example>'] };
    const { bytes, envelope } = aMessage({ thread });
    const mail = await PostalMime.parse(bytes);
    expect(envelope).toEqual({ from: 'billing@falcon.example', to: 'ahmed@noor.example' });
    expect(mail).toMatchObject({
      from: { name: 'Falcon Building Materials LLC', address: 'billing@falcon.example' },
      to: [{ name: 'Ahmed Al Mansoori', address: 'ahmed@noor.example' }],
      replyTo: [{ address: 'accounts@falcon.example' }],
      messageId: '<rem.0123456789abcdef@falcon.example>',
      inReplyTo: '<rem.prev@falcon.example>',
      references: '<rem.root@falcon.example> <rem.prev@falcon.example>',
      html: expect.stringContaining('<p>Amount due: AED 10,000.00</p>') as unknown,
    });
    expect(headOf(bytes)).toContain('Date: Fri, 4 Dec 2026 09:00:00 +0400');
    expect(headOf(bytes)).toContain('Auto-Submitted: auto-generated');
    expect(bytes.toString('latin1')).not.toMatch(RAW_DANGER);
  });

  test('carries a file beside both forms of its text, under the name it has in any script', async () => {
    const pdf = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256));
    for (const fileName of ['Statement of account C-104 2026-11-23.pdf', 'كشف حساب C-104 2026-11-23.pdf', "it's (new).pdf"]) {
      const { bytes } = aMessage({}, { attachments: [{ fileName, mediaType: 'application/pdf', bytes: pdf }] });
      const mail = await PostalMime.parse(bytes);
      expect(mail.text).toContain('Amount due: AED 10,000.00');
      expect(mail.html).toContain('<p>Amount due');
      expect(mail.attachments).toHaveLength(1);
      const [file] = mail.attachments;
      expect(file).toMatchObject({ filename: fileName, mimeType: 'application/pdf', disposition: 'attachment' });
      expect(Buffer.from(file?.content as ArrayBuffer).equals(pdf)).toBe(true);
      expect(bytes.toString('latin1')).not.toMatch(RAW_DANGER);
      expect(
        Math.max(
          ...bytes
            .toString('latin1')
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toBeLessThan(400);
    }
  });

  test('is another mail, to whoever approved it, when one byte of a file differs', () => {
    const withFile = (byte: number): string =>
      renderedHash(aContent({ attachments: [{ fileName: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from([byte]) }] }));
    expect(withFile(1)).toBe(withFile(1));
    expect(withFile(1)).not.toBe(withFile(2));
    expect(withFile(1)).not.toBe(renderedHash(aContent()));
    // As it was before mails could carry files, so that what was approved then may still leave.
    expect(renderedHash(aContent())).toBe('77a1a6a25a91d10c70fd6f455616577d3cfc8e50457350ce76647219f17cc499');
  });

  test('a file name cannot end the header it stands in', () => {
    expect(fileNameFrom('a"\r\nBcc: x@evil.test; ../../etc/passwd %0a\u202e', 'pdf')).toBe('a- Bcc- x@evil.test- ..-..-etc-passwd -0a.pdf');
    expect(fileNameFrom('..', 'pdf')).toBe('file.pdf');
    for (const fileName of ['a"b.pdf', 'a\r\nBcc: x@evil.test', '../a.pdf', 'a\u202eb.pdf'])
      expect(() => aMessage({}, { attachments: [{ fileName, mediaType: 'application/pdf', bytes: Buffer.from('x') }] })).toThrow(BugError);
  });

  test('is the same bytes every time, so that a second attempt is the same mail', () => {
    expect(aMessage().bytes.equals(aMessage().bytes)).toBe(true);
  });

  test('survives text that plays at being the end of the mail', async () => {
    const text = 'hello\r\n.\r\nMAIL FROM:<x@evil.test>\n.\nRCPT TO:<y@evil.test>\r.\r';
    const { bytes } = aMessage({}, { text });
    expect(bytes.toString('latin1')).not.toMatch(RAW_DANGER);
    expect((await PostalMime.parse(bytes)).text?.trimEnd()).toBe(text.replace(/\r\n?/g, '\n').trimEnd());
  });

  test('the hash covers everything a reader sees and who is meant', () => {
    const base = renderedHash(aContent());
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    const changed = [
      aContent({ subject: 'x' }),
      aContent({ text: 'x' }),
      aContent({ html: 'x' }),
      aContent({ replyTo: null }),
      aContent({ to: { name: 'Ahmed Al Mansoori', address: 'other@noor.example' } }),
      aContent({ from: { name: 'Falcon', address: 'billing@falcon.example' } }),
    ];
    expect(new Set([base, ...changed.map(renderedHash)]).size).toBe(changed.length + 1);
  });
});

test('the hash is that of one JSON array in UTF-8, whatever the texts hold', () => {
  const anyText = fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(anyText, anyText, anyText, (subject, text, html) => {
      const { from, to, replyTo } = aContent();
      const array = [from.name, from.address, to.name, to.address, replyTo, subject, text, html.toWellFormed()];
      expect(renderedHash(aContent({ subject, text, html: html.toWellFormed() }))).toBe(hash('sha256', JSON.stringify(array)));
    }),
  );
});

describe('the envelope', () => {
  test('anything but exactly the approved address is a fault', () => {
    const from = 'billing@falcon.example';
    const approved = 'ahmed@noor.example';
    expect(approvedEnvelope({ from, to: [approved] }, from, approved)).toEqual({ from, to: approved });
    for (const made of [
      { from, to: [] },
      { from, to: [approved, 'b@evil.test'] },
      { from, to: ['b@evil.test'] },
      { from: 'x@evil.test', to: [approved] },
      { from: false as const, to: [approved] },
    ]) {
      expect(() => approvedEnvelope(made, from, approved)).toThrow(BugError);
    }
  });

  test.each([
    'a@x.test, b@evil.test',
    'a@x.test\r\nBcc: b@evil.test',
    'grp: a@x.test, b@evil.test;',
    'a b@x.test',
    '<a@x.test>,<b@evil.test>',
  ])('the mail library would write to somebody else for %j; composing refuses it', (address) => {
    // The negative control: given this string, the library makes an envelope that is not this one address.
    const envelope = new MailComposer({ from: 'x@y.example', to: address, text: 't' }).compile().getEnvelope();
    expect(envelope.to).not.toEqual([address]);
    expect(() => approvedEnvelope(envelope, 'x@y.example', address)).toThrow(BugError);
    expect(() => composeMessage(aContent({ to: { name: '', address } }), aFrame({ approvedAddress: address }))).toThrow(BugError);
  });

  test('a mail written to one address is not sent to another that was approved', () => {
    expect(() => composeMessage(aContent(), aFrame({ approvedAddress: 'other@noor.example' }))).toThrow(BugError);
  });

  test('a body that is not text is refused, so no local file can be attached', async () => {
    const trick = { path: '/etc/hostname' } as unknown as string;
    expect(() => composeMessage(aContent({ text: trick }), aFrame())).toThrow(BugError);
    const careless = await createTransport({ streamTransport: true, buffer: true }).sendMail({
      from: 'a@x.example',
      to: 'b@y.example',
      text: trick,
    });
    expect((careless.message as Buffer).toString()).toContain((await import('node:os')).hostname());
  });

  test.each(['1\r\nBcc: x@evil.test', 'a\0b', 'x'.repeat(2_000)])('the subject %j is refused', (subject) => {
    expect(() => composeMessage(aContent({ subject }), aFrame())).toThrow(BugError);
  });

  test.each(['no-brackets@x.example', '<a b@x.example>', '<a@x>\r\nBcc: b@evil.test'])('the Message-ID %j is refused', (messageId) => {
    expect(() => composeMessage(aContent(), aFrame({ messageId }))).toThrow(BugError);
  });

  test('a Message-ID is made of a random token and the sender’s domain', () => {
    expect(messageIdFor('0123456789abcdef', 'falcon.example')).toBe('<rem.0123456789abcdef@falcon.example>');
    for (const [token, domain] of [
      ['short', 'x.example'],
      ['0123456789abcdef', 'x>\r\ny'],
      ['0123456789ABCDEF', 'x.example'],
    ] as const) {
      expect(() => messageIdFor(token, domain)).toThrow(BugError);
    }
  });
});

describe('quoted-printable', () => {
  test('any text comes back as it was, in short lines that no server can misread', async () => {
    const tricky = fc
      .array(fc.constantFrom('.', '=', ' ', '\t', '\n', '\r\n', 'a', 'ع', '😀', '\u2066', '-'.repeat(70)), { maxLength: 60 })
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), tricky), async (text) => {
        const encoded = quotedPrintable(text).toString('latin1');
        expect(encoded.split('\r\n').every((line) => line.length <= 76)).toBe(true);
        expect(encoded).not.toMatch(RAW_DANGER);
        const mail = await PostalMime.parse(
          `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`,
        );
        expect((mail.text ?? '').replace(/\n+$/, '')).toBe(text.replace(/\r\n?/g, '\n').replace(/\n+$/, ''));
      }),
    );
  });
});

describe.skipIf(!hasBadInputs)('the shared lists of bad input', () => {
  test.each(badInputs('names').filter((bad) => badText(bad) !== null))(
    'name $id adds no header, recipient or raw control: $why',
    async (bad) => {
      const name = badText(bad) ?? '';
      const { bytes, envelope } = aMessage(
        {},
        { to: { name, address: 'ahmed@noor.example' }, from: { name, address: 'billing@falcon.example' } },
      );
      expect(headerNames(bytes)).toEqual(STANDARD_HEADERS);
      expect(envelope.to).toBe('ahmed@noor.example');
      expect(bytes.toString('latin1')).not.toMatch(RAW_DANGER);
      const mail = await PostalMime.parse(bytes);
      expect(mail.to).toMatchObject([{ address: 'ahmed@noor.example' }]);
      expect(mail.cc ?? mail.bcc).toBeUndefined();
      expect(mail.to?.[0]?.name ?? '').not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
    },
  );

  test.each(badInputs('emails').filter((bad) => bad.expect.startsWith('reject')))('address $id never reaches an envelope: $why', (bad) => {
    const address = badText(bad) ?? '';
    expect(() => composeMessage(aContent({ to: { name: '', address } }), aFrame({ approvedAddress: address }))).toThrow(BugError);
  });

  // SH-005, SH-006 and SH-008 are about attachments and content types taken from outside; a reminder's are made by us alone.
  test.each(badInputs('smtp_headers').filter(({ id }) => ['SH-002', 'SH-003'].includes(id)))('header $id is refused: $why', (bad) => {
    const text = badText(bad) ?? '';
    expect(() => composeMessage(aContent({ subject: 'ok', replyTo: text }), aFrame())).toThrow(BugError);
  });
});
