import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkStatus } from '../../../src/app/check-status.ts';
import { explainAccount } from '../../../src/app/explain-account.ts';
import { explanationView } from '../../../src/app/explanation-view.ts';
import { readInbox } from '../../../src/app/inbox/read-inbox.ts';
import { readReminder } from '../../../src/app/read-reminders.ts';
import { readStatus } from '../../../src/app/read-status.ts';
import type { Session } from '../../../src/app/session.ts';
import { readMailboxes } from '../../../src/mail/inbound/mailbox-settings.ts';
import { testDatabase } from '../../support/database.ts';
import { startImapServer, type TestImapServer } from '../../support/imap-server.ts';
import { anAnswer } from '../../support/returned-mail.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { at, idOf, plan, queue, sendThrough } from '../sending-day.ts';
import { companyWithApproved } from './returned-day.ts';

const database = testDatabase();
let server: TestImapServer;
let relay: SmtpRelay;

beforeEach(async () => {
  server = await startImapServer();
  relay = await startRelay('accept');
});
afterEach(async () => {
  await server.close();
  await relay.close();
});

/** On Monday at ten, with a mailbox. */
async function watched(): Promise<Session> {
  const session = await companyWithApproved(database());
  return { ...session, installation: { ...session.installation, mailboxes: readMailboxes({ IMAP_URL: server.url }) } };
}

const send = (session: Session) => sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
const NOON = '2026-11-23T13:59:00+04:00';
const AFTERNOON = '2026-11-23T14:00:00+04:00';

describe('a mailbox that has gone unread for four working hours', () => {
  it('keeps reminders back, and says so everywhere', async () => {
    const session = await watched();
    await readInbox(session);
    const later = await at(session, AFTERNOON);
    expect(await send(later)).toMatchObject({ sent: 0, deferred: 1 });
    expect(relay.taken).toEqual([]);
    const held = await readReminder(later, idOf((await queue(later, 'QUEUED'))[0]));
    expect(held.statusReason).toBe('inbox-stale');
    const status = await readStatus(later);
    expect(status.inbox).toMatchObject({ stale: true });
    expect((await checkStatus(later, status)).findings.join(' ')).toMatch(/mailbox has not been read for four working hours/);
    expect(explanationView(await explainAccount(later, 'C-1')).sentences.join(' ')).toMatch(/an answer may lie in it/);
  });

  it('does not when it was read in time, nor a minute before', async () => {
    const session = await watched();
    await readInbox(session);
    expect(await send(await at(session, NOON))).toMatchObject({ sent: 1 });
  });

  it('does not once it is read again', async () => {
    const session = await watched();
    await readInbox(session);
    const later = await at(session, AFTERNOON);
    expect(await send(later)).toMatchObject({ sent: 0 });
    expect(await readInbox(later)).toMatchObject({ outcome: 'read' });
    // What waited is asked about again after five minutes.
    expect(await send(await at(session, '2026-11-23T14:06:00+04:00'))).toMatchObject({ sent: 1 });
  });

  it('counts from the first question when nobody ever read it', async () => {
    const session = await watched();
    server.behave({ kind: 'refusing', words: '[AUTHENTICATIONFAILED] no' });
    expect(await readInbox(session)).toMatchObject({ outcome: 'failed' });
    expect(await send(await at(session, AFTERNOON))).toMatchObject({ sent: 0 });
  });

  it('is nothing to a company that has none', async () => {
    const session = await companyWithApproved(database());
    expect(await send(await at(session, AFTERNOON))).toMatchObject({ sent: 1 });
  });
});

describe('reading a mailbox', () => {
  it('goes on where it stopped, and starts again when the server numbers anew', async () => {
    const session = await watched();
    await send(session);
    const { messageId } = await readReminder(session, idOf((await queue(session, 'SENT'))[0]));
    server.deliver(anAnswer({}));
    server.deliver(anAnswer({ to: messageId }));
    expect(await readInbox(session)).toMatchObject({ outcome: 'read', mails: 2, by: { unrelated: 1, reply: 1 } });
    expect(await readInbox(session)).toMatchObject({ mails: 0 });
    server.deliver(anAnswer({ to: messageId }));
    expect(await readInbox(session)).toMatchObject({ mails: 1, by: { reply: 1 } });
    server.renumber();
    expect(await readInbox(session)).toMatchObject({ mails: 3, by: { unrelated: 1, known: 2 } });
    expect(await plan(session)).toMatchObject({ skips: { 'reply-awaiting': 1 } });
  });

  it('is one reader’s work at a time', async () => {
    const session = await watched();
    server.deliver(anAnswer({}));
    expect(await readInbox(session, { holder: '00000000-0000-4000-8000-000000000001' })).toMatchObject({ outcome: 'read', mails: 1 });
    expect(await readInbox(session, { holder: '00000000-0000-4000-8000-000000000002' })).toMatchObject({ outcome: 'busy', mails: 0 });
    expect(await readInbox(session, { holder: '00000000-0000-4000-8000-000000000001' })).toMatchObject({ outcome: 'read' });
  });

  it('that fails says why, and keeps what it had', async () => {
    const session = await watched();
    server.behave({ kind: 'refusing', words: 'IMAP access is disabled' });
    const { outcome, tryThis } = await readInbox(session);
    expect(outcome).toBe('failed');
    expect(tryThis).toMatch(/Switch IMAP on/);
    expect((await readStatus(session)).inbox?.failedWhy).toMatch(/IMAP is switched off/);
  });
});
