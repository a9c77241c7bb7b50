/** What an import says about its new customers, and whom it takes a buyer of e-invoices for. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { importLedger } from '../../../src/app/import-ledger.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { ublInvoice } from '../../intake/ubl/ubl-text.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { csvFile, take } from './csv-file.ts';

const database = testDatabase();
let companies = 0;
const company = (): Promise<Session> => companyWith(testInstallation(database()), { code: `NEWC${(companies += 1)}` });

const said = (warnings: readonly { readonly code: string; readonly message: string }[]): readonly string[] =>
  warnings.filter(({ code }) => /like-codes|sister|buyer/.test(code)).map(({ code, message }) => `${code.slice(7)}: ${message}`);

describe('codes that differ only in their dress', () => {
  it('are told within the file and against the ledger, and stay customers of their own', async () => {
    const session = await company();
    await take(session, 'customers', ['C-0017,One LLC,,30']);
    const { warnings, counts, file } = await take(session, 'customers', [
      'C-17,Two LLC,,30',
      'X 1,Three LLC,,30',
      'x-01,Four LLC,,30',
      'X11,Five LLC,,30',
    ]);
    expect(said(warnings)).toEqual([
      'like-codes: The codes "C-0017", "C-17" differ only in how they are written.',
      'like-codes: The codes "X 1", "x-01" differ only in how they are written.',
    ]);
    expect([counts.customersAdded, file.warnings['import.like-codes']]).toEqual([4, 2]);
  });

  it('are told when they are new, not each time', async () => {
    const session = await company();
    await take(session, 'customers', ['C-1,One LLC,,30', 'C-01,Two LLC,,30']);
    expect(said((await take(session, 'customers', ['C-1,One LLC,,45', 'C-01,Two LLC,,45'])).warnings)).toEqual([]);
  });

  it('are told of at most twenty times', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => [`K-${at + 1},A,,30`, `K-0${at + 1},B,,30`]).flat();
    expect(said((await take(await company(), 'customers', lines)).warnings)).toHaveLength(20);
  });
});

describe('companies that seem to belong together', () => {
  const heads = 'customer_code,name,email,trn,bill_to';
  const importCustomers = async (session: Session, ...lines: readonly string[]) =>
    said((await importLedger(session, { path: await csvFile(heads, ...lines), mapping: 'wafa', kind: 'customers' })).warnings);

  it('are suggested by TRN and by mail domain, not at a public provider', async () => {
    const session = await company();
    expect(
      await importCustomers(
        session,
        'A,One,a@group.example,100345678900003,',
        'B,Two,b@group.example,,',
        'C,Three,c@gmail.com,100345678900003,',
        'D,Four,d@gmail.com,,',
      ),
    ).toEqual([
      'sister-companies: Customers "A", "C" share the TRN "100345678900003".',
      'sister-companies: Customers "A", "B" have mail at "group.example".',
    ]);
  });

  it('are not suggested once they are billed together, nor where a domain is everybody’s', async () => {
    expect(
      await importCustomers(await company(), 'A,One,a@group.example,100345678900003,', 'B,Two,b@group.example,100345678900003,A'),
    ).toEqual([]);
    const many = Array.from({ length: 13 }, (_, at) => `M${at + 1},Many,m${at}@provider.example,,`);
    expect(await importCustomers(await company(), ...many)).toEqual([]);
  });
});

describe('the buyer of an e-invoice', () => {
  const TRN = '100345678900003';
  const document = async (changes: Parameters<typeof ublInvoice>[0] = {}): Promise<string> => {
    const path = join(await mkdtemp(join(tmpdir(), 'wafa-buyer-')), 'invoice.xml');
    await writeFile(path, ublInvoice(changes));
    return path;
  };
  const customers = async ({ companyId }: Session) => {
    const sql = `select c.code, c.name, count(i.id)::int as invoices from customers c
       left join invoices i on i.company_id = c.company_id and i.customer_id = c.id where c.company_id = $1 group by c.code, c.name order by c.code`;
    return (await database().admin.query<Record<string, unknown>>(sql, [companyId])).rows;
  };
  const record = async (session: Session, ...lines: readonly string[]) =>
    await importLedger(session, { path: await csvFile('customer_code,name,trn', ...lines), mapping: 'wafa', kind: 'customers' });

  it('is the one customer recorded with its TRN, who keeps name and code', async () => {
    const session = await company();
    await record(session, `C-17,Noor,${TRN}`);
    const outcome = await importLedger(session, { path: await document() });
    expect([said(outcome.warnings), outcome.counts.customersAdded, outcome.counts.customersChanged]).toEqual([[], 0, 0]);
    expect(await customers(session)).toEqual([{ code: 'C-17', name: 'Noor', invoices: 1 }]);
    expect((await importLedger(session, { path: await document() })).kind).toBe('nothing-new');
  });

  it('of a TRN that several have is a new customer, which is said', async () => {
    const session = await company();
    await record(session, `C-17,Noor,${TRN}`, `C-18,Noor branch,${TRN}`);
    const { warnings } = await importLedger(session, { path: await document() });
    expect(said(warnings)[0]).toMatch(/^new-buyer: Buyer .* becomes a new customer: 2 customers are recorded with the TRN/);
    expect(await customers(session)).toHaveLength(3);
  });

  it('that nobody has recorded is a new customer, which is said', async () => {
    const session = await company();
    const { warnings } = await importLedger(session, { path: await document() });
    expect(said(warnings)[0]).toMatch(/nobody is recorded with the TRN/);
  });

  it('in another company is nobody here', async () => {
    await record(await company(), `C-17,Noor,${TRN}`);
    const session = await company();
    expect((await importLedger(session, { path: await document() })).counts.customersAdded).toBe(1);
  });
});
