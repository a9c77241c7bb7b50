import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test } from 'vitest';
import { BugError } from '../../src/domain/operator-error.ts';
import { openTransport } from '../../src/mail/open-transport.ts';
import { outboxTransport } from '../../src/mail/outbox.ts';
import type { MailTransport } from '../../src/mail/transport.ts';
import { startInbox } from '../support/mail-inbox.ts';
import { aMessage, localSmtp } from '../support/sending.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-outbox-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

interface Arrived {
  readonly transport: MailTransport;
  readonly bytes: () => readonly Buffer[];
}

const KINDS: Readonly<Record<MailTransport['kind'], () => Promise<Arrived>>> = {
  smtp: async () => {
    const inbox = await startInbox();
    cleanUps.push(inbox.close);
    return { transport: openTransport(localSmtp(inbox.port), ''), bytes: () => inbox.received.map((mail) => mail.bytes) };
  },
  outbox: async () => {
    const folder = join(aFolder(), 'outbox');
    return {
      transport: openTransport({ kind: 'outbox', folder: null, isLoopback: true }, folder),
      bytes: () => readdirSync(folder).map((name) => readFileSync(join(folder, name))),
    };
  },
};

const opened = async (kind: MailTransport['kind']): Promise<Arrived> => {
  const arrived = await KINDS[kind]();
  cleanUps.push(arrived.transport.close);
  return arrived;
};

describe.each(['smtp', 'outbox'] as const)('a transport of kind %s', (kind) => {
  test('delivers the bytes it was given, once, and says so', async () => {
    const { transport, bytes } = await opened(kind);
    const message = aMessage();
    expect(await transport.send(message)).toMatchObject({ kind: 'ACCEPTED', isBodyHandedOver: true, replyCode: 250 });
    expect(bytes()).toHaveLength(1);
    const mail = await PostalMime.parse(bytes()[0] ?? '');
    expect(mail).toMatchObject({ messageId: message.messageId, subject: 'Payment reminder – Al Noor Trading LLC – ref C-104-7' });
    expect(mail.text?.trimEnd()).toBe('Amount due: AED 10,000.00');
    expect(bytes()[0]?.toString('latin1')).toContain(message.bytes.toString('latin1').trimEnd());
    expect(transport).toMatchObject({ kind, isLoopback: true });
  });

  test('carries as many at once as it has slots, and refuses more as a fault of the caller', async () => {
    const { transport, bytes } = await opened(kind);
    const message = (number: number) => aMessage({ messageId: `<rem.${String(number).padStart(16, '0')}@falcon.example>` });
    const sending = Array.from({ length: transport.slots }, (_, number) => transport.send(message(number)));
    await expect((async () => transport.send(message(99)))()).rejects.toThrow(BugError);
    expect((await Promise.all(sending)).map((outcome) => outcome.kind)).toEqual(sending.map(() => 'ACCEPTED'));
    expect(bytes()).toHaveLength(transport.slots);
  });

  test('sends nothing when it was stopped before', async () => {
    const { transport } = await opened(kind);
    expect(await transport.send(aMessage(), AbortSignal.abort())).toMatchObject({
      kind: 'NOT_SENT',
      breaker: null,
      isBodyHandedOver: false,
    });
  });

  test('refuses to send once closed', async () => {
    const { transport } = await opened(kind);
    await transport.close();
    await expect((async () => transport.send(aMessage()))()).rejects.toThrow(BugError);
  });
});

describe('the outbox', () => {
  test('a message handed over twice is there once, unchanged', async () => {
    const folder = aFolder();
    const outbox = outboxTransport(folder);
    await outbox.send(aMessage());
    const second = await outbox.send(aMessage({}, { text: 'another text\n' }));
    expect(second).toMatchObject({ kind: 'ACCEPTED', replyText: expect.stringContaining('already in the outbox') as unknown });
    const names = readdirSync(folder);
    expect(names).toEqual(['rem.0123456789abcdef@falcon.example.eml']);
    expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toContain('AED 10,000.00');
  });

  test('is readable by its owner only and names whom it was meant for', async () => {
    const folder = aFolder();
    await outboxTransport(folder).send(aMessage());
    const [name = ''] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(
      /^X-Envelope-From: billing@falcon\.example\r\nX-Envelope-To: ahmed@noor\.example\r\n/,
    );
  });

  test('a folder that cannot be written is an outcome, not a crash, and leaves nothing behind', async () => {
    const file = join(aFolder(), 'file');
    writeFileSync(file, '');
    expect(await outboxTransport(join(file, 'outbox')).send(aMessage())).toMatchObject({ kind: 'NOT_SENT', breaker: 'connection' });
  });

  test('a Message-ID that means something in a path is a fault', async () => {
    const folder = aFolder();
    const message = { ...aMessage(), messageId: '<../../etc/x@y.example>' };
    await expect(outboxTransport(folder).send(message)).rejects.toThrow(BugError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
