/** A customer who wants a mail per invoice: all of a day are one contact, and what a person does to one leaves the others standing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { holdReminders } from '../../src/app/change-reminders.ts';
import { readReminder } from '../../src/app/read-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import { escalateReminders } from '../../src/app/shape-reminders.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
/** Proposals for INV-1, INV-2 and INV-3, the dearest first. */
async function proposed(invoices = 3): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `EACH${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
    policy: { 'ledger.staleWorkingDays': '30' },
  });
  await importSmallLedger(session, {
    customers: [customer('C-1')],
    invoices: Array.from({ length: invoices }, (_, index) => invoice('C-1', `INV-${index + 1}`, `${9_000 - 1_000 * index}`, '2026-11-02')),
  });
  await database().admin.query("update customers set consolidation_preference = 'DISABLED' where company_id = $1", [session.companyId]);
  await plan(session);
  return session;
}

/** What stands, as `INV-1 QUEUED POLITE`. */
async function standing(session: Session): Promise<readonly string[]> {
  const live = await queue(session);
  const lines = await Promise.all(live.map(async ({ id }) => await readReminder(session, idOf({ id }))));
  return lines.map(({ lines: [line], status, level }) => `${line?.number ?? '-'} ${status} ${level}`).sort();
}

const idFor = async (session: Session, number: string) => {
  for (const { id } of await queue(session)) {
    const reminder = await readReminder(session, idOf({ id }));
    if (reminder.lines.some((line) => line.number === number)) return { ids: [idOf({ id })] };
  }
  throw new Error(`nothing asks for ${number}`);
};

/** Facts of the account move, so that the next plan looks at it again. */
const touch = (session: Session) =>
  importSmallLedger(session, { invoices: [invoice('C-1', `FUTURE-${Math.trunc(performance.now())}`, '10', '2027-01-04')] });

describe('of several individual reminders', () => {
  it('the others stand when a person approves one, raises one or holds one', async () => {
    const session = await proposed(4);
    await approveReminders(session, await idFor(session, 'INV-1'));
    await escalateReminders(session, await idFor(session, 'INV-2'));
    await holdReminders(session, await idFor(session, 'INV-3'), { reason: 'call first', untilOn: null });
    await touch(session);
    await plan(session);
    expect(await standing(session)).toEqual(['INV-1 QUEUED POLITE', 'INV-2 PROPOSED FIRM', 'INV-3 HELD POLITE', 'INV-4 PROPOSED POLITE']);
  });

  it('the others stand and leave when one has left, as one contact; the next day they would be another', async () => {
    const session = await proposed();
    await approveReminders(session, await idFor(session, 'INV-1'));
    expect((await sendThrough(session, inbox.url)).sent).toBe(1);
    await touch(session);
    await plan(session);
    expect(await standing(session)).toEqual(['INV-2 PROPOSED POLITE', 'INV-3 PROPOSED POLITE']);
    await approveReminders(session, await idFor(session, 'INV-2'));
    expect((await sendThrough(session, inbox.url)).sent).toBe(1);
    const tomorrow = await at(session, '2026-11-24T10:00:00+04:00');
    expect(await plan(tomorrow)).toMatchObject({ reminders: 0, skips: { 'contact-interval': 1 } });
    expect(await standing(tomorrow)).toEqual([]);
  });

  it('no more than five a day stand, those a person has looked at included', async () => {
    const session = await proposed(7);
    expect(await standing(session)).toHaveLength(5);
    await approveReminders(session, await idFor(session, 'INV-1'));
    await touch(session);
    await plan(session);
    expect(await standing(session)).toEqual(['INV-1 QUEUED POLITE', ...[2, 3, 4, 5].map((number) => `INV-${number} PROPOSED POLITE`)]);
  });
});
