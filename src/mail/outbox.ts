/**
 * The transport without a mail server: every message becomes an `.eml` file in a folder and goes to nobody. The file's name is
 * its Message-ID, and files are never replaced, so a message handed over twice is there once.
 */
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { assert } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import type { ComposedMessage } from './compose-message.ts';
import type { MailTransport, SendOutcome } from './transport.ts';

/** Files are written one after another by the disk anyway; a few at once keep it busy. */
const SLOTS = 8;

export function outboxTransport(folder: string): MailTransport {
  let isClosed = false;
  let running = 0;
  return {
    kind: 'outbox',
    isLoopback: true,
    label: `outbox ${folder} (not sent to anyone)`,
    limits: { perMinute: null, perDay: null, maxConnections: SLOTS },
    slots: SLOTS,
    send: async (message, signal) => {
      assert(!isClosed, 'a mail was sent through a transport that is closed');
      assert(running < SLOTS, `more than ${SLOTS} mails at once through one transport`);
      if (signal?.aborted) return notSent('sending was stopped before the message was handed over', null);
      running += 1;
      try {
        return await write(folder, message);
      } finally {
        running -= 1;
      }
    },
    close: async () => {
      isClosed = true;
    },
  };
}

async function write(folder: string, message: ComposedMessage): Promise<SendOutcome> {
  const name = fileName(message.messageId);
  const temporary = join(folder, `.${name}.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(temporary, withEnvelope(message));
    return await publish(temporary, folder, name);
  } catch (error) {
    return notSent(`the outbox could not be written: ${safeText(String(error)).slice(0, 200)}`, 'connection');
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

/** `wx` never follows or replaces what is there; only the owner may read customers' mail. */
async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

/** A link appears whole or not at all, and fails where the name is taken: another attempt wrote this very message. */
async function publish(temporary: string, folder: string, name: string): Promise<SendOutcome> {
  const repeated = await link(temporary, join(folder, name)).then(
    () => false,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
      throw error;
    },
  );
  await using entry = await open(folder, 'r');
  await entry.sync();
  const replyText = repeated ? `${name} was already in the outbox; not written again` : `written to the outbox as ${name}`;
  return { kind: 'ACCEPTED', isBodyHandedOver: true, replyCode: 250, replyText, queueId: name };
}

/** A Message-ID is ours and holds nothing that means something in a path; checked all the same. */
function fileName(messageId: string): string {
  const name = /^<([a-z0-9][a-z0-9.-]*@[a-z0-9.-]+)>$/.exec(messageId)?.[1];
  assert(name !== undefined, 'the Message-ID of an outbox mail cannot name a file');
  return `${name}.eml`;
}

/** Where the message would have gone, in the headers mail programs use for it. */
const withEnvelope = ({ envelope, bytes }: ComposedMessage): Buffer =>
  Buffer.concat([
    Buffer.from(`X-Envelope-From: ${envelope.from}\r\nX-Envelope-To: ${envelope.to}\r\nX-Wafa-Outbox: not sent to anyone\r\n`, 'latin1'),
    bytes,
  ]);

const notSent = (why: string, breaker: 'connection' | null): SendOutcome => ({
  kind: 'NOT_SENT',
  why,
  breaker,
  isBodyHandedOver: false,
  replyCode: null,
  replyText: null,
});
