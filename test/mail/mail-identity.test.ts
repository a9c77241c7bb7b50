import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BugError, type OperatorError } from '../../src/domain/operator-error.ts';
import { caseThread } from '../../src/mail/case-thread.ts';
import { isSignedFor, signed } from '../../src/mail/dkim.ts';
import { readDkimSettings } from '../../src/mail/dkim-settings.ts';
import { replyAddress } from '../../src/mail/reply-address.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { aMessage, localSmtp } from '../support/sending.ts';

const pem = (type: 'rsa' | 'ed25519', modulusLength = 2_048): string =>
  (type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength }) : generateKeyPairSync('ed25519')).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

const RSA = pem('rsa');
const dkim = { domain: 'falcon.example', selector: 'wafa', privateKey: RSA };

let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

describe('a delivery report', () => {
  test('is asked for under the Message-ID, for success, failure and delay, headers only', async () => {
    const transport = smtpTransport(localSmtp(inbox.port));
    expect(await transport.send(aMessage())).toMatchObject({ kind: 'ACCEPTED' });
    await transport.close();
    expect(inbox.received.at(-1)?.report).toEqual({
      ret: 'HDRS',
      envid: 'rem.0123456789abcdef@falcon.example',
      notify: ['SUCCESS', 'FAILURE', 'DELAY'],
    });
  });
});

describe('a DKIM signature', () => {
  test('stands in every message that leaves, and covers its recipient and subject', async () => {
    const transport = smtpTransport(localSmtp(inbox.port, { dkim }));
    expect(await transport.send(aMessage())).toMatchObject({ kind: 'ACCEPTED' });
    await transport.close();
    const bytes = inbox.received.at(-1)?.bytes ?? Buffer.alloc(0);
    expect(isSignedFor(bytes, 'falcon.example')).toBe(true);
    expect(bytes.toString('latin1').replace(/\r\n[ \t]+/g, '')).toMatch(
      /^DKIM-Signature: .*s=wafa;.*h=[^;]*\bTo:[^;]*Subject|h=[^;]*Subject:[^;]*\bTo\b/im,
    );
    expect(inbox.received.at(-1)?.mail.subject).toContain('Al Noor');
  });

  test('that cannot be made keeps the message here', async () => {
    const before = inbox.received.length;
    for (const wrong of [
      { ...dkim, domain: 'other.example' },
      { ...dkim, privateKey: pem('ed25519') },
    ]) {
      const transport = smtpTransport(localSmtp(inbox.port, { dkim: wrong }));
      expect(await transport.send(aMessage())).toMatchObject({ kind: 'NOT_SENT', isBodyHandedOver: false, breaker: null });
      await transport.close();
    }
    expect(inbox.received).toHaveLength(before);
  });

  test('may answer for a domain above that of the sender, and is looked for in the head alone', async () => {
    expect(isSignedFor((await signed(aMessage(), { ...dkim, domain: 'falcon.example' })).bytes, 'falcon.example')).toBe(true);
    await expect(signed(aMessage(), { ...dkim, domain: 'con.example' })).rejects.toThrow(BugError);
    const forged = `DKIM-Signature: v=1; d=falcon.example; b=${'A'.repeat(200)}`;
    expect(isSignedFor(aMessage({}, { text: forged, html: forged }).bytes, 'falcon.example')).toBe(false);
  });

  test('asks for a whole set-up with an RSA key nobody else can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wafa-dkim-'));
    const file = (name: string, text: string, mode = 0o600): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    };
    const read = (key: string) => readDkimSettings({ DKIM_DOMAIN: 'falcon.example', DKIM_SELECTOR: 'wafa', DKIM_KEY_FILE: key });
    expect(read(file('good.key', RSA))).toEqual(dkim);
    expect(readDkimSettings({})).toBeNull();
    const codeOf = (work: () => unknown): string => {
      try {
        work();
        return 'none';
      } catch (error) {
        return (error as OperatorError).code;
      }
    };
    expect(codeOf(() => read(file('open.key', RSA, 0o640)))).toBe('config.dkim-open-key');
    expect(codeOf(() => read(file('ed.key', pem('ed25519'))))).toBe('config.dkim-bad-key');
    expect(codeOf(() => read(file('short.key', pem('rsa', 1_024))))).toBe('config.dkim-bad-key');
    expect(codeOf(() => read(file('no.key', 'hello')))).toBe('config.dkim-bad-key');
    expect(codeOf(() => read(join(folder, 'none')))).toBe('config.dkim-unreadable');
    expect(codeOf(() => readDkimSettings({ DKIM_DOMAIN: 'falcon.example' }))).toBe('config.dkim-half');
  });
});

describe('the thread of a case', () => {
  test('answers the last reminder within the conversation the first began', () => {
    expect(caseThread([])).toBeNull();
    expect(caseThread(['<a@x>'])).toEqual({ inReplyTo: '<a@x>', references: ['<a@x>'] });
    expect(caseThread(['<a@x>', '<b@x>', '<c@x>'])).toEqual({ inReplyTo: '<c@x>', references: ['<a@x>', '<c@x>'] });
  });
});

describe('the address for answers', () => {
  const id = '<rem.0123456789abcdef0123456789abcdef@falcon.example>';
  test('leads back to its reminder', () => {
    expect(replyAddress('accounts@falcon.example', id)).toBe('accounts+0123456789abcdef@falcon.example');
  });
  test('stays as it is where a key has no room, or the mailbox is such an address already', () => {
    for (const mailbox of [`${'a'.repeat(50)}@falcon.example`, 'accounts+ar@falcon.example'])
      expect(replyAddress(mailbox, id)).toBe(mailbox);
    expect(replyAddress('accounts@falcon.example', '<other@x.example>')).toBe('accounts@falcon.example');
  });
});
