/** What is forgotten for its age, what is not, and what says so. */
import { beforeAll, describe, expect, it } from 'vitest';

import { verifyAudit } from '../../../src/app/audit/verify-audit.ts';
import { openCompanyTransport } from '../../../src/app/open-transport.ts';
import { applyRetention, holdForCourt } from '../../../src/app/privacy/apply-retention.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import { sendDue } from '../../../src/app/send-due.ts';
import type { Session } from '../../../src/app/session.ts';
import { setPolicy } from '../../../src/app/set-policy.ts';
import { validate } from '../../../src/app/validate/validate.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan } from '../sending-day.ts';

const database = testDatabase();
let session: Session;
let eightYearsOn: Session;

/** C-1 and C-3 pay, C-2 never does; each was written to once. */
beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'KEPT' });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2'), customer('C-3')],
    invoices: ['C-1', 'C-2', 'C-3'].map((code) => invoice(code, code, '900', '2026-11-02')),
  });
  await plan(session);
  await approveAll(session);
  const transport = await openCompanyTransport(session);
  await sendDue(session, { transport, endsUndoWindows: true });
  await transport.close();
  for (const code of ['C-1', 'C-3'])
    await recordPayment(session, { customerCode: code, amount: '900', invoices: [{ number: code, amount: null }] });
  await database().admin.query(`update email_logs set reply_text = '250 taken' where company_id = $1`, [session.companyId]);
  eightYearsOn = await at(session, '2034-11-27T10:00:00+04:00');
}, 120_000);

const remembered = async (): Promise<readonly string[]> => {
  const { rows } = await database().admin.query<{ code: string }>(
    'select c.code from customer_consolidated_reminders r join customers c on c.id = r.customer_id where r.company_id = $1 order by 1',
    [session.companyId],
  );
  return rows.map(({ code }) => code);
};

const rowsOf = (retained: Awaited<ReturnType<typeof applyRetention>>) => Object.fromEntries(retained.map(({ kind, rows }) => [kind, rows]));

describe('retention', () => {
  it('forgets nothing in time', async () => {
    const soon = await at(session, '2028-11-27T10:00:00+04:00');
    expect(rowsOf(await applyRetention(soon, { isDryRun: true }))).toMatchObject({ reminders: 0 });
  });

  it('says beforehand what it would forget, and forgets nothing by saying so', async () => {
    expect(rowsOf(await applyRetention(eightYearsOn, { isDryRun: true }))).toMatchObject({ reminders: 2, reports: 2, replies: 0 });
    expect(await remembered()).toEqual(['C-1', 'C-2', 'C-3']);
  });

  it('leaves an account on legal hold alone, and one that still owes', async () => {
    expect(await holdForCourt(session, 'C-3', true)).toEqual({ isChanged: true });
    expect(rowsOf(await applyRetention(eightYearsOn, { isDryRun: false }))).toMatchObject({ reminders: 1, reports: 0 });
    expect(await remembered()).toEqual(['C-2', 'C-3']);
  });

  it('goes on once the hold is over, and leaves database and chain in order', async () => {
    await holdForCourt(session, 'C-3', false);
    await applyRetention(eightYearsOn, { isDryRun: false });
    expect(await remembered()).toEqual(['C-2']);
    const wrong: string[] = [];
    for await (const { check, found } of validate(session)) if (found.total > 0) wrong.push(check.id);
    expect(wrong).toEqual([]);
    await verifyAudit(session, { anchors: false });
  });

  it('takes two years where the policy says two', async () => {
    await setPolicy(session, { 'retention.finishedRemindersDays': '730' });
    expect((await applyRetention(session, { isDryRun: true }))[0]).toMatchObject({ kind: 'reminders', olderThanDays: 730 });
  });
});
