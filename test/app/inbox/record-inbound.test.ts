import { describe, expect, it } from 'vitest';

import { markAnswered } from '../../../src/app/attend-tasks.ts';
import { settleByEvidence } from '../../../src/app/inbox/settle-by-evidence.ts';
import type { Session } from '../../../src/app/session.ts';
import { readStatus } from '../../../src/app/read-status.ts';
import { settleReminders } from '../../../src/app/settle-uncertain.ts';
import { idOf, plan, queue } from '../sending-day.ts';
import { testDatabase } from '../../support/database.ts';
import { aComplaint, aDeliveryReport, anAnswer } from '../../support/returned-mail.ts';
import { comesBack, companyWithApproved, rowsOf, sendBy, theMailbox, theReminder } from './returned-day.ts';

const database = testDatabase();

const sentCompany = async (...behaviour: Parameters<typeof sendBy>[1][]): Promise<Session> => {
  const session = await companyWithApproved(database());
  await sendBy(session, ...behaviour);
  return session;
};

const about = async (session: Session, changes: Partial<Parameters<typeof aDeliveryReport>[0]> = {}): Promise<Buffer> => {
  const { messageId, recipient } = await theReminder(session);
  return aDeliveryReport({ messageId, recipient: recipient.address, ...changes });
};

const suppressed = (session: Session) =>
  rowsOf<{ readonly reason: string; readonly expiresOn: Temporal.PlainDate | null }>(
    session,
    'select reason, expires_on from suppressions where company_id = $1 and lifted_at is null',
  );
const events = (session: Session) =>
  rowsOf<{ readonly kind: string }>(session, 'select kind from email_events where company_id = $1 order by id');

describe('a hard bounce', () => {
  it('returns the reminder, ends the address, and asks a person for a new one', async () => {
    const session = await sentCompany();
    expect(await comesBack(session, await about(session))).toBe('bounced');
    expect(await theReminder(session)).toMatchObject({ status: 'BOUNCED', statusReason: 'the address does not exist' });
    expect(await suppressed(session)).toEqual([{ reason: 'HARD_BOUNCE', expiresOn: null }]);
    expect(await plan(session)).toMatchObject({ reminders: 0, skips: { suppressed: 1 } });
    expect((await readStatus(session)).tasks).toContainEqual({ kind: 'NEW_ADDRESS', count: 1, oldestOn: null });
    await rowsOf(session, `update contacts set address = 'new@c-1.example' where company_id = $1`);
    expect((await readStatus(session)).tasks).toEqual([]);
  });

  it('of an uncertain reminder settles it: it did not arrive', async () => {
    const session = await sentCompany('taken, then close');
    expect(await queue(session, 'UNCERTAIN')).toHaveLength(1);
    await comesBack(session, await about(session));
    expect(await theReminder(session)).toMatchObject({ status: 'REJECTED' });
  });

  it('ends the address for every account that has it', async () => {
    const session = await companyWithApproved(database(), ['C-1', 'C-2']);
    await rowsOf(session, `update contacts set address = 'shared@both.example' where company_id = $1`);
    await rowsOf(session, `update customer_consolidated_reminders set recipient_address = 'shared@both.example' where company_id = $1`);
    await rowsOf(session, `update customers set facts_version = facts_version + 1 where company_id = $1`);
    const { id, messageId } = await theReminder(session);
    await rowsOf(
      session,
      `update customer_consolidated_reminders set delivery_status = 'SENT', sent_at = now(), contacted_at = now() where company_id = $1 and id = ${id}`,
    );
    await rowsOf(session, ATTEMPT_OF(id, 'shared@both.example'));
    expect(await comesBack(session, aDeliveryReport({ messageId, recipient: 'Shared@both.example' }))).toBe('bounced');
    expect(await queue(session, 'QUEUED')).toEqual([]);
  });
});

/** An attempt the relay accepted, for a reminder moved by hand. */
const ATTEMPT_OF = (id: number, address: string): string => `
  insert into email_logs (company_id, consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport,
                          relay, fence, sender, started_at, business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings)
  select company_id, id, customer_id, 'REMINDER', 9, message_id, '${address}', 'smtp', 'relay:25', 1, gen_random_uuid(), now(), now(), 'ANSWERED',
         'ACCEPTED', now(), digest, digest, 2, 50 from customer_consolidated_reminders where company_id = $1 and id = ${id}`;

describe('a soft bounce', () => {
  it('returns the reminder and leaves the address alone; the third in thirty days ends it for a while', async () => {
    const session = await sentCompany();
    const soft = { status: '4.2.2', diagnostic: 'smtp; 452 4.2.2 mailbox full' };
    await comesBack(session, await about(session, soft));
    expect(await theReminder(session)).toMatchObject({ status: 'BOUNCED' });
    expect(await suppressed(session)).toEqual([]);
    await comesBack(session, await about(session, soft));
    expect(await suppressed(session)).toEqual([]);
    await comesBack(session, await about(session, soft));
    expect(await suppressed(session)).toEqual([{ reason: 'HARD_BOUNCE', expiresOn: Temporal.PlainDate.from('2026-12-23') }]);
  });

  it('leaves the account to be reminded anew', async () => {
    const session = await sentCompany();
    await comesBack(session, await about(session, { status: '5.2.2' }));
    expect(await plan(session)).toMatchObject({ reminders: 1 });
  });
});

it('mail they refuse as ours returns the reminder, keeps the address, and lets their domain rest', async () => {
  const session = await sentCompany();
  await comesBack(session, await about(session, { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 blocked' }));
  expect(await theReminder(session)).toMatchObject({ status: 'BOUNCED', statusReason: 'their mail system refuses mail of ours' });
  expect(await suppressed(session)).toEqual([]);
  expect(await rowsOf(session, `select bucket from rate_tokens where company_id = $1 and bucket like 'rest:%'`)).toHaveLength(1);
});

it('a delay is written down and changes nothing', async () => {
  const session = await sentCompany('taken, then close');
  expect(await comesBack(session, await about(session, { action: 'delayed', status: '4.4.1' }))).toBe('delayed');
  expect(await theReminder(session)).toMatchObject({ status: 'UNCERTAIN' });
  expect(await events(session)).toEqual([{ kind: 'DELAYED' }]);
});

describe('a report of success', () => {
  it('settles what was uncertain', async () => {
    const session = await sentCompany('taken, then close');
    await comesBack(session, await about(session, { action: 'relayed', status: '2.0.0' }));
    const settled = await theReminder(session);
    expect(settled).toMatchObject({ status: 'SENT' });
    expect(settled.sentAt).not.toBeNull();
    expect(await plan(session)).toMatchObject({ skips: { 'contact-interval': 1 } });
  });

  it('of the mailbox itself says it was delivered', async () => {
    const session = await sentCompany();
    await comesBack(session, await about(session, { action: 'delivered', status: '2.0.0' }));
    expect(await theReminder(session)).toMatchObject({ status: 'DELIVERED' });
  });

  it('after a person settled it otherwise is written down, and takes nothing back', async () => {
    const session = await sentCompany('taken, then close');
    await settleReminders(session, [idOf((await queue(session, 'UNCERTAIN'))[0])], 'not-arrived', 'relay log');
    await comesBack(session, await about(session, { action: 'delivered', status: '2.0.0' }));
    expect(await theReminder(session)).toMatchObject({ status: 'REJECTED' });
    expect(await events(session)).toEqual([{ kind: 'DELIVERED' }]);
  });

  it('that comes before its sender knew the end takes effect when it does', async () => {
    const session = await sentCompany('taken, then close');
    const { id } = await theReminder(session);
    const report = await about(session, { action: 'relayed', status: '2.0.0' });
    await rowsOf(
      session,
      `update customer_consolidated_reminders set delivery_status = 'TRANSMITTING', claimable_at = now() where company_id = $1 and id = ${id}`,
    );
    await comesBack(session, report);
    expect(
      (
        await rowsOf<{ readonly deliveryStatus: string }>(
          session,
          'select delivery_status from customer_consolidated_reminders where company_id = $1',
        )
      )[0],
    ).toEqual({ deliveryStatus: 'TRANSMITTING' });
    await rowsOf(session, `update customer_consolidated_reminders set delivery_status = 'UNCERTAIN' where company_id = $1 and id = ${id}`);
    expect(await settleByEvidence(session)).toBe(1);
    expect(await theReminder(session)).toMatchObject({ status: 'SENT' });
    expect(await settleByEvidence(session)).toBe(0);
  });
});

describe('the same report', () => {
  it('read again at its place, or delivered again at another, is one', async () => {
    const session = await sentCompany();
    const report = await about(session);
    expect(await comesBack(session, report, { uid: 700 })).toBe('bounced');
    expect(await comesBack(session, report, { uid: 700 })).toBe('known');
    expect(await comesBack(session, report, { uid: 701 })).toBe('known');
    expect(await comesBack(session, report, { uidValidity: 2, uid: 1 })).toBe('known');
    expect(await events(session)).toHaveLength(1);
    expect(await theMailbox(session)).toMatchObject({ uidValidity: 2, lastUid: 1, mailsRead: 3 });
  });
});

describe('a forged report', () => {
  it('about another address, or about no mail of ours, is counted and changes nothing', async () => {
    const session = await sentCompany();
    expect(await comesBack(session, await about(session, { recipient: 'ceo@elsewhere.example' }))).toBe('forged');
    expect(await comesBack(session, await about(session, { messageId: '<rem.00000000000000000000000000000000@x.example>' }))).toBe(
      'forged',
    );
    expect(await theReminder(session)).toMatchObject({ status: 'SENT' });
    expect([await suppressed(session), await events(session)]).toEqual([[], []]);
    expect(await theMailbox(session)).toMatchObject({ mailsForged: 2, mailsUnrelated: 0 });
  });

  it('about a reminder that waits to be sent changes nothing: nobody outside knows its Message-ID, but a thread may', async () => {
    const session = await companyWithApproved(database());
    expect(await comesBack(session, await about(session))).toBe('forged');
    expect(await theReminder(session)).toMatchObject({ status: 'QUEUED' });
    expect(await suppressed(session)).toEqual([]);
  });
});

it('a complaint ends the address and is seen on the reminder', async () => {
  const session = await sentCompany();
  const { messageId } = await theReminder(session);
  expect(await comesBack(session, aComplaint({ messageId }))).toBe('complaint');
  expect(await theReminder(session)).toMatchObject({ status: 'COMPLAINED' });
  expect(await suppressed(session)).toMatchObject([{ reason: 'COMPLAINT' }]);
});

describe('an answer', () => {
  it('keeps the account out of reminders until a person has dealt with it', async () => {
    const session = await sentCompany();
    const { messageId } = await theReminder(session);
    expect(await comesBack(session, anAnswer({ to: messageId }))).toBe('reply');
    expect(await plan(session)).toMatchObject({ skips: { 'reply-awaiting': 1 } });
    await markAnswered(session, { customerCode: 'C-1', did: 'called back' });
    expect(await plan(session)).toMatchObject({ skips: { 'contact-interval': 1 } });
  });

  it('takes back what was approved for the account', async () => {
    const session = await sentCompany();
    const { messageId, id } = await theReminder(session);
    await rowsOf(
      session,
      `update customer_consolidated_reminders set contacted_at = contacted_at - interval '60 days', sent_at = sent_at - interval '60 days' where company_id = $1 and id = ${id}`,
    );
    await rowsOf(session, `update customers set facts_version = facts_version + 1 where company_id = $1`);
    expect(await plan(session)).toMatchObject({ reminders: 1 });
    await comesBack(session, anAnswer({ to: messageId }));
    expect(await queue(session, 'PROPOSED', 'QUEUED')).toEqual([]);
  });

  it('is one block however many mails they write, and each is kept', async () => {
    const session = await sentCompany();
    const { messageId } = await theReminder(session);
    await comesBack(session, anAnswer({ to: messageId, text: 'Paid' }));
    await comesBack(session, anAnswer({ to: messageId, text: 'See attached' }));
    expect(await rowsOf(session, `select id from blocks where company_id = $1 and kind = 'REPLY'`)).toHaveLength(1);
    expect(await rowsOf(session, 'select first_lines from mail_replies where company_id = $1 order by id')).toEqual([
      { firstLines: 'Paid' },
      { firstLines: 'See attached' },
    ]);
  });

  it('is found by the address it was written to, where the thread was lost', async () => {
    const session = await sentCompany();
    const { messageId } = await theReminder(session);
    const key = /^<rem\.([a-z0-9]{16})/.exec(messageId)?.[1] ?? '';
    expect(await comesBack(session, anAnswer({ deliveredTo: `accounts+${key}@back.example` }))).toBe('reply');
  });

  it('is found by who wrote it and the customer’s code in its subject', async () => {
    const session = await sentCompany();
    const { recipient } = await theReminder(session);
    expect(await comesBack(session, anAnswer({ from: recipient.address, subject: 'About lunch' }))).toBe('unrelated');
    expect(await comesBack(session, anAnswer({ from: recipient.address, subject: 'Your reminder, ref C-1' }))).toBe('reply');
    expect(await comesBack(session, anAnswer({ from: 'other@else.example', subject: 'Your reminder, ref C-1' }))).toBe('unrelated');
  });

  it('settles what was uncertain: whoever answers has it; one found by its writer alone does not', async () => {
    const session = await sentCompany('taken, then close');
    const { messageId, recipient } = await theReminder(session);
    await comesBack(session, anAnswer({ from: recipient.address, subject: 'Your reminder, ref C-1' }));
    expect(await theReminder(session)).toMatchObject({ status: 'UNCERTAIN' });
    await comesBack(session, anAnswer({ to: messageId }));
    expect(await theReminder(session)).toMatchObject({ status: 'SENT' });
  });

  it('of a machine holds nobody up', async () => {
    const session = await sentCompany();
    const { messageId } = await theReminder(session);
    expect(await comesBack(session, anAnswer({ to: messageId, headers: ['Auto-Submitted: auto-replied'] }))).toBe('auto-reply');
    expect(await rowsOf(session, 'select id from blocks where company_id = $1')).toEqual([]);
    expect(await events(session)).toEqual([{ kind: 'AUTO_REPLIED' }]);
  });

  it('is kept as text that no screen obeys', async () => {
    const session = await sentCompany();
    const { messageId } = await theReminder(session);
    await comesBack(session, anAnswer({ to: messageId, text: '\u001b]0;PAID\u0007paid\u202e <script>\u0000' }));
    const [reply] = await rowsOf<{ readonly firstLines: string }>(session, 'select first_lines from mail_replies where company_id = $1');
    expect(reply?.firstLines).not.toMatch(/\p{Cc}|\u202e/u);
  });
});
