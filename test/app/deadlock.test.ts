import { describe, expect, it } from 'vitest';

import { act } from '../../src/app/act.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger } from './ledger-files.ts';

const database = testDatabase();

/** Renames two customers one after another; on the first try waits in between until the other has renamed its first. */
function renamer(session: Session, codes: readonly [string, string], meet: () => Promise<void>) {
  const seen = { tries: 0 };
  const done = act(session, 'plan', async ({ tx, record }) => {
    seen.tries += 1;
    const rename = (code: string) =>
      tx.query(`update customers set name = name || '+' where company_id = $1 and code = $2`, [tx.companyId, code]);
    await rename(codes[0]);
    if (seen.tries === 1) await meet();
    await rename(codes[1]);
    record({ objectKind: 'verb', objectId: null, reason: 'renamed' });
  });
  return { seen, done };
}

describe('two intentions that wait for each other', () => {
  it('are both done, one of them from the beginning again, each with its event once', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'CIRCLE' });
    await importSmallLedger(session, { customers: [customer('A', { name: 'A' }), customer('B', { name: 'B' })] });
    let arrived = 0;
    const both = Promise.withResolvers<void>();
    const meet = (): Promise<void> => {
      arrived += 1;
      if (arrived === 2) both.resolve();
      return both.promise;
    };
    const one = renamer(session, ['A', 'B'], meet);
    const other = renamer(session, ['B', 'A'], meet);
    await Promise.all([one.done, other.done]);
    expect(one.seen.tries + other.seen.tries).toBe(3);
    const names = await database().admin.query<{ name: string }>('select name from customers where company_id = $1 order by code', [
      session.companyId,
    ]);
    expect(names.rows.map((row) => row.name)).toEqual(['A++', 'B++']);
    const events = await database().admin.query<{ n: number }>(
      `select count(*)::int as n from audit_logs where company_id = $1 and reason = 'renamed'`,
      [session.companyId],
    );
    expect(events.rows).toEqual([{ n: 2 }]);
  });
});
