/** `npm run chaos`: as many rounds as were asked for. No part of `npm test`, see `run.mjs`. */
import { expect, it } from 'vitest';

import { testDatabase } from '../support/database.ts';
import { approvedCompany, chaosIn } from './approved-company.ts';
import { longRun } from './long-run.ts';

const database = testDatabase();

const SEED = Math.floor(Math.random() * 1e9);

it('two daemons deliver nothing twice, lose nothing, and never say what is not so', { timeout: 7 * 24 * 3_600_000 }, async () => {
  const total = await longRun(process.env['WAFA_CHAOS_LONG'] ?? '', async ({ round, reminders, kills }) =>
    chaosIn(database(), await approvedCompany(database(), `LONG${round}`, reminders), { forMs: 0, leastKills: kills, seed: SEED + round }),
  );
  expect(total.violations).toEqual({});
});
