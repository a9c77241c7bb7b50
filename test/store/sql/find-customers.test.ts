/** Finding a part of a name that thousands of names hold, where reading stops early. */
import { expect, it } from 'vitest';

import { withCompany } from '../../../src/store/connection/with-company.ts';
import { customersByNamePart } from '../../../src/store/sql/find-customers.ts';
import { testDatabase } from '../../support/database.ts';
import { createCompany } from '../../support/fixtures.ts';

const database = testDatabase();

it('names that begin with the part come first, however many merely hold it and wherever their codes stand', async () => {
  const companyId = await createCompany(database().app);
  const found = await withCompany(database().app, companyId, async (tx) => {
    await tx.query(
      `insert into customers (company_id, code, name)
       select $1::bigint, 'A-' || lpad(n::text, 5, '0'), 'Gulf Holding ' || n from generate_series(1, 2500) n
       union all select $1::bigint, 'Z-' || n, 'Holding of the North ' || n from generate_series(1, 2) n`,
      [companyId],
    );
    return { many: await customersByNamePart(tx, 'holding', 4), few: await customersByNamePart(tx, 'holding2499', 4) };
  });
  expect(found.many.map(({ code }) => code)).toEqual(['Z-1', 'Z-2', 'A-00001', 'A-00002']);
  expect(found.few.map(({ code }) => code)).toEqual(['A-02499']);
});
