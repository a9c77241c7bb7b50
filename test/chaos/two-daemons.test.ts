import { describe, expect, it } from 'vitest';

import { testDatabase } from '../support/database.ts';
import { approvedCompany, chaosIn } from './approved-company.ts';

const database = testDatabase();

const SECONDS = 60;
const REMINDERS = 1_500;
const KILLS = 25;
const SEED = Number(process.env['WAFA_CHAOS_SEED'] ?? Math.floor(Math.random() * 1e9));

const untroubled = (violations: Readonly<Record<string, readonly unknown[]>>) =>
  Object.entries(violations).filter(([, found]) => found.length > 0);

describe('two daemons in a world where everything goes wrong', () => {
  it('deliver nothing twice, lose nothing, and never say what is not so', { timeout: 900_000 }, async () => {
    const report = await chaosIn(database(), await approvedCompany(database(), 'CHAOS', REMINDERS), {
      forMs: SECONDS * 1_000,
      leastKills: KILLS,
      seed: SEED,
      inPeace: 100,
    });
    process.stdout.write(`seed ${SEED}: ${JSON.stringify({ ...report, violations: undefined })}\n`);
    expect(untroubled(report.violations)).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(KILLS);
    expect(report.taken).toBeGreaterThan(50);
    expect(report.lostCommits).toBeGreaterThan(0);
  });
});

/** Harm is done within seconds; a busy machine needs minutes until a daemon has sent anything at all. */
const LONGEST_UNTIL_NOTICED_MS = 240_000;

describe('the judge of all that', () => {
  it.each([
    ['at most once', 'AGAIN', ['delivered twice']],
    ['version', 'BATCH', ['taken and called not sent']],
  ] as const)('notices when the guard of "%s" is taken away', { timeout: 600_000 }, async (without, code, kinds) => {
    const { violations } = await chaosIn(database(), await approvedCompany(database(), code, 300), {
      seed: SEED,
      without,
      until: kinds,
      forMs: LONGEST_UNTIL_NOTICED_MS,
      leastKills: 0,
    });
    expect(kinds.flatMap((kind) => violations[kind] ?? [])).not.toEqual([]);
  });

  // Told at the end, about whatever is in doubt then.
  it('notices when uncertain mails are called sent without evidence', { timeout: 600_000 }, async () => {
    const { violations } = await chaosIn(database(), await approvedCompany(database(), 'LIES', 100), {
      seed: SEED,
      without: 'evidence',
      inPeace: 20,
      forMs: 2_000,
      leastKills: 1,
    });
    expect(violations['called sent and not taken']).not.toEqual([]);
  });
});
