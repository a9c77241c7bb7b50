/** The checks whose defect takes a ledger, a size or a day of its own, the rules that are tried, and a month-end signed off. */
import { beforeAll, describe, expect, it } from 'vitest';

import type { Session } from '../../../src/app/session.ts';
import { expectAgeing } from '../../../src/app/validate/expect-ageing.ts';
import { validate } from '../../../src/app/validate/validate.ts';
import { listAudit } from '../../../src/app/audit/list-audit.ts';
import { CHECK_TRIALS, KEY_TRIALS } from '../../../src/store/sql/validate/constraint-trials.ts';
import { TRIAL_ROWS } from '../../../src/store/sql/validate/trial-rows.ts';
import { testDatabase } from '../../support/database.ts';
import { catalogue, INSTALLATION_TABLES } from '../../store/schema/catalogue.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { at } from '../sending-day.ts';

const database = testDatabase();
let session: Session;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'CHECKED' });
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2'), customer('C-3')],
    invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-1', '2', '100.50', '2026-12-02')],
  });
});

async function findings(of: Session, ...only: readonly string[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { check, found } of validate(of, only)) texts.push(...found.rows.map((row) => `${check.id}: ${row.found}`));
  return texts;
}

describe('a check', () => {
  it('sees a branch that is billed to a branch', async () => {
    const { admin } = database();
    const bill = (code: string, to: string): Promise<unknown> =>
      admin.query(
        `update customers set bill_to_id = (select id from customers where code = $2 and company_id = $3) where code = $1 and company_id = $3`,
        [code, to, session.companyId],
      );
    await bill('C-2', 'C-3');
    expect(await findings(session, 'billing')).toEqual([]);
    await bill('C-1', 'C-2');
    expect(await findings(session)).toEqual(['billing: C-1 is billed to C-2, which is billed to another']);
    await admin.query('update customers set bill_to_id = null where company_id = $1', [session.companyId]);
  });

  it('warns a quarter before the calendar runs out of known years', async () => {
    expect(await findings(session, 'calendar-coverage')).toEqual([]);
    expect(await findings(await at(session, '2099-11-23T10:00:00+04:00'), 'calendar-coverage')).toHaveLength(1);
  });

  it('sees a mail that hangs longer than any sender lives', async () => {
    const { admin } = database();
    await admin.query('set session_replication_role = replica');
    await admin.query(
      `insert into customer_consolidated_reminders (company_id, ${TRIAL_ROWS['customer_consolidated_reminders']?.columns ?? ''})
         values ($1, ${TRIAL_ROWS['customer_consolidated_reminders']?.values ?? ''})`,
      [session.companyId],
    );
    expect(await findings(session, 'stuck-reminders')).toEqual([]);
    await admin.query(
      `update customer_consolidated_reminders set delivery_status = 'TRANSMITTING', approval_kind = 'RULE', approved_digest = digest, claimable_at = now(),
              lease_until = now() - interval '6 minutes', lease_holder = gen_random_uuid() where company_id = $1`,
      [session.companyId],
    );
    expect(await findings(session, 'stuck-reminders')).toHaveLength(1);
    await admin.query('delete from customer_consolidated_reminders where company_id = $1', [session.companyId]);
    await admin.query('reset session_replication_role');
  });

  it('sees that an index is there and of no use, once a table is large', { timeout: 120_000 }, async () => {
    const { admin } = database();
    await admin.query(
      `with many as (
         insert into customers (company_id, code, name) select $1, 'M-' || n, 'Many ' || n from generate_series(1, 2000) n returning company_id, id
       )
       insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, source)
       select m.company_id, m.id, 'INVOICE', 'L-' || m.id || '-' || n, '2026-10-01', '2026-11-30', 'AED', 100, 100, 'test' from many m, generate_series(1, 10) n`,
      [session.companyId],
    );
    await admin.query('analyze invoices, customers');
    expect(await findings(session, 'indexes-used')).toEqual([]);
    await admin.query('drop index invoices_open');
    await admin.query('create index invoices_open on invoices (company_id, customer_id) where open_minor > 1000000000');
    expect(await findings(session)).toEqual([
      expect.stringMatching(/^indexes-used: finding the open documents of an account does not use/),
    ]);
    await admin.query('drop index invoices_open; create index invoices_open on invoices (company_id, customer_id) where open_minor > 0');
    await admin.query(`delete from invoices where company_id = ${session.companyId} and source = 'test'`);
    await admin.query(`delete from customers where company_id = ${session.companyId} and code like 'M-%'`);
  });

  it('that does not exist is refused by name', async () => {
    await expect(findings(session, 'everything')).rejects.toMatchObject({ code: 'validate.unknown-check' });
  });
});

describe('the rules that are tried', () => {
  it('are all CHECKs and keys of the tables with rows of companies', async () => {
    const { admin } = database();
    const checks = await catalogue<{ name: string; table: string }>(
      admin,
      `select conrelid::regclass::text || ' ' || conname as name, conrelid::regclass::text as table from pg_constraint
        where contype = 'c' and connamespace = 'public'::regnamespace
          and pg_get_constraintdef(oid) !~ '^CHECK \\(\\(\\w+ = ANY \\(ARRAY\\[[^\\]]*\\]\\)\\)\\)$'`,
    );
    const ofCompanies = ({ table }: { readonly table: string }): boolean => ![...INSTALLATION_TABLES, 'companies'].includes(table);
    expect(CHECK_TRIALS.map(([table, name]) => `${table} ${name}`).toSorted()).toEqual(
      checks
        .filter(ofCompanies)
        .map(({ name }) => name)
        .toSorted(),
    );
    const keys = await catalogue<{ name: string; table: string }>(
      admin,
      `select indexrelid::regclass::text as name, indrelid::regclass::text as table from pg_index join pg_class c on c.oid = indrelid
        where c.relnamespace = 'public'::regnamespace and indisunique and not indisprimary`,
    );
    expect(Object.keys(KEY_TRIALS).toSorted()).toEqual(
      keys
        .filter(ofCompanies)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('leave nothing behind', async () => {
    const { rows: before } = await database().admin.query('select count(*)::int as rows from customers');
    expect(await findings(session, 'rules-hold')).toEqual([]);
    expect((await database().admin.query('select count(*)::int as rows from customers')).rows).toEqual(before);
  });
});

describe('a month-end', () => {
  const aed = (minor: bigint) => ({ figures: [{ currency: 'AED', minor }] });

  it('is signed off in the chain when the ledger agrees with the control account to the last fils', async () => {
    const agreed = await expectAgeing(session, aed(100_050n));
    expect(agreed).toMatchObject({ agrees: true, currencies: [{ currency: 'AED', total: '1000.50', difference: '0.00' }] });
    expect((await listAudit(session, { verb: 'validate ageing', limit: 5 })).events).toMatchObject([
      { reason: 'ageing agrees', detail: { asOn: '2026-11-23', totals: ['AED 1000.50'] } },
    ]);
  });

  it('is not when one fils or a whole currency is missing', async () => {
    expect(await expectAgeing(session, aed(100_049n))).toMatchObject({ agrees: false, currencies: [{ difference: '0.01' }] });
    const { agrees } = await expectAgeing(session, { figures: [{ currency: 'USD', minor: 0n }] });
    expect(agrees).toBe(false);
    expect((await listAudit(session, { verb: 'validate ageing', limit: 5 })).events).toHaveLength(1);
  });

  it('is judged as of its day: what was issued later is not in it', async () => {
    const asOn = Temporal.PlainDate.from('2026-10-31');
    const agreed = await expectAgeing(session, { asOn, ...aed(90_000n) });
    expect(agreed).toMatchObject({ agrees: true, asOn: '2026-10-31' });
  });
});
