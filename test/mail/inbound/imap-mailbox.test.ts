import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { imapMailbox, MailboxError, type Mailbox } from '../../../src/mail/inbound/imap-mailbox.ts';
import { readMailboxes, type MailboxSettings } from '../../../src/mail/inbound/mailbox-settings.ts';
import { startImapServer, type TestImapServer } from '../../support/imap-server.ts';
import { anAnswer } from '../../support/returned-mail.ts';

let server: TestImapServer;
let mailbox: Mailbox;

const settings = (): MailboxSettings => {
  const read = readMailboxes({ IMAP_URL: server.url })('ACME');
  if (read === null) throw new Error('a mailbox is configured');
  return read;
};

beforeEach(async () => {
  server = await startImapServer();
  mailbox = imapMailbox(settings(), { connectMs: 10_000, silenceMs: 20_000 });
});
afterEach(async () => {
  await mailbox.close();
  await server.close();
});

async function uidsAfter(uid: number | null): Promise<readonly number[]> {
  const uids: number[] = [];
  for await (const mail of mailbox.after(uid)) uids.push(mail.uid);
  return uids;
}

describe('a mailbox', () => {
  test('is read from where one stopped, and changed in nothing', async () => {
    for (const ownId of ['<a@x>', '<b@x>', '<c@x>']) server.deliver(anAnswer({ ownId }));
    expect(await mailbox.open()).toEqual({ uidValidity: 17, mails: 3 });
    expect(await uidsAfter(null)).toEqual([1, 2, 3]);
    expect(await uidsAfter(2)).toEqual([3]);
    // A range that ends in * names the last mail whatever its number.
    expect(await uidsAfter(3)).toEqual([]);
    expect(
      server.commands.filter((command) => /^(?:STORE|UID STORE|EXPUNGE|COPY|UID COPY|MOVE|UID MOVE|APPEND|SELECT)/i.test(command)),
    ).toEqual([]);
    expect(server.commands.some((command) => /BODY\.PEEK\[/i.test(command))).toBe(true);
  });

  test('gives only the beginning of a mail that is too large', async () => {
    server.deliver(Buffer.concat([anAnswer({}), Buffer.alloc(3_000_000, 'x')]));
    for await (const { bytes } of mailbox.after(null)) expect(bytes.length).toBe(256 * 1024);
  });

  test('says that there is news while nobody asks', async () => {
    let news = 0;
    await mailbox.open();
    mailbox.onNews(() => {
      news += 1;
    });
    server.deliver(anAnswer({}));
    await vi.waitFor(() => expect(news).toBeGreaterThan(0), { timeout: 20_000 });
  });

  test('is opened anew after the server hung up', async () => {
    await mailbox.open();
    server.renumber();
    await vi.waitFor(async () => expect(await mailbox.open()).toMatchObject({ uidValidity: 18 }), { timeout: 20_000 });
  });
});

describe('a mailbox that cannot be read says why', () => {
  const failure = async (box: Mailbox = mailbox): Promise<MailboxError> => {
    const error: unknown = await box.open().catch((reason: unknown) => reason);
    if (error instanceof MailboxError) return error;
    throw new Error(`no fault of the mailbox: ${String(error)}`);
  };

  test.each([
    ['[AUTHENTICATIONFAILED] Invalid credentials', 'user or password (or token) is wrong'],
    ['[ALERT] IMAP access is disabled for your domain', 'IMAP is switched off for the mailbox'],
    ['User is authenticated but not connected.', 'the application has no access to this mailbox'],
    ['[ALERT] Application-specific password required', 'it wants an application password or OAuth2'],
  ])('%s', async (words, plain) => {
    server.behave({ kind: 'refusing', words });
    const { message, tryThis } = await failure();
    expect(message).toContain(plain);
    expect(message).not.toContain('open-sesame');
    expect(tryThis).not.toBe('');
  });

  test('nobody listens there', async () => {
    await server.close();
    expect((await failure()).message).toMatch(/could not be read/);
    server = await startImapServer();
  });

  test('it is silent: the wait ends', async () => {
    server.behave({ kind: 'silent' });
    const impatient = imapMailbox(settings(), { connectMs: 500, silenceMs: 500 });
    expect((await failure(impatient)).message).toMatch(/could not be read/);
    await impatient.close();
  });

  test('it announces a mail of gigabytes: nothing of it is taken', async () => {
    server.deliver(anAnswer({}));
    await mailbox.open();
    server.behave({ kind: 'endless' });
    await expect(uidsAfter(null)).rejects.toThrow(MailboxError);
  });
});
