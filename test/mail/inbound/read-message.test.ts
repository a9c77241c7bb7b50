import { describe, expect, test } from 'vitest';

import { MOST_BYTES, readInboundMail } from '../../../src/mail/inbound/read-message.ts';
import { aComplaint, aDeliveryReport, anAnswer } from '../../support/returned-mail.ts';

const OURS = '<rem.0123456789abcdef0123456789abcdef@falcon.example>';
const read = (text: string | Buffer) => readInboundMail(Buffer.from(text));

describe('a delivery report', () => {
  test.each(['text/rfc822-headers', 'message/rfc822'] as const)('is read with what it returns as %s', async (originalAs) => {
    const mail = await read(aDeliveryReport({ messageId: OURS, recipient: 'Ahmed@noor.example', originalAs }));
    expect(mail).toMatchObject({
      reportType: 'delivery-status',
      hasEmptyReturnPath: true,
      report: {
        envelopeId: OURS.slice(1, -1),
        recipients: [{ action: 'failed', status: '5.1.1', finalRecipient: 'ahmed@noor.example' }],
      },
      returned: { messageId: OURS },
    });
    expect(mail.report?.recipients[0]?.diagnostic).toMatch(/^550 5\.1\.1 /);
  });

  test('without fields about a recipient still says which mail it is about', async () => {
    const text = aDeliveryReport({ messageId: OURS, recipient: 'a@b.example' })
      .toString()
      .replace(/Final-Recipient[^]*?User unknown\r\n/, '');
    expect((await read(text)).report).toEqual({ envelopeId: OURS.slice(1, -1), recipients: [] });
  });

  test('whose envelope name is written in xtext is read', async () => {
    const text = aDeliveryReport({ messageId: OURS, recipient: 'a@b.example' })
      .toString()
      .replace(`Id: ${OURS.slice(1, -1)}`, `Id: ${OURS.slice(1, -1).replace('@', '+40')}`);
    expect((await read(text)).report?.envelopeId).toBe(OURS.slice(1, -1));
  });

  test('with terminal codes in the words of a server is safe to show', async () => {
    const mail = await read(aDeliveryReport({ messageId: OURS, recipient: 'a@b.example', diagnostic: 'smtp; 550 \u001b[2J\u202egone' }));
    expect(mail.report?.recipients[0]?.diagnostic).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test('a complaint gives back the mail it is about', async () => {
  expect(await read(aComplaint({ messageId: OURS }))).toMatchObject({ reportType: 'feedback-report', returned: { messageId: OURS } });
});

describe('an answer', () => {
  test('says what it answers, by thread and by the address it was written to', async () => {
    const mail = await read(anAnswer({ to: OURS, deliveredTo: 'accounts+0123456789abcdef@falcon.example' }));
    expect(mail).toMatchObject({ from: 'ahmed@noor.example', answers: [OURS], replyKeys: ['0123456789abcdef'], reportType: null });
    expect(mail.text).toContain('We paid this yesterday.');
  });

  test('in markup alone is read without it', async () => {
    const mail = await read('From: a@b.example\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>Paid <b>today</b></p><p>Thanks</p>');
    expect(mail.text).toContain('Paid today');
    expect(mail.text).not.toContain('<');
  });

  test('with an unknown character set is read as well as can be', async () => {
    const mail = await read(anAnswer({}).toString().replace('utf-8', 'x-klingon-8'));
    expect(mail.text).toContain('paid');
  });

  test('is the same answer when it is delivered twice', async () => {
    const once = anAnswer({ ownId: '<one@noor.example>' });
    const again = Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), once]);
    expect((await read(once)).identity).toBe((await read(again)).identity);
    expect((await read(anAnswer({ ownId: '<two@noor.example>' }))).identity).not.toBe((await read(once)).identity);
  });
});

describe('a mail made to hurt', () => {
  const nested = (depth: number): string => {
    let text = 'Content-Type: text/plain\r\n\r\nhello';
    for (let level = 0; level < depth; level += 1)
      text = `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n${text}\r\n--b${level}--`;
    return `From: a@b.example\r\nIn-Reply-To: ${OURS}\r\n${text}`;
  };

  test.each<[string, string | Buffer]>([
    ['nested four thousand times', nested(4_000)],
    ['of ten megabytes on one line', Buffer.concat([anAnswer({ to: OURS }), Buffer.alloc(10_000_000, 'x')])],
    ['of nothing but headers', `In-Reply-To: ${OURS}\r\n${'X-A: b\r\n'.repeat(100_000)}`],
    ['with one endless header', `In-Reply-To: ${OURS}\r\nX-A: ${'a '.repeat(500_000)}`],
    ['with an endless thread', `In-Reply-To: ${OURS}\r\nReferences: ${'<a@b> '.repeat(50_000)}\r\n\r\nhi`],
    [
      'of open brackets',
      `In-Reply-To: ${OURS}\r\nReferences: ${'<'.repeat(16_000)}\r\nContent-Type: text/html\r\n\r\n${'<style><'.repeat(20_000)}`,
    ],
    ['of null bytes', Buffer.concat([Buffer.from(`In-Reply-To: ${OURS}\r\n\r\n`), Buffer.alloc(500_000)])],
  ])('%s is read within bounds, and still says what it answers', async (_, bytes) => {
    const mail = await read(bytes);
    expect(mail.answers).toContain(OURS);
    expect(mail.answers.length).toBeLessThanOrEqual(50);
    expect(mail.text.length).toBeLessThanOrEqual(MOST_BYTES);
  });

  test('that is no mail at all has nothing in it', async () => {
    expect(await read(Buffer.from([0xff, 0xfe, 0x00, 0x0d]))).toMatchObject({ from: null, answers: [], report: null });
    expect(await read('')).toMatchObject({ from: null, text: '' });
  });
});
