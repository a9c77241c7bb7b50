/** What a real server reports, and what an operator is told. The list of states is the shared one of bad inputs, where it is at hand. */
import { beforeAll, describe, expect, test } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { withCompany, withInstallation, type CompanyTx } from '../../../src/store/connection/with-company.ts';
import { openDatabase } from '../../../src/store/connection/pool.ts';
import { badInputs, hasBadInputs } from '../../support/bad-inputs.ts';
import { testDatabase } from '../../support/database.ts';
import { createSmallCompany } from '../../support/fixtures.ts';

const database = testDatabase();
let companyId: CompanyId;
beforeAll(async () => {
  ({ companyId } = await createSmallCompany(database().app, 'ALPHA'));
});

const failing = (work: (tx: CompanyTx) => Promise<unknown>): Promise<unknown> =>
  withCompany(database().app, companyId, work).then(
    () => 'nothing failed',
    (error: unknown) => error,
  );

/** The server's own answer with a state that a test cannot bring about for real without filling a disk. */
const raising = (state: string) => (tx: CompanyTx) => tx.execute(`do $$ begin raise exception 'staged' using errcode = '${state}'; end $$`);

/** Two transactions that take two rows in opposite order. */
async function deadlock(): Promise<unknown> {
  const { admin } = database();
  const { rows } = await admin.query<{ id: string }>('select id from invoices order by id limit 2');
  const [first = '', second = ''] = rows.map(({ id }) => id);
  await admin.query(`begin; set local deadlock_timeout = '10s'; update invoices set source = 'theirs' where id = ${second}`);
  const mine = failing(async (tx) => {
    await tx.execute(`update invoices set source = 'mine' where company_id = $1 and id = ${first}`, [companyId]);
    const waiting = tx.execute(`update invoices set source = 'mine' where company_id = $1 and id = ${second}`, [companyId]);
    await theirs();
    await waiting;
  });
  const theirs = async (): Promise<void> => {
    void admin.query(`update invoices set source = 'theirs' where id = ${first}`).catch(() => undefined);
  };
  const fault = await mine;
  await admin.query('rollback');
  return fault;
}

interface Case {
  readonly means: string;
  readonly bring: () => Promise<unknown>;
  readonly told: object;
}

const CASES: Readonly<Record<string, Case>> = {
  '40P01': {
    means: 'a deadlock: nothing was saved, the next pass tries again',
    bring: deadlock,
    told: { code: 'database.deadlock', kind: 'failed' },
  },
  '55P03': {
    means: 'a lock that was not free: reported',
    bring: async () => {
      await database().admin.query('begin; lock table invoices');
      const fault = await failing(async (tx) => {
        await tx.execute(`set local lock_timeout = '10ms'`);
        await tx.execute('select from invoices for update');
      });
      await database().admin.query('rollback');
      return fault;
    },
    told: { code: 'database.locked', kind: 'failed' },
  },
  '57P01': {
    means: 'a connection ended by an administrator: the work is lost, the next one connects again',
    bring: async () => {
      const fault = await failing((tx) => tx.execute('select pg_terminate_backend(pg_backend_pid())'));
      await expect(withInstallation(database().app, (sql) => sql.query('select 1 as one'))).resolves.toEqual([{ one: 1 }]);
      return fault;
    },
    told: { code: 'database.connection-lost' },
  },
  '57P03': {
    means: 'a server that is starting up: the connection counts as lost, so it is made anew',
    bring: () => failing(raising('57P03')),
    told: { code: 'database.connection-lost' },
  },
  '53100': {
    means: 'a full disk: nothing is sent',
    bring: () => failing(raising('53100')),
    told: { code: 'database.disk-full', kind: 'failed' },
  },
  '25006': {
    means: 'a standby: nothing is sent',
    bring: async () => {
      const { target, name, admin } = database();
      await admin.query(`alter database "${name}" set default_transaction_read_only = on`);
      const standby = openDatabase(target);
      try {
        return await withCompany(standby, companyId, (tx) =>
          tx.execute(`update invoices set source = 'x' where company_id = $1`, [companyId]),
        ).catch((error: unknown) => error);
      } finally {
        await standby.close();
        await admin.query(`set default_transaction_read_only = off; alter database "${name}" reset default_transaction_read_only`);
      }
    },
    told: { code: 'database.read-only', kind: 'failed' },
  },
  '42501': {
    means: 'a row of another company: a fault of ours, as loud as any, never tried again',
    bring: () =>
      failing((tx) =>
        tx.execute(`insert into contact_log (company_id, customer_id, kind, happened_on) values (999, 1, 'CALL', '2026-11-23')`),
      ),
    told: { code: '42501' },
  },
  '23505': {
    means: 'a key that is taken: whoever wrote the row answers',
    bring: () =>
      failing((tx) => tx.execute(`insert into customers (company_id, code, name, language) values ($1, 'C-17', 'x', 'EN')`, [companyId])),
    told: { code: '23505' },
  },
  '22003': {
    means: 'a number too large',
    bring: () => failing((tx) => tx.query('select $1::bigint', ['99999999999999999999'])),
    told: { code: 'input.number-too-large', kind: 'usage' },
  },
  '22021': {
    means: 'a NUL in a text',
    bring: () => failing((tx) => tx.query('select $1::text', ['a\0b'])),
    told: { code: 'input.bad-character', kind: 'usage' },
  },
};

describe('a fault the server reports', () => {
  test.for(Object.entries(CASES).map(([state, one]) => [state, one.means, one] as const))('%s, %s', async ([, , { bring, told }]) => {
    const fault = await bring();
    expect(fault).toMatchObject(told);
    if (!(fault instanceof OperatorError)) return;
    expect(`${fault.message} ${fault.tryThis}`).not.toContain('staged');
  });

  test('a change in a transaction that asked for none is a fault of ours, not of the server', async () => {
    const fault = await withCompany(
      database().app,
      companyId,
      (tx) => tx.execute(`update invoices set source = 'x' where company_id = $1`, [companyId]),
      {
        isReadOnly: true,
      },
    ).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: '25006' });
    expect(fault).not.toBeInstanceOf(OperatorError);
  });

  test.runIf(hasBadInputs)('of the shared list has a case here, every one', () => {
    const states = badInputs('database_faults').map(({ input }) => input ?? '');
    expect(states.filter((state) => !(state in CASES))).toEqual([]);
    expect(states.length).toBeGreaterThan(5);
  });
});
