import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { previewToSelf } from '../../src/app/preview-to-self.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import type { ReminderId } from '../../src/domain/ids.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { localSmtp } from '../support/sending.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { idOf, plan, queue } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
let session: Session;
let id: ReminderId;
beforeAll(async () => {
  inbox = await startInbox();
  session = await companyWith(testInstallation(database()), { code: 'SELF', fromAddress: 'accounts@falcon.example' });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2', { email: 'sister@falcon.example' })],
    invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
  });
  await plan(session);
  id = idOf((await queue(session))[0]);
});
afterAll(() => inbox.close());

const sendTo = async (to: string) => {
  const transport = smtpTransport(localSmtp(inbox.port));
  try {
    return await previewToSelf(session, id, to, transport);
  } finally {
    await transport.close();
  }
};

describe('a preview by mail', () => {
  it('goes to an own address, marked in its subject and first words, and counts for nothing', async () => {
    const before = await readReminder(session, id);
    expect(await sendTo('me@falcon.example')).toMatchObject({ kind: 'ACCEPTED' });
    const received = inbox.received.at(-1);
    expect(received?.recipients).toEqual(['me@falcon.example']);
    expect(received?.mail.subject).toMatch(/^\[Preview\] /);
    expect(received?.mail.text).toMatch(/^\*\*\* Preview/);
    expect(received?.mail.html).toContain('Preview: this is how');
    expect(received?.mail.to).toMatchObject([{ address: 'me@falcon.example' }]);
    const { history: _, ...after } = await readReminder(session, id);
    const { history: __, ...same } = before;
    expect(after).toEqual(same);
    const counted = await database().admin.query('select 1 from email_logs where company_id = $1', [session.companyId]);
    expect(counted.rows).toEqual([]);
    const audit = await database().admin.query<{ reason: string }>(
      `select reason from audit_logs where company_id = $1 and verb = 'preview send'`,
      [session.companyId],
    );
    expect(audit.rows).toEqual([{ reason: 'preview sent' }]);
  });

  it.each([
    ['accounts@c-1.example', 'preview.not-own'],
    ['me@elsewhere.example', 'preview.not-own'],
    ['me@sub.falcon.example', 'preview.not-own'],
    ['SISTER@falcon.example', 'preview.customer-address'],
    ['me@falcon.example, you@evil.test', 'preview.bad-address'],
    ['me@falcon.example\r\nBcc: you@evil.test', 'preview.bad-address'],
  ])('does not go to %j', async (to, code) => {
    const before = inbox.received.length;
    await expect(sendTo(to)).rejects.toMatchObject({ code });
    expect(inbox.received).toHaveLength(before);
  });
});
