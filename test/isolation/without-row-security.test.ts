/**
 * Two walls keep companies apart: row-level security, and the company named in every statement. Here the first one is torn down, as if
 * the program ran as the tables' owner on tables that do not force it: what the canary sees then, and what it must not see.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { commandRegistry } from '../../src/app/commands/registry.ts';
import type { Installation } from '../../src/app/installation.ts';
import { withCompany } from '../../src/store/connection/with-company.ts';
import type { Database } from '../../src/store/connection/pool.ts';
import { oneShot } from '../hostile/one-shot.ts';
import { tenantTables } from '../store/schema/catalogue.ts';
import { testDatabase } from '../support/database.ts';
import { leaksIn, mailTexts, rowsOf, tableHashes } from './leak.ts';
import { workTwoCompanies, type TwoCompanies } from './two-companies.ts';
import { VERB_LINES } from './verbs.ts';

const database = testDatabase();
let two: TwoCompanies;

beforeAll(async () => {
  two = await workTwoCompanies(database());
  for (const table of await tenantTables(database().admin))
    await database().admin.query(`alter table ${table} no force row level security`);
});
afterAll(() => two.inbox.close());

/** A verb whose author forgot to name the company in its statements. */
const forgetful = (connection: Database): Promise<readonly unknown[]> =>
  withCompany(connection, two.mine.companyId, async (tx) => [
    ...(await tx.query('select * from customers')),
    ...(await tx.query('select * from invoices')),
    ...(await tx.query('select * from customer_consolidated_reminders')),
  ]);

describe('a statement that names no company', () => {
  it('shows my own rows as long as row-level security holds', async () => {
    const rows = await forgetful(database().app);
    expect(rows.length).toBeGreaterThan(10);
    expect(leaksIn(rows, two.mark)).toEqual([]);
  });

  it('shows the canary without it: the canary is seen by whoever can see it', async () => {
    expect(leaksIn(await forgetful(database().owner), two.mark)).not.toEqual([]);
  });

  it('changes the other company without it, which the hashes of its tables tell', async () => {
    const before = await tableHashes(database().admin, two.theirs.companyId);
    const touch = (connection: Database): Promise<number> =>
      withCompany(connection, two.mine.companyId, (tx) => tx.execute('update invoices set source = source'));
    await touch(database().app);
    expect(await tableHashes(database().admin, two.theirs.companyId)).toEqual(before);
    await touch(database().owner);
    expect((await tableHashes(database().admin, two.theirs.companyId))['invoices']).not.toBe(before['invoices']);
  });
});

describe('every statement of every verb names its company, so that the second wall stands alone', () => {
  it.each(commandRegistry.map(({ name }) => name))('%s', async (name) => {
    const unguarded: Installation = { ...two.mine.installation, database: async () => database().owner };
    const before = await tableHashes(database().admin, two.theirs.companyId);
    // `prepared` refuses a role that row-level security does not bind only when that role is a superuser: an owner gets through here.
    for (const line of (await VERB_LINES[name]?.(two.existing)) ?? []) {
      const shown = await oneShot(unguarded, [...(line.includes('--company') ? [] : ['--company', 'ALPHA']), ...line]);
      expect([line, leaksIn(shown, two.mark)]).toEqual([line, []]);
      expect([line, shown.bugs]).toEqual([line, []]);
    }
    expect(await tableHashes(database().admin, two.theirs.companyId)).toEqual(before);
  });

  it('and nothing of the other company is in a mail or in my rows afterwards', async () => {
    expect(two.inbox.received.flatMap((received) => leaksIn(mailTexts(received), two.mark))).toEqual([]);
    const rows = await rowsOf(database().admin, two.mine.companyId);
    expect(Object.values(rows).flatMap((table) => leaksIn(table.join('\n'), two.mark))).toEqual([]);
  });
});
