/** Cases of the shared list of bad inputs that only a whole import decides, by their ids. Restated here: they are recipes, not texts. */
import { describe, expect, it } from 'vitest';

import { importLedger } from '../../../src/app/import-ledger.ts';
import type { Session } from '../../../src/app/session.ts';
import { dayOf } from '../../../src/domain/days.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { approveAll, plan, queue } from '../sending-day.ts';
import { csvFile, faultsOf, INVOICES, take } from './csv-file.ts';

const database = testDatabase();
let companies = 0;

async function company(): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: `CASE${(companies += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,ap@one.example,30']);
  return session;
}

const one = async ({ companyId }: Session, sql: string): Promise<unknown> =>
  (await database().admin.query<Record<string, unknown>>(sql, [companyId])).rows[0];

const INVOICE = 'INV-1,C-1,2026-09-01,2026-10-01,AED,100,';

describe('the required outcome of', () => {
  it('CI-041: the same bytes at the same moment are in once, and the other import says so', async () => {
    const session = await company();
    const path = await csvFile(INVOICES, INVOICE);
    const outcomes = await Promise.all([1, 2].map(() => importLedger(session, { path, mapping: 'wafa', kind: 'invoices' })));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['imported', 'nothing-new']);
    expect(outcomes.find(({ kind }) => kind === 'nothing-new')?.appliedBeforeAt).not.toBeNull();
    expect(await one(session, "select count(*)::int as batches from import_batches where company_id = $1 and kind = 'invoices'")).toEqual({
      batches: 1,
    });
  });

  it('CI-042: the same invoice with another amount is told as changed, and its approved reminder goes back to a person', async () => {
    const session = await company();
    await take(session, 'invoices', [INVOICE]);
    await plan(session);
    await approveAll(session);
    const outcome = await take(session, 'invoices', ['INV-1,C-1,2026-09-01,2026-10-01,AED,250,']);
    expect([outcome.counts.documentsChanged, outcome.reminders.needReview]).toEqual([1, 1]);
    expect((await queue(session)).map(({ status }) => status)).toEqual(['NEEDS_REVIEW']);
  });

  it('A-041: currencies are never added together, and a negative invoice is refused', async () => {
    const session = await company();
    const lines = (second: string) => [
      'I-1,C-1,2026-09-01,2026-10-01,AED,10.00,',
      `I-2,C-1,2026-09-01,2026-10-01,AED,${second},`,
      'I-3,C-1,2026-09-01,2026-10-01,USD,6.00,',
    ];
    expect((await faultsOf(take(session, 'invoices', lines('-4.00')))).map(({ code, row }) => `${row ?? ''} ${code}`)).toEqual([
      '3 wrong-sign',
    ]);
    await expect(take(session, 'invoices', lines('4.00'), { expectations: { totals: 'AED=20.00' } })).rejects.toThrow(/AED 14\.00, 20\.00/);
    const outcome = await take(session, 'invoices', lines('4.00'), { expectations: { totals: 'AED=14.00,USD=6.00' } });
    expect(outcome.counts.documentsAdded).toBe(3);
  });

  it('A-042: what is paid beyond an invoice stays on account and its balance stops at zero', async () => {
    const session = await company();
    await take(session, 'invoices', [INVOICE]);
    expect((await faultsOf(take(session, 'payments', ['P-1,C-1,2026-11-02,AED,150.00,INV-1,150.00']))).map(({ code }) => code)).toEqual([
      'invoice-over-allocated',
    ]);
    await take(session, 'payments', ['P-1,C-1,2026-11-02,AED,150.00,INV-1,100.00']);
    expect(
      await one(
        session,
        'select i.open_minor::int, p.unallocated_minor::int from invoices i join payments p on p.company_id = i.company_id where i.company_id = $1',
      ),
    ).toEqual({ open_minor: 0, unallocated_minor: 5_000 });
  });

  it('D-032: an invoice of five years ahead is a mistyped year', async () => {
    const faults = await faultsOf(take(await company(), 'invoices', ['INV-1,C-1,2031-09-01,2031-10-01,AED,100,']));
    expect(faults.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^bad-date: .*more than a year ahead/),
    ]);
  });

  it.each([
    ['D-033', 'Asia/Dubai', '2026-11-22T23:59:59.999+04:00', '2026-11-22'],
    ['D-033', 'Asia/Dubai', '2026-11-23T00:00:00+04:00', '2026-11-23'],
    ['D-035', 'Europe/London', '2026-03-29T01:00:00Z', '2026-03-29'],
    ['D-036', 'Europe/London', '2026-10-25T00:30:00Z', '2026-10-25'],
    ['D-036', 'Europe/London', '2026-10-25T01:30:00Z', '2026-10-25'],
  ])('%s: an instant has one civil day in %s at %s', (_id, timeZone, at, day) => {
    expect(dayOf(Temporal.Instant.from(at), timeZone).toString()).toBe(day);
  });
});
