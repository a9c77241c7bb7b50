/** Entities on a real database: what comes back is what was stored, and reading changes nothing. */
import { OptimisticLockError } from '@mikro-orm/core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { Contact, Customer, Invoice } from '../../../src/store/entities/customer.entity.ts';
import { entities } from '../../../src/store/entities/index.ts';
import { Reminder } from '../../../src/store/entities/reminder.entity.ts';
import { User } from '../../../src/store/entities/user.entity.ts';
import { testDatabase } from '../../support/database.ts';
import { createCompany, createSmallCompany, type SmallCompany } from '../../support/fixtures.ts';
import { tenantTables } from '../schema/catalogue.ts';
import { createCompanyInEveryTable } from '../schema/whole-schema.ts';

const database = testDatabase();
let small: SmallCompany;

beforeAll(async () => {
  small = await createSmallCompany(database().app, 'ALPHA');
});

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

describe('every entity', () => {
  test('reads its table, and having been read is written by nobody', async () => {
    const { app, admin } = database();
    const { companyId } = await createCompanyInEveryTable(app, 'WHOLE');
    await admin.query(`insert into directory_logins (login, company_id) values ('mariam', ${companyId})`);
    await admin.query(
      `insert into installation_daemons (id, host, pid, program_version, started_at, heartbeat_at) values (gen_random_uuid(), 'h', 1, '0', now(), now())`,
    );
    await admin.query(
      `insert into relays (relay) values ('relay:25'); insert into relay_hours (relay, hour_at, taken) values ('relay:25', now(), 1)`,
    );
    const tables = await tenantTables(admin);
    const versions = async (): Promise<readonly unknown[]> => {
      const perTable = tables.map(
        (table) => `select '${table}' as table, xmin::text, ctid::text from ${table} where company_id = ${companyId}`,
      );
      return (await admin.query<Record<string, unknown>>(perTable.join(' union all '))).rows;
    };
    const before = await versions();
    const read = await withCompany(app, companyId, async (tx) => {
      const em = await tx.em();
      const counts: [string, number][] = [];
      for (const entity of entities) counts.push([entity.name, (await em.find(entity as typeof Customer, {})).length]);
      await em.find(Reminder, {}, { populate: ['items.invoice.customer.contacts', 'attempts', 'customer.invoices'] });
      return counts;
    });
    expect(read.filter(([, count]) => count === 0)).toEqual([]);
    expect(read).toHaveLength(44);
    expect(await versions()).toEqual(before);
  });
});

describe('a customer with contacts and invoices', () => {
  test('is stored whole and read back with the same values', async () => {
    const stored = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const head = em.create(Customer, {
        companyId: tx.companyId,
        code: 'HEAD',
        name: 'Head office',
        creditLimitMinor: 9_007_199_254_740_993n,
      });
      const branch = em.create(Customer, {
        companyId: tx.companyId,
        code: 'BR-1',
        name: 'Branch one',
        nameAr: 'الفرع',
        billTo: head,
        customerSinceOn: day('2019-02-28'),
      });
      em.create(Contact, { companyId: tx.companyId, customer: branch, name: 'Sara', levels: ['POLITE', 'FIRM'], source: 'operator' });
      em.create(Invoice, {
        companyId: tx.companyId,
        customer: branch,
        kind: 'INVOICE',
        number: 'B-1',
        issuedOn: day('2026-01-31'),
        dueOn: day('2026-03-02'),
        currency: 'KWD',
        totalMinor: 1_500n,
        openMinor: 1_500n,
        source: 'operator',
      });
      await em.flush();
      // The ORM is told only half of a generated key and must keep the half it was given.
      expect({ head: head.companyId, branch: branch.companyId }).toEqual({ head: tx.companyId, branch: tx.companyId });
      return { headId: head.id, branchId: branch.id, createdAt: branch.createdAt };
    });

    const branch = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      return em.findOneOrFail(Customer, { companyId: tx.companyId, id: stored.branchId }, { populate: ['contacts', 'invoices', 'billTo'] });
    });
    expect(branch).toMatchObject({ code: 'BR-1', nameAr: 'الفرع', accountId: stored.headId, isActive: true, factsVersion: 1 });
    expect(branch.consolidationPreference).toBe('ENABLED');
    expect(branch.customerSinceOn?.toString()).toBe('2019-02-28');
    expect(branch.createdAt.equals(stored.createdAt)).toBe(true);
    expect(branch.billTo?.creditLimitMinor).toBe(9_007_199_254_740_993n);
    expect(branch.contacts.getItems().map(({ name, levels }) => ({ name, levels }))).toEqual([
      { name: 'Sara', levels: ['POLITE', 'FIRM'] },
    ]);
    expect(branch.invoices.getItems().map(({ dueOn, openMinor }) => [dueOn?.toString(), openMinor])).toEqual([['2026-03-02', 1_500n]]);
  });

  test('is the same object when looked for again in its transaction, new or not', async () => {
    const same = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const [first, second] = ['S-1', 'S-2'].map((code) => em.create(Customer, { companyId: tx.companyId, code, name: code }));
      await em.flush();
      const byKey = await em.findOne(Customer, { companyId: tx.companyId, id: first!.id });
      const byCode = await em.findOne(Customer, { companyId: tx.companyId, code: 'S-2' });
      const referred = em.getReference(Customer, [tx.companyId, second!.id]);
      return [byKey === first, byCode === second, referred === second, first!.version, second!.version];
    });
    expect(same).toEqual([true, true, true, 1, 1]);
  });

  test('keeps its head office when both are new, and a contact of a new customer is written once', async () => {
    await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const head = em.create(Customer, { companyId: tx.companyId, code: 'N-1', name: 'Head' });
      const branch = em.create(Customer, { companyId: tx.companyId, code: 'N-2', name: 'Branch', billTo: head });
      em.create(Contact, { companyId: tx.companyId, customer: branch, name: 'Omar', source: 'operator' });
    });
    const rows = await withCompany(database().app, small.companyId, (tx) =>
      tx.query(`select h.code, k.version from contacts k join customers c on c.company_id = k.company_id and c.id = k.customer_id
                  join customers h on h.company_id = c.company_id and h.id = c.account_id where k.name = 'Omar'`),
    );
    expect(rows).toEqual([{ code: 'N-1', version: 1 }]);
  });

  test('may stop being a branch', async () => {
    const accountId = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const head = em.create(Customer, { companyId: tx.companyId, code: 'H-2', name: 'Head' });
      const branch = em.create(Customer, { companyId: tx.companyId, code: 'B-2', name: 'Branch', billTo: head });
      await em.flush();
      branch.billTo = null;
      await em.flush();
      const rows = await tx.query<{ accountId: number; id: number }>(`select id, account_id from customers where code = 'B-2'`);
      return rows.map((row) => row.accountId === row.id);
    });
    expect(accountId).toEqual([true]);
  });

  test('cannot be given the row of another company', async () => {
    const other = await createSmallCompany(database().app, 'OTHER');
    const stealing = withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      em.create(Customer, { companyId: other.companyId, code: 'STOLEN', name: 'Not mine' });
      await em.flush();
    });
    await expect(stealing).rejects.toMatchObject({ code: '42501' });
    const found = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      return em.findOne(Customer, { companyId: other.companyId, id: other.customerId });
    });
    expect(found).toBeNull();
  });
});

describe('a reminder', () => {
  test('comes with its rows in order, their invoices and its attempts', async () => {
    const reminder = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const key = { companyId: tx.companyId, id: small.reminderId };
      return em.findOneOrFail(Reminder, key, { populate: ['items.invoice', 'attempts', 'customer', 'policyVersion'] });
    });
    expect(reminder.items.getItems().map(({ invoice, askedMinor }) => [invoice?.number, askedMinor])).toEqual([
      ['INV-104', 500_000n],
      ['INV-117', 320_000n],
    ]);
    expect(reminder.attempts).toHaveLength(0);
    expect(reminder.customer.code).toBe('C-17');
    expect(reminder.totals).toEqual([{ currency: 'AED', minor: '820000' }]);
    expect(reminder.approvalNeeds).toEqual(['auto-approval-off']);
    expect(reminder.scheduledFor.toString()).toBe('2026-11-23T05:00:00Z');
    expect(reminder.nextEligibleContactOn.toString()).toBe('2026-11-30');
    expect(reminder.fence).toBe(0);
  });

  test('changed by two people at once keeps the first change and refuses the second', async () => {
    const { app } = database();
    const second = withCompany(app, small.companyId, async (tx) => {
      const em = await tx.em();
      const mine = await em.findOneOrFail(Reminder, { companyId: tx.companyId, id: small.reminderId });
      await withCompany(app, small.companyId, async (theirs) => {
        const reminder = await (await theirs.em()).findOneOrFail(Reminder, { companyId: tx.companyId, id: small.reminderId });
        reminder.statusReason = 'first';
      });
      mine.statusReason = 'second';
      await em.flush();
    });
    await expect(second).rejects.toBeInstanceOf(OptimisticLockError);
    const [row] = await withCompany(app, small.companyId, (tx) =>
      tx.query<{ statusReason: string; version: number }>('select status_reason, version from customer_consolidated_reminders'),
    );
    expect(row).toEqual({ statusReason: 'first', version: 2 });
  });
});

describe('values', () => {
  test('an equal day or instant is no change', async () => {
    const version = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const invoice = await em.findOneOrFail(Invoice, { companyId: tx.companyId, id: small.invoiceIds[0] });
      invoice.dueOn = day('2026-11-02');
      invoice.createdAt = Temporal.Instant.from(invoice.createdAt.toString());
      invoice.totalMinor = 500_000n;
      await em.flush();
      return invoice.version;
    });
    expect(version).toBe(1);
  });

  test('an instant finer than the database keeps is stored as the microsecond it falls in', async () => {
    const stored = await withCompany(database().app, small.companyId, async (tx) => {
      const em = await tx.em();
      const user = await em.findOneOrFail(User, { companyId: tx.companyId, id: small.userId });
      user.updatedAt = Temporal.Instant.from('2026-11-23T05:00:00.123456789Z');
      await em.flush();
      return tx.one<{ updatedAt: Temporal.Instant }>('select updated_at from users where id = $1', [small.userId]);
    });
    expect(stored.updatedAt.toString()).toBe('2026-11-23T05:00:00.123456Z');
  });

  test('an identifier too large for a number is refused, not rounded', async () => {
    const companyId: CompanyId = await createCompany(database().app, 'LARGE');
    const tooLarge = withCompany(database().app, companyId, async (tx) => {
      await tx.execute(
        `insert into users (company_id, id, login, display_name, roles) values ($1, 9007199254740993, 'a', 'A', '{VIEWER}')`,
        [companyId],
      );
      return (await tx.em()).find(User, {});
    });
    await expect(tooLarge).rejects.toThrow('larger than a number can be exact about');
  });
});
