/**
 * Why the ORM may not batch its updates: a batch asks for the versions first and writes without them, so a change that commits in between
 * is lost without an error. The same two changes are made with and without batching; only the latter is refused.
 */
import { MikroORM, OptimisticLockError } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';

import { withCompany } from '../../src/store/connection/with-company.ts';
import { Customer } from '../../src/store/entities/customer.entity.ts';
import { ormOptions } from '../../src/store/orm.ts';
import { testDatabase } from '../support/database.ts';
import { createCompany } from '../support/fixtures.ts';

const database = testDatabase();

/** Changes both customers of a company at once, while somebody changes one of them just before the write. @returns their names. */
async function changeBoth(code: string, useBatchUpdates: boolean): Promise<readonly string[]> {
  const companyId = await createCompany(database().app, code);
  await withCompany(database().app, companyId, (tx) =>
    tx.query(`insert into customers (company_id, code, name) values ($1, 'A', 'A'), ($1, 'B', 'B')`, [companyId]),
  );
  const somebodyElse = (): Promise<unknown> =>
    withCompany(database().app, companyId, (tx) =>
      tx.query(`update customers set name = 'Theirs', version = version + 1 where company_id = $1 and code = 'B'`, [companyId]),
    );
  const pool = interruptedPool(companyId, somebodyElse);
  const orm = new MikroORM({ ...ormOptions(new PostgresDialect({ pool })), implicitTransactions: true, useBatchUpdates });
  try {
    const em = orm.em.fork();
    for (const customer of await em.find(Customer, { companyId })) customer.name = 'Ours';
    await em.flush();
  } finally {
    await orm.close(true);
  }
  const rows = await withCompany(database().app, companyId, (tx) =>
    tx.query<{ name: string }>('select name from customers where company_id = $1 order by code', [companyId]),
  );
  return rows.map((row) => row.name);
}

/** Connections of the application role on which the first write of customers is preceded by somebody else's. */
function interruptedPool(companyId: number, interrupt: () => Promise<unknown>): pg.Pool {
  const pool = new pg.Pool({ ...database().target.application, options: `-c wafa.company_id=${companyId}`, max: 1 });
  let isInterrupted = false;
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>;
    client.query = (async (...parts: unknown[]) => {
      const text = typeof parts[0] === 'string' ? parts[0] : (parts[0] as { text?: string }).text;
      if (!isInterrupted && /^update "customers"/i.test(text ?? '')) {
        isInterrupted = true;
        await interrupt();
      }
      return await send(...parts);
    }) as typeof client.query;
  });
  return pool;
}

describe('two entities changed at once, one of them by somebody else meanwhile', () => {
  it('are refused as the ORM is set up', async () => {
    await expect(changeBoth('SINGLE', false)).rejects.toBeInstanceOf(OptimisticLockError);
  });

  it('would overwrite the other change without a word if updates were batched', async () => {
    await expect(changeBoth('BATCHED', true)).resolves.toEqual(['Ours', 'Ours']);
  });
});
