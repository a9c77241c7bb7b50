import { beforeAll, describe, expect, it } from 'vitest';

import { explainAccount } from '../../src/app/explain-account.ts';
import { explanationView } from '../../src/app/explanation-view.ts';
import { recordBlock } from '../../src/app/record-block.ts';
import type { Session } from '../../src/app/session.ts';
import { simulateLedger } from '../../src/app/simulate-ledger.ts';
import { simulationView } from '../../src/app/simulation-view.ts';
import { simulatePresenter } from '../../src/cli/present/simulate.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { plan } from './sending-day.ts';

const database = testDatabase();
let session: Session;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'AHEAD', fromAddress: 'accounts@ahead.example' });
  await importSmallLedger(session, {
    customers: ['C-1', 'C-2', 'C-3', 'C-4'].map((code) => customer(code)),
    invoices: [
      invoice('C-1', 'INV-1', '5000', '2026-11-02'),
      invoice('C-1', 'INV-2', '3200', '2026-11-05'),
      invoice('C-2', 'INV-3', '9000', '2026-11-26'),
      invoice('C-3', 'INV-4', '7000', '2026-11-02'),
    ],
  });
  await recordBlock(session, { kind: 'DISPUTE', customerCode: 'C-3', until: 'never', reason: 'short delivery' });
});

const sentencesFor = async (code: string): Promise<readonly string[]> => explanationView(await explainAccount(session, code)).sentences;

const simulated = (days: number, policy: Readonly<Record<string, string>> = {}) => simulateLedger(session, { days, policy });

describe('explaining a silence', () => {
  it('says when the customer would be contacted if nothing is paid', async () => {
    const { data, sentences } = explanationView(await explainAccount(session, 'C-2'));
    expect(data.decision).toBe('skip');
    expect(data.nextContactOn).toMatch(/^2026-12-/);
    expect(sentences.at(-1)).toMatch(/^They would be contacted on \w{3} \d+ Dec 2026 if nothing is paid\.$/);
  });

  it('says that nothing changes by itself while a dispute stands, or nothing is open', async () => {
    for (const code of ['C-3', 'C-4'])
      expect((await sentencesFor(code)).at(-1)).toBe('Nothing in the coming 60 days would change that by itself.');
  });

  it('foretells nothing for a customer who is reminded now', async () => {
    const { data, sentences } = explanationView(await explainAccount(session, 'C-1'));
    expect(data).toMatchObject({ decision: 'reminder', nextContactOn: null });
    expect(sentences.join(' ')).not.toContain('would be contacted on');
  });
});

describe('a simulation', () => {
  it('starts with what planning proposes today, and goes on to the final reminder', async () => {
    const { policies } = await simulated(120);
    const [inForce, changed] = policies;
    expect(changed).toBeUndefined();
    expect(inForce?.days[0]).toMatchObject({ reminders: 1, itemsCovered: 2, emailsAvoided: 1, byLevel: { POLITE: 1 } });
    expect(inForce?.days[0]?.on.toString()).toBe('2026-11-23');
    // C-1 and C-2 climb; the disputed C-3 and C-4, who owes nothing, are left alone.
    expect(inForce?.totals).toMatchObject({ byLevel: { FINAL: 2 }, ladderComplete: 2 });
  });

  it('contacts a silent customer on the day that explaining names', async () => {
    const { nextContactOn } = await explainAccount(session, 'C-2');
    const [inForce] = (await simulated(30)).policies;
    const on = inForce?.days.find((day) => day.on.toString() === nextContactOn?.toString());
    expect(on?.byLevel.POLITE).toBeGreaterThan(0);
  });

  it('shows the policy in force beside the changed one, which is not adopted', async () => {
    const simulation = await simulated(90, { 'interval.politeDays': '20' });
    const [inForce, changed] = simulation.policies;
    expect(changed?.changes).toEqual([{ key: 'interval.politeDays', before: '7', after: '20' }]);
    expect(changed?.totals.reminders).toBeLessThan(inForce?.totals.reminders ?? 0);
    expect((await simulated(90)).policies[0]?.totals).toEqual(inForce?.totals);
    const page = simulatePresenter.page(simulationView(simulation), { notes: [], timeZone: 'Asia/Dubai' });
    expect(page).toContainEqual({ kind: 'line', text: 'Changed: interval.politeDays 7 to 20' });
    const [totals] = page.filter((block) => block.kind === 'table');
    expect(totals?.columns.map(({ title }) => title)).toEqual(['IN ALL', 'IN FORCE', 'CHANGED']);
  });

  it('refuses a policy key that does not exist', async () => {
    await expect(simulated(10, { 'interval.polite': '20' })).rejects.toMatchObject({ code: 'policy.unknown-key' });
  });

  it('is open to a viewer and leaves no trace', async () => {
    const viewer = await sessionOf(database(), session, 'vera', ['VIEWER']);
    const rows = async (): Promise<unknown> =>
      (
        await database().admin.query(
          `select (select count(*) from plan_runs) as runs, (select count(*) from audit_logs) as events,
                  (select count(*) from customer_consolidated_reminders) as reminders, (select count(*) from policy_versions) as policies`,
        )
      ).rows;
    const before = await rows();
    await simulateLedger(viewer, { days: 60, policy: { 'minimum.amount': '1' } });
    expect(await rows()).toEqual(before);
  });

  it('is the same once the first proposals are stored', async () => {
    const before = simulationView(await simulated(60));
    expect(await plan(session)).toMatchObject({ reminders: 1 });
    expect(simulationView(await simulated(60))).toEqual(before);
  });
});
