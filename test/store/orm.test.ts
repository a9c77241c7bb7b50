import { OptimisticLockError } from '@mikro-orm/core';
import { beforeAll, describe, expect, it } from 'vitest';

import { asId, type CompanyId } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/connection/pool.ts';
import { type CompanyTx, withCompany } from '../../src/store/connection/with-company.ts';
import { Customer } from '../../src/store/entities/customer.entity.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const company = (id: number): CompanyId => asId<'company'>(id);
const COMPANIES = 8;

beforeAll(async () => {
  for (let id = 1; id <= COMPANIES; id += 1) {
    await database().admin.query(
      `insert into companies (company_id, code, name, mail_from_name, mail_from_address) values ($1, $2, 'Company', 'Company', 'ar@company.test')`,
      [id, `C${id}`],
    );
  }
});

async function addCustomer(tx: CompanyTx, code: string): Promise<Customer> {
  const em = await tx.em();
  const customer = em.create(Customer, { companyId: tx.companyId, code, name: `Customer ${code}` } as never);
  await em.flush();
  return customer;
}

const codes = (id: number): Promise<readonly { code: string }[]> =>
  withCompany(database().app, company(id), (tx) =>
    tx.query<{ code: string }>('select code from customers where company_id = $1 order by code', [tx.companyId]),
  );

describe('an EntityManager inside a transaction', () => {
  it('shares the transaction with the SQL beside it, and is flushed before the commit', async () => {
    await withCompany(database().app, company(1), async (tx) => {
      const customer = await addCustomer(tx, 'A');
      const row = await tx.one<{ name: string }>('select name from customers where company_id = $1 and id = $2', [
        tx.companyId,
        customer.id,
      ]);
      expect(row.name).toBe('Customer A');
      customer.name = 'Renamed';
    });
    const name = withCompany(database().app, company(1), (tx) =>
      tx.one(`select name from customers where company_id = $1 and code = 'A'`, [tx.companyId]),
    );
    await expect(name).resolves.toEqual({ name: 'Renamed' });
  });

  it('writes nothing when the work fails', async () => {
    const failing = withCompany(database().app, company(2), async (tx) => {
      await addCustomer(tx, 'LOST');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await expect(codes(2)).resolves.toEqual([]);
  });

  it('sees and writes only the company of its transaction', async () => {
    await withCompany(database().app, company(3), (tx) => addCustomer(tx, 'THEIRS'));
    await withCompany(database().app, company(4), async (tx) => {
      const em = await tx.em();
      // No condition on the company: only row-level security stands between.
      await expect(em.find(Customer, {})).resolves.toEqual([]);
    });
    const smuggling = withCompany(database().app, company(4), async (tx) => {
      (await tx.em()).create(Customer, { companyId: company(3), code: 'X', name: 'X' } as never);
    });
    await expect(smuggling).rejects.toThrow('row-level security');
  });

  it('refuses to overwrite what somebody else changed meanwhile', async () => {
    await withCompany(database().app, company(5), async (tx) => {
      await addCustomer(tx, 'A');
      await addCustomer(tx, 'B');
    });
    const overwriting = withCompany(database().app, company(5), async (tx) => {
      const em = await tx.em();
      const found = await em.find(Customer, { companyId: tx.companyId });
      await withCompany(database().app, company(5), (other) =>
        other.execute(`update customers set name = 'Theirs', version = version + 1 where company_id = $1 and code = 'B'`, [
          other.companyId,
        ]),
      );
      // Two of one class at once: batched updates would overwrite the second one silently.
      for (const customer of found) customer.name = 'Ours';
    });
    await expect(overwriting).rejects.toThrow(OptimisticLockError);
    const kept = withCompany(database().app, company(5), (tx) =>
      tx.query<{ name: string }>('select name from customers where company_id = $1 order by code', [tx.companyId]),
    );
    await expect(kept).resolves.toEqual([{ name: 'Customer A' }, { name: 'Theirs' }]);
  });

  it('may set savepoints, but never ends the transaction', async () => {
    await withCompany(database().app, company(6), async (tx) => {
      const em = await tx.em();
      await addCustomer(tx, 'KEPT');
      const inner = em.transactional(async (nested) => {
        nested.create(Customer, { companyId: tx.companyId, code: 'UNDONE', name: 'x' } as never);
        await nested.flush();
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
      await expect(em.commit()).rejects.toThrow('may not commit');
    });
    await expect(codes(6)).resolves.toEqual([{ code: 'KEPT' }]);
  });

  it('is dead when the transaction has ended, and so is every copy of it', async () => {
    const em = await withCompany(database().app, company(1), (tx) => tx.em());
    await expect(em.find(Customer, {})).rejects.toThrow('after it had ended');
    await expect(em.fork().find(Customer, {})).rejects.toThrow('outside withCompany');
  });
});

describe('many companies over two connections', () => {
  it('are never mixed by their EntityManagers', async () => {
    const app = openDatabase(database().target, { mostConnections: 2 });
    const tasks = Array.from({ length: 500 }, async (_, index) => {
      const id = 1 + ((index * 7) % COMPANIES);
      const work = withCompany(app, company(id), async (tx) => {
        const em = await tx.em();
        if (index % 5 === 0) await addCustomer(tx, `T${index}`);
        const found = await em.find(Customer, {}, { limit: 5 });
        expect(
          found.every((customer) => customer.companyId === id),
          `task ${index}`,
        ).toBe(true);
        if (index % 10 === 0) throw new Error('planned');
      });
      const failure = await work.then(
        () => '',
        (error: unknown) => String(error),
      );
      expect(failure).toBe(index % 10 === 0 ? 'Error: planned' : '');
    });
    await Promise.all(tasks);
    expect(app.busyConnections).toBe(0);
    await app.close();
  });
});
