import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';

import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, plan } from '../app/sending-day.ts';
import { testDatabase } from '../support/database.ts';
import { longRun } from './long-run.ts';
import { runChaos, type ChaosPlan } from './two-daemons.ts';

const database = testDatabase();

const SECONDS = 60;
const REMINDERS = 1_500;
const KILLS = 25;
const SEED = Number(process.env['WAFA_CHAOS_SEED'] ?? Math.floor(Math.random() * 1e9));

/** `npm run chaos` asks for so many deliveries and kills instead, in rounds, and keeps count of them in a file. */
const LONG = process.env['WAFA_CHAOS_LONG'];

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
  runChaos({
    session,
    admin: database().admin,
    env: database().env,
    appLogin: database().target.application,
    forMs: SECONDS * 1_000,
    leastKills: KILLS,
    seed: SEED,
    ...changes,
  });

const untroubled = (violations: Readonly<Record<string, readonly unknown[]>>) =>
  Object.entries(violations).filter(([, found]) => found.length > 0);

describe.runIf(LONG !== undefined)('two daemons for as long as was asked for', () => {
  it('deliver nothing twice, lose nothing, and never say what is not so', { timeout: 7 * 24 * 3_600_000 }, async () => {
    const total = await longRun(LONG ?? '', async ({ round, reminders, kills }) =>
      chaosIn(await approved(`LONG${round}`, reminders), { forMs: 0, leastKills: kills, seed: SEED + round }),
    );
    expect(total.violations).toEqual({});
  });
});

describe.runIf(LONG === undefined)('two daemons in a world where everything goes wrong', () => {
  it('deliver nothing twice, lose nothing, and never say what is not so', { timeout: 900_000 }, async () => {
    const report = await chaosIn(await approved('CHAOS', REMINDERS), { inPeace: 100 });
    process.stdout.write(`seed ${SEED}: ${JSON.stringify({ ...report, violations: undefined })}\n`);
    expect(untroubled(report.violations)).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(KILLS);
    expect(report.taken).toBeGreaterThan(50);
    expect(report.lostCommits).toBeGreaterThan(0);
  });
});

/** Harm is done within seconds; a busy machine needs minutes until a daemon has sent anything at all. */
const LONGEST_UNTIL_NOTICED_MS = 240_000;

describe.runIf(LONG === undefined)('the judge of all that', () => {
  it.each([
    ['at most once', 'AGAIN', ['delivered twice']],
    ['version', 'BATCH', ['taken and called not sent']],
  ] as const)('notices when the guard of "%s" is taken away', { timeout: 600_000 }, async (without, code, kinds) => {
    const { violations } = await chaosIn(await approved(code, 300), {
      without,
      until: kinds,
      forMs: LONGEST_UNTIL_NOTICED_MS,
      leastKills: 0,
    });
    expect(kinds.flatMap((kind) => violations[kind] ?? [])).not.toEqual([]);
  });

  // Told at the end, about whatever is in doubt then.
  it('notices when uncertain mails are called sent without evidence', { timeout: 600_000 }, async () => {
    const { violations } = await chaosIn(await approved('LIES', 100), { without: 'evidence', inPeace: 20, forMs: 2_000, leastKills: 1 });
    expect(violations['called sent and not taken']).not.toEqual([]);
  });
});
