import { beforeAll, describe, expect, it } from 'vitest';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { withCompany, type CompanyTx } from '../../../src/store/connection/with-company.ts';
import { lockAccounts } from '../../../src/store/sql/account-lock.ts';
import type { Session } from '../../../src/app/session.ts';
import { take } from '../../app/import/csv-file.ts';
import { companyWith, testInstallation } from '../../app/installation.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();
let session: Session;
let ids: readonly CustomerId[];

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'LOCK' });
  await take(session, 'customers', ['C-1,One,,', 'C-2,Two,,']);
  ids = (await database().admin.query<{ id: string }>('select id from customers order by id')).rows.map(
    ({ id }) => Number(id) as CustomerId,
  );
});

/** Two transactions that each take both accounts by `lock`, the second in the other order, meeting after their first statement. */
async function crossed(
  lock: (tx: CompanyTx, accounts: readonly CustomerId[], meet: () => Promise<void>) => Promise<void>,
): Promise<readonly PromiseSettledResult<void>[]> {
  let arrived = 0;
  const both = Promise.withResolvers<void>();
  const meet = async (): Promise<void> => {
    arrived += 1;
    if (arrived === 2) both.resolve();
    await both.promise;
  };
  return await Promise.allSettled(
    [ids, ids.toReversed()].map((order) => withCompany(database().app, session.companyId, (tx) => lock(tx, order, meet))),
  );
}

describe('the account lock', () => {
  it('is taken in id order, so that two who need the same accounts wait instead of deadlocking', async () => {
    const results = await crossed(async (tx, accounts, meet) => {
      await meet();
      await lockAccounts(tx, accounts);
    });
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('would deadlock were the rows taken in the order they are named', async () => {
    const results = await crossed(async (tx, [first, second], meet) => {
      await tx.query('select id from customers where company_id = $1 and id = $2 for update', [tx.companyId, first]);
      await meet();
      await tx.query('select id from customers where company_id = $1 and id = $2 for update', [tx.companyId, second]);
    });
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('finds no account of another company', async () => {
    const other = await companyWith(testInstallation(database()), { code: 'LOCK2' });
    const versions = async (): Promise<unknown> =>
      (await database().admin.query('select id, facts_version from customers order by id')).rows;
    const before = await versions();
    await withCompany(database().app, other.companyId, (tx) => lockAccounts(tx, ids));
    expect(await versions()).toEqual(before);
  });
});
