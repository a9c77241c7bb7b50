import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';
import type { SmtpSettings } from '../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import type { MailTransport, SendOutcome } from '../../src/mail/transport.ts';
import { aMessage, localSmtp } from '../support/sending.ts';
import { startRelay, testAuthority, type SmtpRelay } from '../support/smtp-relay.ts';
import { RELAY_SCRIPTS, type RelayBehaviour } from '../support/smtp-relay-script.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const relayThat = async (behaviour: RelayBehaviour): Promise<SmtpRelay> => {
  const relay = await startRelay(behaviour);
  open.push(relay);
  return relay;
};

const transportTo = (relay: SmtpRelay, changes: Partial<SmtpSettings> = {}): MailTransport => {
  const transport = smtpTransport(localSmtp(relay.port, changes));
  open.push(transport);
  return transport;
};

const LOGIN = { user: 'billing', password: 'canary-secret' };
const TRUSTED = { tls: 'starttls', ca: testAuthority() } as const;
/** More than fits into the socket's buffers, so that the end of the message waits for the relay to read its beginning. */
const LONG = { text: 'A long statement line that repeats itself.\n'.repeat(400_000) };

interface Case {
  readonly behaviour: RelayBehaviour;
  readonly expected: Partial<SendOutcome> & { readonly kind: SendOutcome['kind'] };
  readonly settings?: Partial<SmtpSettings>;
  readonly isLong?: boolean;
}

const notSent = (breaker: 'auth' | 'tls' | 'connection'): Case['expected'] => ({ kind: 'NOT_SENT', breaker, isBodyHandedOver: false });
const temporary = (replyCode: number, hint: 'slow-domain' | 'limited' | null = null): Case['expected'] => ({
  kind: 'TEMPORARY',
  replyCode,
  hint,
});
const refused = (replyCode: number, suppressAddress = false): Case['expected'] => ({ kind: 'REFUSED', replyCode, suppressAddress });
const uncertain: Case['expected'] = { kind: 'UNCERTAIN', isBodyHandedOver: true };

const CASES: readonly Case[] = [
  { behaviour: 'accept', expected: { kind: 'ACCEPTED', replyCode: 250, queueId: 'ABC123' } },
  { behaviour: 'accept, pipelining', expected: { kind: 'ACCEPTED' } },
  { behaviour: 'accept, then reset', expected: { kind: 'ACCEPTED' } },
  { behaviour: 'accept, slowly', expected: { kind: 'ACCEPTED' } },
  { behaviour: 'drop before greeting', expected: notSent('connection') },
  { behaviour: 'no greeting', expected: notSent('connection') },
  { behaviour: '421 greeting', expected: notSent('connection') },
  { behaviour: '554 greeting', expected: notSent('connection') },
  { behaviour: 'drop at EHLO', expected: notSent('connection') },
  { behaviour: 'flood at EHLO', expected: notSent('connection') },
  { behaviour: '535 at AUTH', expected: { ...notSent('auth'), replyCode: 535 }, settings: LOGIN },
  { behaviour: '454 at AUTH', expected: notSent('auth'), settings: LOGIN },
  { behaviour: 'STARTTLS missing', expected: notSent('tls'), settings: { ...LOGIN, ...TRUSTED } },
  { behaviour: 'STARTTLS refused', expected: notSent('tls'), settings: { ...LOGIN, ...TRUSTED } },
  { behaviour: '421 at MAIL', expected: temporary(421, 'slow-domain') },
  { behaviour: '451 at MAIL', expected: temporary(451) },
  { behaviour: '550 at MAIL', expected: refused(550) },
  { behaviour: '530 at MAIL', expected: notSent('auth') },
  { behaviour: 'drop at MAIL', expected: notSent('connection') },
  { behaviour: '450 at RCPT', expected: temporary(450, 'slow-domain') },
  { behaviour: '421 at RCPT, pipelining', expected: temporary(421, 'slow-domain') },
  { behaviour: '550 5.1.1 at RCPT', expected: refused(550, true) },
  { behaviour: '550 5.1.1 at RCPT, pipelining', expected: refused(550, true) },
  { behaviour: '550 5.7.1 at RCPT', expected: refused(550) },
  { behaviour: '550 at RCPT', expected: refused(550) },
  { behaviour: '552 5.2.2 at RCPT', expected: temporary(552, 'limited') },
  { behaviour: 'garbage at RCPT', expected: notSent('connection') },
  { behaviour: 'drop at RCPT', expected: notSent('connection') },
  { behaviour: '451 at DATA', expected: temporary(451) },
  { behaviour: '554 at DATA', expected: refused(554) },
  { behaviour: 'drop at DATA', expected: notSent('connection') },
  { behaviour: '354, then drop', expected: notSent('connection') },
  { behaviour: 'drop in mid-body', expected: notSent('connection'), isLong: true },
  { behaviour: '552 in mid-body', expected: refused(552), isLong: true },
  { behaviour: '451 after dot', expected: temporary(451) },
  { behaviour: '421 after dot', expected: temporary(421, 'slow-domain') },
  { behaviour: '554 after dot', expected: refused(554) },
  { behaviour: 'close after dot', expected: uncertain },
  { behaviour: 'reset after dot', expected: uncertain },
  { behaviour: 'taken, then close', expected: uncertain },
  { behaviour: 'half a reply after dot', expected: uncertain },
  { behaviour: 'half a refusal after dot', expected: uncertain },
  { behaviour: 'open reply after dot', expected: uncertain },
  { behaviour: 'garbage after dot', expected: uncertain },
  { behaviour: '354 after dot', expected: uncertain },
  { behaviour: 'two codes after dot', expected: uncertain },
  { behaviour: 'silence after dot', expected: uncertain, settings: { socketTimeoutMs: 300 } },
  { behaviour: 'flood after dot', expected: uncertain },
];

describe('one attempt over SMTP', () => {
  test('every behaviour of the fake relay is judged', () => {
    expect(new Set(CASES.map((each) => each.behaviour))).toEqual(new Set(Object.keys(RELAY_SCRIPTS)));
  });

  test.each(CASES)('relay: $behaviour → $expected.kind', async ({ behaviour, expected, settings, isLong }) => {
    const relay = await relayThat(behaviour);
    const outcome = await transportTo(relay, settings).send(aMessage({}, isLong ? LONG : {}));
    expect(outcome).toMatchObject(expected);
    // The promise everything rests on: what may be tried again was not taken, and what was taken is never tried again.
    const mayBeTaken = { ACCEPTED: [1], TEMPORARY: [0], REFUSED: [0], NOT_SENT: [0], UNCERTAIN: [0, 1] }[outcome.kind];
    expect(mayBeTaken).toContain(relay.taken.length);
    expect(relay.taken.every((mail) => mail.recipient === 'ahmed@noor.example')).toBe(true);
    expect(relay.connections()).toBe(1);
  });

  test('without watching the wire, a mail that was taken and one that was not fail alike', async () => {
    const errorOf = async (behaviour: RelayBehaviour): Promise<unknown> => {
      const relay = await relayThat(behaviour);
      const plain = createTransport({ host: '127.0.0.1', port: relay.port, ignoreTLS: true });
      const { code, command, responseCode } = await plain
        .sendMail({ from: 'a@x.example', to: 'b@y.example', subject: 's', text: 't' })
        .then(
          () => ({ code: 'sent', command: '', responseCode: 0 }),
          (error: unknown) => error as { code: string; command: string; responseCode?: number },
        );
      return { code, command, responseCode, taken: relay.taken.length };
    };
    const before = await errorOf('drop at DATA');
    const after = await errorOf('taken, then close');
    expect(before).toEqual({ code: 'ECONNECTION', command: 'CONN', responseCode: undefined, taken: 0 });
    expect(after).toEqual({ code: 'ECONNECTION', command: 'CONN', responseCode: undefined, taken: 1 });
  });

  test('a refused connection says so and blames the relay', async () => {
    const relay = await startRelay('accept');
    await relay.close();
    expect(await transportTo(relay).send(aMessage())).toMatchObject({ kind: 'NOT_SENT', breaker: 'connection' });
  });

  test('stopping before the message is handed over leaves it unsent, stopping after leaves it uncertain', async () => {
    for (const [behaviour, kind] of [
      ['no greeting', 'NOT_SENT'],
      ['silence after dot', 'UNCERTAIN'],
    ] as const) {
      const relay = await relayThat(behaviour);
      const stop = new AbortController();
      const sending = transportTo(relay, { greetingTimeoutMs: 5_000, socketTimeoutMs: 5_000 }).send(aMessage(), stop.signal);
      await expect.poll(() => (behaviour === 'no greeting' ? relay.connections() : relay.taken.length)).toBe(1);
      stop.abort();
      expect(await sending).toMatchObject({ kind });
    }
  });

  test('a server that trickles for ever is given up at the time limit', async () => {
    const relay = await relayThat('silence after dot');
    const outcome = await transportTo(relay, { socketTimeoutMs: 60_000, attemptTimeoutMs: 300 }).send(aMessage());
    expect(outcome).toMatchObject({ kind: 'UNCERTAIN', why: 'no answer within the time limit after the message was handed over' });
  });

  test('what a server says reaches operators as one safe line of at most 500 characters', async () => {
    const relay = await relayThat('550 5.1.1 at RCPT');
    const { replyText } = await transportTo(relay).send(aMessage());
    expect(replyText).toBe('550 5.1.1 <script>alert(1)</script> no such user␛[2J');
    relay.behave({ rcpt: { say: `550 5.1.1 ${'long '.repeat(5_000)}` } });
    expect((await transportTo(relay).send(aMessage())).replyText?.length).toBe(500);
  });
});

describe('secrets on the wire', () => {
  const wordsOf = (relay: SmtpRelay): string =>
    relay.commands.map((line) => line + Buffer.from(line.split(' ').at(-1) ?? '', 'base64').toString('latin1')).join('\n');

  test('a password is sent only through TLS that was checked', async () => {
    const relay = await relayThat('accept');
    expect(await transportTo(relay, { ...LOGIN, ...TRUSTED }).send(aMessage())).toMatchObject({ kind: 'ACCEPTED' });
    expect(wordsOf(relay)).toContain('canary-secret');
  });

  test.each(['STARTTLS missing', 'STARTTLS refused'] as const)('with %s nothing is sent and the password stays here', async (behaviour) => {
    const relay = await relayThat(behaviour);
    expect(await transportTo(relay, { ...LOGIN, ...TRUSTED }).send(aMessage())).toMatchObject({ kind: 'NOT_SENT', breaker: 'tls' });
    expect(wordsOf(relay)).not.toContain('canary-secret');
  });

  test('an unknown authority or another host name is no secure connection', async () => {
    const relay = await relayThat('accept');
    const unknown = transportTo(relay, { ...LOGIN, tls: 'starttls', ca: null });
    expect(await unknown.send(aMessage())).toMatchObject({ kind: 'NOT_SENT', breaker: 'tls' });
    const elsewhere = transportTo(relay, { ...LOGIN, ...TRUSTED, host: '127.0.0.2' });
    expect(await elsewhere.send(aMessage())).toMatchObject({ kind: 'NOT_SENT' });
    expect(wordsOf(relay)).not.toContain('canary-secret');
  });

  test('a stock transport hands its password to a server without TLS', async () => {
    const relay = await relayThat('STARTTLS missing');
    const stock = createTransport({ host: '127.0.0.1', port: relay.port, auth: { user: LOGIN.user, pass: LOGIN.password } });
    relay.behave({ ehlo: { say: '250-relay.test\r\n250 AUTH PLAIN' } });
    await stock.sendMail({ from: 'a@x.example', to: 'b@y.example', subject: 's', text: 't' });
    expect(wordsOf(relay)).toContain('canary-secret');
  });
});

describe('connections are reused one message at a time', () => {
  const message = (number: number) => aMessage({ messageId: `<rem.${String(number).padStart(16, '0')}@falcon.example>` });

  test('mails one after another share a connection, up to its limit', async () => {
    const relay = await relayThat('accept');
    const transport = transportTo(relay, { messagesPerConnection: 3 });
    for (let number = 0; number < 7; number += 1) expect(await transport.send(message(number))).toMatchObject({ kind: 'ACCEPTED' });
    expect(relay.taken.map((mail) => mail.messageId)).toEqual(Array.from({ length: 7 }, (_, number) => message(number).messageId));
    expect(relay.connections()).toBe(3);
  });

  test('a connection is never used again after anything but a clean yes', async () => {
    const relay = await relayThat('450 at RCPT');
    const transport = transportTo(relay);
    expect(await transport.send(message(1))).toMatchObject({ kind: 'TEMPORARY' });
    relay.behave('accept');
    expect(await transport.send(message(2))).toMatchObject({ kind: 'ACCEPTED' });
    expect(relay.connections()).toBe(2);
  });

  test('a loss on a reused connection is not tried again here, and does not speak against the relay', async () => {
    const relay = await relayThat('accept');
    const transport = transportTo(relay);
    await transport.send(message(1));
    relay.behave('drop at MAIL');
    expect(await transport.send(message(2))).toMatchObject({ kind: 'NOT_SENT', breaker: null });
    expect(relay.taken).toHaveLength(1);
    expect(relay.connections()).toBe(1);
  });

  test('an extra reply left over from one mail never counts as the answer to the next', async () => {
    const relay = await relayThat('accept');
    relay.behave({ afterDot: { say: '250 2.0.0 ok\r\n250 2.0.0 ok\r\n250 2.0.0 ok' } });
    const transport = transportTo(relay);
    await transport.send(message(1));
    relay.behave('554 after dot');
    const second = await transport.send(message(2));
    expect(second.kind).not.toBe('ACCEPTED');
  });

  test('an idle connection is closed early', async () => {
    const relay = await relayThat('accept');
    const transport = transportTo(relay, { idleTimeoutMs: 30 });
    await transport.send(message(1));
    await expect.poll(() => relay.commands.at(-1)).toBe('QUIT');
    await transport.send(message(2));
    expect(relay.connections()).toBe(2);
  });
});
