import { beforeAll, describe, expect, it } from 'vitest';

import { adoptCalibration, readCalibration } from '../../src/app/calibrate.ts';
import { readCompany } from '../../src/app/company-settings.ts';
import type { Session } from '../../src/app/session.ts';
import { readPolicyHistory, setPolicy } from '../../src/app/set-policy.ts';
import { behaviourOn } from '../../src/domain/calibration/account-history.ts';
import { Draws } from '../../src/domain/calibration/draws.ts';
import { dayNumber } from '../../src/domain/days.ts';
import { withCompany } from '../../src/store/connection/with-company.ts';
import { loadAccountFacts } from '../../src/store/load-account-facts.ts';
import { calibrationAccounts, invoiceLives } from '../../src/store/sql/calibration-rows.ts';
import { oneShot } from '../hostile/one-shot.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';

const database = testDatabase();
const TODAY = Temporal.PlainDate.from('2026-11-23');
let session: Session;

/** Eighty customers with a lateness of their own, from nothing to four months, and a year and a half behind them. */
function book() {
  const draws = new Draws(11);
  const codes = Array.from({ length: 80 }, (_, index) => `C-${index + 1}`);
  const lives = codes.flatMap((code, index) =>
    Array.from({ length: 20 }, (_each, number) => {
      const dueOn = TODAY.subtract({ days: 545 - number * 27 - draws.below(20) });
      const paidOn = dueOn.add({ days: ((index * 37) % 120) + draws.below(20) });
      return { code, number: `${code}-${number}`, total: String(5_000 + draws.below(500)), dueOn, paidOn };
    }),
  );
  return {
    customers: codes.map((code) => customer(code)),
    invoices: lives.map(({ code, number, total, dueOn }) => invoice(code, number, total, dueOn.toString())),
    payments: lives
      .filter(({ paidOn }) => Temporal.PlainDate.compare(paidOn, TODAY) <= 0)
      .map(({ code, number, total, paidOn }) => ({
        payment_reference: `P-${number}`,
        customer_code: code,
        received_on: paidOn.toString(),
        currency: 'AED',
        amount: total,
        invoice_number: number,
        allocated_amount: total,
      })),
  };
}

const BLIND = {
  'priority.baseLogit': '0',
  'priority.latenessWeight': '0',
  'priority.lateShareWeight': '0',
  'priority.tenureWeight': '0',
};

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'LEARN', fromAddress: 'accounts@learn.example' });
  await importSmallLedger(session, book());
}, 60_000);

const run = async (...line: readonly string[]) => await oneShot(session.installation, ['--company', session.companyCode, ...line]);

describe('what is known of an account on a past day', () => {
  it('is the same for calibrating as it was for planning', async () => {
    await withCompany(database().app, session.companyId, async (tx) => {
      const accounts = await calibrationAccounts(tx, { afterId: 0, limit: 100, below: 2 ** 32 });
      const ids = accounts.map(({ id }) => id);
      const lives = Map.groupBy(await invoiceLives(tx, ids, 0), ({ accountId }) => accountId);
      for (const back of [0, 31, 200, 400]) {
        const asOn = TODAY.subtract({ days: back });
        for (const { account, behaviour } of await loadAccountFacts(tx, { accountIds: ids, asOn, timeZone: 'Asia/Dubai' })) {
          const rebuilt = behaviourOn(
            (lives.get(account.id) ?? []).map((life) => ({ ...life, total: Number(life.totalMinor), parts: [] })),
            dayNumber(asOn),
          );
          expect(behaviour).toMatchObject(rebuilt);
        }
      }
    });
  });

  it('a sample is the same accounts each time, and about as many as asked for', async () => {
    await withCompany(database().app, session.companyId, async (tx) => {
      const half = async () => (await calibrationAccounts(tx, { afterId: 0, limit: 100, below: 2 ** 31 })).map(({ id }) => id);
      expect(await half()).toEqual(await half());
      expect((await half()).length).toBeGreaterThan(25);
      expect((await half()).length).toBeLessThan(55);
    });
  });
});

describe('a calibration', { timeout: 60_000 }, () => {
  it('shows what would change, and changes nothing', async () => {
    const shown = await run('calibrate', '--json');
    expect(shown.exitCode).toBe(0);
    const data = JSON.parse(shown.stdout) as Readonly<Record<string, unknown>>;
    expect(data).toMatchObject({ until: TODAY.toString(), accounts: 80, sampledAccounts: 80, policyVersion: 1, adoptedVersion: null });
    expect(data['orders']).toHaveLength(6);
    expect((await readCompany(session)).policyNumber).toBe(1);
  });

  it('that wins is put in force by an ADMIN, as a new version with its reason, and then has nothing left to win', async () => {
    const { number } = await setPolicy(session, BLIND);
    const viewer = await sessionOf(database(), session, 'looker', ['VIEWER', 'OPERATOR', 'APPROVER']);
    const report = await readCalibration(viewer);
    expect(report.calibration.verdict).toBe('better');
    await expect(adoptCalibration(viewer, report)).rejects.toMatchObject({ kind: 'refused' });
    expect((await run('calibrate', '--adopt')).exitCode).toBe(2);
    expect((await readCompany(session)).policyNumber).toBe(number);
    const adopted = await run('calibrate', '--adopt', '--yes', '--json');
    expect(adopted.exitCode).toBe(0);
    const shown = JSON.parse(adopted.stdout) as { readonly changes: readonly unknown[] };
    expect(shown).toMatchObject({ verdict: 'better', adoptedVersion: number + 1 });
    expect(shown.changes).toContainEqual(expect.objectContaining({ key: 'priority.latenessWeight', before: '0' }));
    expect((await readPolicyHistory(session))[0]).toMatchObject({ number: number + 1, note: 'calibrated to the settled invoices' });
    await expect(adoptCalibration(session, report)).rejects.toMatchObject({ code: 'policy.moved' });
  });

  it('that does not win is refused, with its figures', async () => {
    const again = await run('calibrate', '--adopt', '--yes');
    expect(again.exitCode).toBe(5);
    expect(again.stdout).toContain('no better than chance would have it');
    await expect(adoptCalibration(session, await readCalibration(session))).rejects.toMatchObject({ code: 'calibrate.no-win' });
  });

  it('says when there is too little to learn from', async () => {
    const young = await companyWith(testInstallation(database()), { code: 'YOUNG', fromAddress: 'accounts@young.example' });
    await importSmallLedger(young, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-10-01')] });
    const shown = await oneShot(young.installation, ['--company', 'YOUNG', 'calibrate']);
    expect(shown.exitCode).toBe(4);
    expect(shown.stdout).toContain('There is too little history: the ledger is too short');
  });
});
