import { describe, expect, it } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { bulkInsert } from '../../../src/store/sql/bulk-insert.ts';
import { companyWith, testInstallation } from '../../app/installation.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();

const NAMES = Array.from({ length: 1_300 }, (_, at) => (at % 7 === 0 ? `"Quoted, ${at}" \\ LLC` : `شركة ${at}`));

async function insertedContacts(companyId: CompanyId, isSharded: boolean): Promise<readonly unknown[]> {
  return await withCompany(database().app, companyId, async (tx) => {
    const prefix = isSharded ? 'V' : 'A';
    const [customer] = await bulkInsert<{ id: number }>(tx, {
      table: 'customers',
      columns: ['code', 'name', 'customer_since_on', 'credit_limit_minor'],
      rows: [[prefix, 'One', Temporal.PlainDate.from('2024-02-29'), 9_007_199_254_740_993n]],
      suffix: 'returning id',
      isSharded,
    });
    return await bulkInsert(tx, {
      table: 'contacts',
      columns: ['customer_id', 'name', 'title', 'address', 'levels', 'is_primary', 'source'],
      rows: NAMES.map((name, at) => [
        customer?.id,
        name,
        at % 2 === 0 ? null : '',
        `a${at}@x.example`,
        at === 3 ? ['POLITE', 'FIRM'] : [],
        false,
        'test',
      ]),
      suffix: 'returning name, title, address, levels, is_primary',
      isSharded,
    });
  });
}

describe('many rows at once', () => {
  it('are the same rows in the same order, as arrays on a plain server and as values on a sharded one', async () => {
    const { companyId } = await companyWith(testInstallation(database()), { code: 'BULK' });
    const asArrays = await insertedContacts(companyId, false);
    expect(asArrays).toHaveLength(NAMES.length);
    expect(asArrays.slice(2, 4)).toEqual([
      { name: 'شركة 2', title: null, address: 'a2@x.example', levels: [], isPrimary: false },
      { name: 'شركة 3', title: '', address: 'a3@x.example', levels: ['POLITE', 'FIRM'], isPrimary: false },
    ]);
    expect(await insertedContacts(companyId, true)).toEqual(asArrays);
  });

  it('go to no other company, in either form', async () => {
    const one = await companyWith(testInstallation(database()), { code: 'ONE' });
    const other = await companyWith(testInstallation(database()), { code: 'OTHER' });
    for (const isSharded of [false, true]) {
      const smuggled = withCompany(database().app, one.companyId, (tx) =>
        bulkInsert({ ...tx, companyId: other.companyId }, { table: 'customers', columns: ['code', 'name'], rows: [['X', 'X']], isSharded }),
      );
      await expect(smuggled).rejects.toThrow(/row-level security/);
    }
  });
});
