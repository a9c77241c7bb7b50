import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { endQuiet, keepQuiet } from '../../../src/app/calendar/keep-quiet.ts';
import { readCalendarMonth } from '../../../src/app/calendar/read-calendar.ts';
import { undoApprovals } from '../../../src/app/change-reminders.ts';
import { readCompany } from '../../../src/app/company-settings.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { startInbox, type MailInbox } from '../../support/mail-inbox.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;
const company = async (timeZone = 'Asia/Dubai'): Promise<Session> => {
  companies += 1;
  const request = { code: `QUIET${companies}`, phone: '+971 4 000 0000', contactPerson: 'Mariam', timeZone };
  return await companyWith(testInstallation(database()), request);
};

const reason = 'audit of the books';

describe('a quiet', () => {
  it.each([
    ['2026-11-25', '2026-11-24T20:00:00Z'],
    ['2026-11-25T09:30', '2026-11-25T05:30:00Z'],
    ['2026-11-25T09:30:00+00:00', '2026-11-25T09:30:00Z'],
  ])('until %s is read in the zone of the company', async (until, instant) => {
    const session = await company();
    expect(await keepQuiet(session, { until, reason })).toEqual({ until: Temporal.Instant.from(instant), isChanged: true });
    expect((await readCompany(session)).quietUntil?.toString()).toBe(instant);
  });

  it('of a company elsewhere begins and ends with its own days', async () => {
    const session = await company('Asia/Karachi');
    expect((await keepQuiet(session, { until: '2026-11-25', reason })).until?.toString()).toBe('2026-11-24T19:00:00Z');
  });

  it.each([
    ['2026-11-22', 'calendar.quiet-span'],
    ['2062-11-25', 'calendar.quiet-span'],
    ['2026-11-23T10:00', 'calendar.quiet-span'],
    ['2026-02-30', 'calendar.bad-instant'],
    ['tomorrow', 'calendar.bad-instant'],
  ])('until %s is refused', async (until, code) => {
    await expect(keepQuiet(await company(), { until, reason })).rejects.toMatchObject({ code });
  });

  const approvedCompany = async (): Promise<Session> => {
    const session = await company();
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02')] });
    await plan(session);
    await approveAll(session);
    return session;
  };
  const sentAtEleven = async (session: Session): Promise<number> => {
    const before = inbox.received.length;
    await sendThrough(await at(session, '2026-11-23T11:00:00+04:00'), inbox.url);
    return inbox.received.length - before;
  };

  it('lets nothing leave that is approved; without it, or once it has ended, the same mail leaves', async () => {
    const loud = await approvedCompany();
    expect(await sentAtEleven(loud)).toBe(1);
    const session = await approvedCompany();
    await keepQuiet(session, { until: '2026-11-24', reason });
    expect(await sentAtEleven(session)).toBe(0);
    await endQuiet(session);
    // The pass put it off to the morning after; approving it anew brings it forward.
    expect(await sentAtEleven(session)).toBe(0);
    await undoApprovals(session, { filter: {} });
    await approveAll(session);
    expect(await sentAtEleven(session)).toBe(1);
  });

  it('is shown while it lasts, is in the audit with its reason, and raises the facts of the company', async () => {
    const session = await company();
    const before = (await readCompany(session)).factsVersion;
    await keepQuiet(session, { until: '2026-11-25', reason });
    expect(await keepQuiet(session, { until: '2026-11-25T00:00', reason })).toMatchObject({ isChanged: false });
    expect((await readCalendarMonth(session)).quietUntil).toBe('2026-11-24T20:00:00Z');
    expect((await readCalendarMonth(await at(session, '2026-11-25T00:00:00+04:00'))).quietUntil).toBeNull();
    await endQuiet(session);
    expect(await endQuiet(session)).toMatchObject({ isChanged: false });
    expect((await readCompany(session)).factsVersion).toBe(before + 2);
    const { rows } = await database().admin.query(
      "select to_state, reason, detail from audit_logs where company_id = $1 and verb = 'calendar quiet' order by id",
      [session.companyId],
    );
    expect(rows).toEqual([
      { to_state: 'QUIET', reason, detail: { before: null, until: '2026-11-24T20:00:00Z' } },
      { to_state: 'NOT-QUIET', reason: null, detail: { before: '2026-11-24T20:00:00Z', until: null } },
    ]);
  });

  it('is not for an operator to begin or to end', async () => {
    const session = await company();
    const operator = await sessionOf(database(), session, `quiet-operator-${companies}`, ['OPERATOR']);
    await expect(keepQuiet(operator, { until: '2026-11-25', reason })).rejects.toMatchObject({ code: 'permission.refused' });
    await keepQuiet(session, { until: '2026-11-25', reason });
    await expect(endQuiet(operator)).rejects.toMatchObject({ code: 'permission.refused' });
    expect((await readCompany(session)).quietUntil).not.toBeNull();
  });
});
