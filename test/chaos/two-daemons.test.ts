import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { runChaos, type ChaosPlan } from './two-daemons.ts';

const database = testDatabase();

/** `npm run chaos` sets how long and how large; the suite's own takes a minute. */
const SECONDS = Number(process.env['WAFA_CHAOS_SECONDS'] ?? 60);
const REMINDERS = Number(process.env['WAFA_CHAOS_REMINDERS'] ?? 1_500);
const KILLS = Number(process.env['WAFA_CHAOS_KILLS'] ?? 25);
const SEED = Number(process.env['WAFA_CHAOS_SEED'] ?? Math.floor(Math.random() * 1e9));

async function approved(code: string, reminders: number): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { login: userInfo().username }), {
    code,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await setPolicy(session, {
    'approval.undoMinutes': '0',
    'release.cautionAbove': '100000',
    'sending.perDay': '100000',
    'sending.perDomainPerHour': '10000',
  });
  const codes = Array.from({ length: reminders }, (_, index) => `${code}-${index + 1}`);
  await importSmallLedger(session, {
    customers: codes.map((one) => customer(one)),
    invoices: codes.flatMap((one) => [invoice(one, `${one}/1`, '900', '2026-11-02'), invoice(one, `${one}/2`, '500', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

const chaosIn = (session: Session, changes: Partial<ChaosPlan>) =>
  runChaos({ session, admin: database().admin, env: database().env, forMs: SECONDS * 1_000, leastKills: KILLS, seed: SEED, ...changes });

describe('two daemons in a world where everything goes wrong', () => {
  it('deliver nothing twice, lose nothing, and never say what is not so', { timeout: SECONDS * 4_000 + 240_000 }, async () => {
    const report = await chaosIn(await approved('CHAOS', REMINDERS), {});
    process.stdout.write(`seed ${SEED}: ${JSON.stringify({ ...report, violations: undefined })}\n`);
    expect(Object.entries(report.violations).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(KILLS);
    expect(report.taken).toBeGreaterThan(50);
    expect(report.lostCommits).toBeGreaterThan(0);
  });
});

describe('the judge of all that', () => {
  it.each(['at most once', 'evidence'] as const)('notices when the guard of "%s" is taken away', { timeout: 240_000 }, async (without) => {
    const session = await approved(without === 'evidence' ? 'LIES' : 'AGAIN', 300);
    const { violations } = await chaosIn(session, { without, forMs: 20_000, leastKills: 8 });
    expect(violations[without === 'evidence' ? 'called sent and not taken' : 'delivered twice']).not.toEqual([]);
  });
});
