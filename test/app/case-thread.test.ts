import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { setCompany } from '../../src/app/company-settings.ts';
import { previewReminder } from '../../src/app/preview-reminder.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

describe('a case', () => {
  it('is one conversation over all its levels, with a way back to each reminder', async () => {
    const first = await companyWith(testInstallation(database()), { code: 'THREAD', fromAddress: 'accounts@falcon.example' });
    await setCompany(first, { plusAddressing: 'yes' });
    await importSmallLedger(first, {
      customers: [customer('C-1'), customer('C-2')],
      invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-2', 'INV-2', '3200', '2026-11-05')],
    });
    const mails = [];
    for (const instant of ['2026-11-23T10:00:00+04:00', '2026-12-07T10:00:00+04:00', '2026-12-21T10:00:00+04:00']) {
      const session = await at(first, instant);
      await database().admin.query('update companies set ledger_invoices_as_on = $2, ledger_receipts_as_on = $2 where company_id = $1', [
        first.companyId,
        instant.slice(0, 10),
      ]);
      await plan(session);
      await approveAll(session);
      const [waiting] = await queue(session, 'QUEUED');
      const before = inbox.received.length;
      const { eml } = await previewReminder(session, idOf(waiting));
      expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 2 });
      const mail = inbox.received.slice(before).find(({ recipients }) => recipients[0] === 'accounts@c-1.example')?.mail;
      const shown = inbox.received.slice(before).map(({ bytes }) => bytes.toString('utf8'));
      expect(shown).toContain(eml);
      mails.push({
        id: mail?.messageId ?? '',
        inReplyTo: mail?.inReplyTo,
        references: mail?.references,
        replyTo: mail?.replyTo?.[0]?.address,
      });
    }
    const [one, two, three] = mails;
    expect(one).toMatchObject({ inReplyTo: undefined, references: undefined });
    expect(two).toMatchObject({ inReplyTo: one?.id, references: one?.id });
    expect(three).toMatchObject({ inReplyTo: two?.id, references: `${one?.id ?? ''} ${two?.id ?? ''}` });
    expect(new Set(mails.map(({ id }) => id)).size).toBe(3);
    for (const { id, replyTo } of mails) expect(replyTo).toBe(`accounts+${id.slice(5, 21)}@falcon.example`);
  });
});
