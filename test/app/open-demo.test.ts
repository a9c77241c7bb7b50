import { describe, expect, it } from 'vitest';
import { openDemo } from '../../src/app/open-demo.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { testDatabase } from '../support/database.ts';
import { testInstallation } from './installation.ts';

const database = testDatabase();
const counts = async (): Promise<unknown> =>
  (
    await database().admin
      .query(`select (select count(*)::int from customers) as customers, (select count(*)::int from invoices where kind = 'INVOICE') as invoices,
      (select count(*)::int from blocks) as blocks, (select count(*)::int from plan_runs) as runs, (select max(is_sample::int) from companies) as sample`)
  ).rows[0];

describe('the demo', () => {
  it('is a whole book with a planned day, and asking for it again changes nothing', async () => {
    const installation = testInstallation(database());
    const first = await openDemo(installation, { customers: 60, invoices: 300 });
    expect(first).toMatchObject({ isNew: true, session: { companyCode: 'DEMO' } });
    expect(first.plan.summary.reminders).toBeGreaterThan(0);
    const before = await counts();
    expect(before).toMatchObject({ customers: 60, invoices: 300, runs: 1, sample: 1 });
    expect(await openDemo(installation, { customers: 60, invoices: 300 })).toMatchObject({ isNew: false, plan: { runId: null } });
    expect(await counts()).toEqual(before);
  });

  it('balances what it says: every document has its total less its allocations open', async () => {
    const { rows } = await database().admin.query(`
      select i.number from invoices i
        left join lateral (select sum(amount_minor) as sum from allocations a where a.company_id = i.company_id and (a.invoice_id = i.id or a.credit_note_id = i.id)) a on true
       where i.open_minor <> i.total_minor - coalesce(a.sum, 0)
      union all
      select p.reference from payments p
        left join lateral (select sum(amount_minor) as sum from allocations a where a.company_id = p.company_id and a.payment_id = p.id) a on true
       where p.unallocated_minor <> p.amount_minor - coalesce(a.sum, 0)`);
    expect(rows).toEqual([]);
  });

  it('never fills a real company that happens to have its code', async () => {
    const installation = testInstallation(database(), { login: 'noor' });
    await database().admin.query(`update directory set company_code = 'WAS-DEMO' where company_code = 'DEMO'`);
    await createCompany(installation, { code: 'DEMO', name: 'Demolition Experts LLC' });
    await expect(openDemo(installation)).rejects.toMatchObject({ code: 'demo.name-taken' });
  });
});
