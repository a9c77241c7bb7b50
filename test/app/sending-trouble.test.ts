import { afterEach, describe, expect, it } from 'vitest';

import { pauseCompany } from '../../src/app/company-settings.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import { settleReminders } from '../../src/app/settle-uncertain.ts';
import { testDatabase } from '../support/database.ts';
import { startRelay, type SmtpRelay } from '../support/smtp-relay.ts';
import type { RelayBehaviour } from '../support/smtp-relay-script.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { approveAll, at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay | undefined;
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

let companies = 0;
const company = async (...customers: Parameters<typeof customer>[]): Promise<Session> => {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `TRBL${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  const rows = customers.length === 0 ? [customer('C-1')] : customers.map((one) => customer(...one));
  await importSmallLedger(session, {
    customers: rows,
    invoices: rows.flatMap(({ customer_code: code = '' }) => [
      invoice(code, `${code}/1`, '5000', '2026-11-02'),
      invoice(code, `${code}/2`, '3200', '2026-11-05'),
    ]),
  });
  await plan(session);
  await approveAll(session);
  return session;
};

async function sendTo(session: Session, behaviour: RelayBehaviour) {
  await relay?.close();
  relay = await startRelay(behaviour);
  return await sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
}

describe('a mail server', () => {
  it('that does not know the mailbox ends the reminder and the address: nothing more goes to it', async () => {
    const session = await company();
    expect(await sendTo(session, '550 5.1.1 at RCPT')).toMatchObject({ sent: 0, rejected: 1 });
    expect(await queue(session, 'REJECTED')).toHaveLength(1);
    expect(await plan(session)).toMatchObject({ reminders: 0, skips: { suppressed: 1 } });
  });

  it('that refuses the content ends the reminder, but not the address', async () => {
    const session = await company();
    expect(await sendTo(session, '554 after dot')).toMatchObject({ rejected: 1 });
    expect(await plan(session)).toMatchObject({ reminders: 1 });
  });

  it('that asks to come back later gets the same reminder later, under the same Message-ID', async () => {
    const session = await company();
    expect(await sendTo(session, '451 at MAIL')).toMatchObject({ sent: 0, deferred: 1 });
    const id = idOf((await queue(session, 'QUEUED'))[0]);
    const { messageId } = await readReminder(session, id);
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 0, deferred: 1 });
    expect(await sendTo(await at(session, '2026-11-23T10:30:00+04:00'), 'accept')).toMatchObject({ sent: 1 });
    expect(relay?.taken.map((mail) => mail.messageId)).toEqual([messageId]);
    expect((await readReminder(session, id)).attempts.map((attempt) => attempt.outcome)).toEqual(['TEMPORARY', 'ACCEPTED']);
  });

  it.each<RelayBehaviour>(['taken, then close', 'half a reply after dot', 'garbage after dot', 'reset after dot'])(
    'that leaves it open whether it took the mail (%s) is never given it again',
    async (behaviour) => {
      const session = await company();
      expect(await sendTo(session, behaviour)).toMatchObject({ sent: 0, uncertain: 1 });
      expect(await sendTo(await at(session, '2026-11-25T10:00:00+04:00'), 'accept')).toMatchObject({ sent: 0 });
      expect(relay?.taken).toEqual([]);
      expect(await queue(session, 'UNCERTAIN')).toHaveLength(1);
    },
  );

  it('that cannot be reached stops the pass, and everything waits', async () => {
    const session = await company(['C-1'], ['C-2'], ['C-3'], ['C-4'], ['C-5'], ['C-6'], ['C-7']);
    expect(await sendTo(session, 'drop before greeting')).toMatchObject({ sent: 0, deferred: 7 });
  });
});

describe('an uncertain reminder', () => {
  const uncertain = async (): Promise<Session> => {
    const session = await company();
    await sendTo(session, 'taken, then close');
    return session;
  };
  const itsId = async (session: Session) => idOf((await queue(session, 'UNCERTAIN'))[0]);

  it('said to have arrived counts as sent, and as a contact', async () => {
    const session = await uncertain();
    await settleReminders(session, [await itsId(session)], 'arrived', 'the customer says so');
    expect(await queue(session, 'SENT')).toHaveLength(1);
    expect(await plan(session)).toMatchObject({ skips: { 'contact-interval': 1 } });
  });

  it('said not to have arrived frees the account for a new one', async () => {
    const session = await uncertain();
    await settleReminders(session, [await itsId(session)], 'not-arrived', 'relay log');
    expect(await plan(session)).toMatchObject({ reminders: 1 });
  });

  it('goes again only by order, as a new reminder that must be approved', async () => {
    const session = await uncertain();
    const id = await itsId(session);
    const { done } = await settleReminders(session, [id], 'send-again', 'relay log');
    const [again] = await queue(session, 'PROPOSED');
    expect(again).toMatchObject({ id: done[0]?.newReminderId });
    await approveAll(session);
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 1 });
    expect((await readReminder(session, idOf(again))).messageId).not.toBe((await readReminder(session, id)).messageId);
  });
});

describe('nothing leaves', () => {
  it('while the company is paused', async () => {
    const session = await company();
    await pauseCompany(session, 'audit');
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 0, stoppedWhy: 'audit' });
    expect(await queue(session, 'QUEUED')).toHaveLength(1);
  });

  it('while all sending of the installation is stopped', async () => {
    const session = await company();
    await database().admin.query("update installation set is_sending_stopped = true, sending_stopped_reason = 'mourning'");
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 0, stoppedWhy: 'mourning' });
    await database().admin.query('update installation set is_sending_stopped = false');
    expect(relay?.taken).toEqual([]);
  });

  it('outside the contact window, even what was approved inside it', async () => {
    const session = await company();
    expect(await sendTo(await at(session, '2026-11-23T21:00:00+04:00'), 'accept')).toMatchObject({ sent: 0, deferred: 1 });
    expect(relay?.taken).toEqual([]);
  });

  it('to an address that was suppressed after the approval', async () => {
    const session = await company();
    await database().admin.query(
      "insert into suppressions (company_id, address, reason) values ($1, 'accounts@c-1.example', 'COMPLAINT')",
      [session.companyId],
    );
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 0, needsReview: 1 });
  });
});

describe('two accounts that share an address', () => {
  it('get one mail between them within the interval', async () => {
    const shared = { email: 'bookkeeper@shared.example' };
    const session = await company(['C-1', shared], ['C-2', shared]);
    expect(await sendTo(session, 'accept')).toMatchObject({ sent: 1, deferred: 1 });
    expect(relay?.taken).toHaveLength(1);
  });
});
