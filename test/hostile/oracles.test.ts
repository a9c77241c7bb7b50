/** The judges themselves: each is shown what it must see, made by code that leaves the guard out. */
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { composeMessage } from '../../src/mail/compose-message.ts';
import { renderReminder } from '../../src/mail/reminder-mail.ts';
import { startInbox, type MailInbox, type ReceivedMail } from '../support/mail-inbox.ts';
import { aReminder, shippedTexts } from '../support/reminder-mails.ts';
import { aContent, aFrame } from '../support/sending.ts';
import { HARMLESS } from './hostile-ledger.ts';
import { mailFaults } from './hostile-mail.ts';
import { htmlSkeleton, htmlTokens, htmlWords, terminalFaults, wireFaults } from './oracles.ts';
import { OWN_PAYLOADS } from './payloads.ts';

describe('the judge of terminals', () => {
  it.each(
    OWN_PAYLOADS.filter(({ refusedAs }) => refusedAs !== undefined && !['too_many_combining', 'empty_after_normalise'].includes(refusedAs)),
  )('sees $id', ({ text }) => {
    // A line end is legal in a page and not in a piece of one.
    expect(terminalFaults(text.replaceAll('\n', '\u0001'))).not.toEqual([]);
  });

  it('lets pass what the program itself writes', () => {
    expect(terminalFaults('\u001B[1mQUEUE\u001B[22m\n  \u2068شركة النور\u2069  AED 1,000.00\n')).toEqual([]);
    expect(terminalFaults('\u001B[31mred\u001B[0m')).not.toEqual([]);
    expect(terminalFaults('\u2068never ends')).not.toEqual([]);
  });
});

describe('the judge of HTML', () => {
  const reminder = aReminder();
  const { html } = renderReminder(reminder, shippedTexts('POLITE'));
  /** As a renderer would that forgot to escape. */
  const unescaped = (payload: string): string => html.replaceAll(reminder.customer.name, () => payload);

  it.each([
    '<script>alert(1)</script>',
    '</td></tr></table><h1>Pay</h1>',
    '<img src=x onerror=alert(1)>',
    '--><!--',
    '<svg/onload=alert(1)>',
    'A <a href="https://evil.example/',
  ])('sees %s when it is not escaped', (payload) => {
    expect(htmlSkeleton(unescaped(payload))).not.toEqual(htmlSkeleton(html));
  });

  it('sees nothing in the same words when they are', () => {
    const escaped = '&lt;script&gt;alert(1)&lt;/script&gt;';
    expect(htmlSkeleton(unescaped(escaped))).toEqual(htmlSkeleton(html));
    expect(htmlWords(unescaped(escaped))).toContain('<script>alert(1)</script>');
  });

  it('reads quotes inside a tag as a browser does', () => {
    expect(htmlTokens('<a title="1 > 2">x</a> 3 < 4')).toEqual([
      { kind: 'tag', text: 'a title="1 > 2"' },
      { kind: 'text', text: 'x' },
      { kind: 'tag', text: '/a' },
      { kind: 'text', text: ' 3 < 4' },
    ]);
  });
});

describe('the judge of mails', () => {
  let inbox: MailInbox;
  beforeAll(async () => {
    inbox = await startInbox();
  });
  afterAll(() => inbox.close());

  const sender = aContent().from;
  const customer = { code: 'H-1', address: 'ap@h1.example', text: HARMLESS };

  /** A mail handed to the library as it came, without the program's own checks. */
  async function careless(message: Parameters<ReturnType<typeof createTransport>['sendMail']>[0]): Promise<ReceivedMail> {
    const transport = createTransport({ host: '127.0.0.1', port: inbox.port, secure: false, ignoreTLS: true });
    await transport.sendMail({ from: sender, subject: 'Reminder', text: HARMLESS, html: `<p>${HARMLESS}</p>`, ...message });
    transport.close();
    return inbox.received.at(-1) as ReceivedMail;
  }

  const faultsOf = (mail: ReceivedMail): readonly string[] => mailFaults(mail, mail, { sender, customer, stored: HARMLESS });

  it('sees a list of addresses that the library takes for two recipients', async () => {
    const mail = await careless({ to: 'ap@h1.example, thief@evil.example' });
    expect(mail.recipients).toEqual(['ap@h1.example', 'thief@evil.example']);
    expect(faultsOf(mail).join('\n')).toMatch(/envelope/);
  });

  it('sees a group, and a name that is an address', async () => {
    expect((await careless({ to: 'grp: ap@h1.example, thief@evil.example;' })).recipients).toContain('thief@evil.example');
    const mail = await careless({ to: 'Accounts <thief@evil.example>' });
    expect(faultsOf(mail).join('\n')).toMatch(/envelope.*\n?.*/);
  });

  it('sees a header that was added, and one recipient too many in it', async () => {
    const mail = await careless({ to: customer.address, cc: 'thief@evil.example', headers: { 'X-Pay-To': 'thief' } });
    expect(faultsOf(mail).join('\n')).toMatch(/headers .*X-Pay-To/);
    expect(faultsOf(mail).join('\n')).toMatch(/nobody else/);
  });

  it('sees an attachment, such as a file that a message was made to carry', async () => {
    const mail = await careless({ to: customer.address, attachments: [{ filename: 'passwd', content: 'root' }] });
    expect(faultsOf(mail).join('\n')).toMatch(/attachments/);
  });

  it('sees bytes that end a line or the data early', () => {
    const { bytes } = composeMessage(aContent({ replyTo: null }), aFrame());
    expect(wireFaults(bytes)).toEqual([]);
    expect(wireFaults(Buffer.concat([bytes, Buffer.from('\n.\n')]))).toContain('a line end that is not CRLF');
    expect(wireFaults(Buffer.concat([bytes, Buffer.from([0xe9])]))).toContain('a byte that is not printable ASCII');
  });
});
