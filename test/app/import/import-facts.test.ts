/** Files that bring what is neither an invoice nor money: contacts, cheques, rates, days off, suppressed addresses, and the cut-over. */
import { describe, expect, it } from 'vitest';

import { undoImport } from '../../../src/app/import/undo-import.ts';
import { withdrawOccasion } from '../../../src/app/calendar/withdraw-occasion.ts';
import { importLedger } from '../../../src/app/import-ledger.ts';
import type { Session } from '../../../src/app/session.ts';
import { settleCheque } from '../../../src/app/settle-cheque.ts';
import { unsuppressAddress } from '../../../src/app/suppress-address.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, MONDAY, sessionOf, testInstallation } from '../installation.ts';
import { approveAll, plan, queue } from '../sending-day.ts';
import { csvFile, faultsOf, take } from './csv-file.ts';

const database = testDatabase();
let companies = 0;

/** A company with two customers and an overdue invoice of each. */
async function company(): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: `FACT${(companies += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,ap@one.example,30', 'C-2,Two LLC,ap@two.example,30']);
  await take(session, 'invoices', ['INV-1,C-1,2026-09-01,2026-10-01,AED,1000,', 'INV-2,C-2,2026-09-01,2026-10-01,AED,500,']);
  return session;
}

const rows = async ({ companyId }: Session, sql: string): Promise<readonly unknown[]> =>
  (await database().admin.query<Record<string, unknown>>(sql.replace('$company', String(companyId)))).rows;

describe('cheques in a file', () => {
  const lines = ['C-1,000123,ENBD,2026-12-15,600,AED,INV-1', 'C-2,77,,2026-12-20,,,'];

  it('leave their invoices alone, and approved reminders about them go back to a person', async () => {
    const session = await company();
    await plan(session);
    await approveAll(session);
    const outcome = await take(session, 'cheques', lines);
    expect(outcome.counts.chequesAdded).toBe(2);
    expect(outcome.reminders.needReview + outcome.reminders.cancelled).toBeGreaterThan(0);
    expect((await queue(session)).filter(({ status }) => status === 'QUEUED')).toEqual([]);
    const blocks =
      'select kind, cheque_number, cheque_bank, amount_minor::int, promised_on::text from blocks where company_id = $company order by id';
    expect(await rows(session, blocks)).toEqual([
      { kind: 'CHEQUE', cheque_number: '000123', cheque_bank: 'ENBD', amount_minor: 60_000, promised_on: '2026-12-15' },
      { kind: 'CHEQUE', cheque_number: '77', cheque_bank: null, amount_minor: null, promised_on: '2026-12-20' },
    ]);
  });

  it('are taken in hand once, also when they have cleared or were withdrawn since', async () => {
    const session = await company();
    await take(session, 'cheques', lines);
    expect((await take(session, 'cheques', lines)).kind).toBe('nothing-new');
    await settleCheque(session, { number: '77', became: 'withdrawn' });
    expect((await take(session, 'cheques', lines)).kind).toBe('nothing-new');
  });

  it('that fit nothing are told by row, and the others are not taken either', async () => {
    const session = await company();
    const faults = await faultsOf(take(session, 'cheques', [...lines, 'C-9,5,,2026-12-15,,,', 'C-1,6,,2026-12-15,,,INV-2']));
    expect(faults.map(({ code, row }) => `${row ?? ''} ${code}`)).toEqual(['4 customer.unknown', '5 invoice.other-account']);
    expect(await rows(session, 'select 1 from blocks where company_id = $company')).toEqual([]);
  });

  it('cover several invoices by a row for each', async () => {
    const session = await company();
    await take(session, 'invoices', ['INV-3,C-1,2026-09-05,2026-10-05,AED,100,']);
    await take(session, 'cheques', ['C-1,9,,2026-12-15,1100,AED,INV-1', 'C-1,9,,2026-12-15,1100,AED,INV-3']);
    expect(await rows(session, 'select count(*)::int as blocks from blocks where company_id = $company')).toEqual([{ blocks: 2 }]);
    const differing = ['C-1,8,,2026-12-15,1100,AED,INV-1', 'C-1,8,,2026-12-16,1100,AED,INV-3'];
    expect((await faultsOf(take(session, 'cheques', differing))).map(({ code }) => code)).toEqual(['duplicate-in-file']);
  });
});

describe('exchange rates in a file', () => {
  const rates = `select currency, rate_ppm::int, source from exchange_rates where company_id = $company and quoted_on > '2026-10-31' and currency = 'EUR'`;

  it('are recorded, replaced for their day, and once', async () => {
    const session = await company();
    expect((await take(session, 'exchange-rates', ['EUR,2026-11-20,4.25,CBUAE'])).counts.ratesAdded).toBe(1);
    expect((await take(session, 'exchange-rates', ['EUR,2026-11-20,4.25,CBUAE'])).kind).toBe('nothing-new');
    await take(session, 'exchange-rates', ['EUR,2026-11-20,4.251234,CBUAE']);
    expect(await rows(session, rates)).toEqual([{ currency: 'EUR', rate_ppm: 4_251_234, source: 'CBUAE' }]);
  });

  it.each([
    ['EUR,2026-11-20,0,', 'bad-rate'],
    ['EUR,2026-11-20,-4,', 'bad-rate'],
    ['EUR,2026-11-20,4.2512345,', 'bad-rate'],
    ['EUR,2026-11-20,4e2,', 'bad-rate'],
    ['EUR,2026-11-24,4.25,', 'bad-date'],
    ['AED,2026-11-20,1,', 'base-currency'],
    ['EUX,2026-11-20,4.25,', 'unknown-currency'],
  ])('%s is refused: %s', async (line, code) => {
    expect((await faultsOf(take(await company(), 'exchange-rates', [line]))).map((fault) => fault.code)).toEqual([code]);
  });
});

describe('days off in a file', () => {
  const lines = ['2026-12-28,2026-12-31,stock-taking-2026,'];

  it('close the calendar, once, and stay withdrawn', async () => {
    const session = await company();
    expect((await take(session, 'days-off', lines)).counts.daysOffAdded).toBe(1);
    expect((await take(session, 'days-off', lines)).kind).toBe('nothing-new');
    expect(await rows(session, 'select count(*)::int as days from days_off where company_id = $company')).toEqual([{ days: 4 }]);
    await withdrawOccasion(session, { key: 'stock-taking-2026', on: [] });
    expect((await take(session, 'days-off', lines)).kind).toBe('nothing-new');
  });

  it('need the role that closes days by hand', async () => {
    const session = await company();
    const operator = await sessionOf(database(), session, `op${companies}`, ['OPERATOR']);
    await expect(take(operator, 'days-off', lines)).rejects.toThrow(/may not calendar add/);
  });

  it('of a shipped occasion, or of too many days, are refused by row', async () => {
    const faults = await faultsOf(
      take(await company(), 'days-off', ['2026-12-01,,national-day-2026,', '2026-12-01,2027-12-01,move-2026,']),
    );
    expect(faults.map(({ code, row }) => `${row ?? ''} ${code}`)).toEqual(['2 calendar.known-occasion', '3 calendar.bad-span']);
  });
});

describe('suppressed addresses in a file', () => {
  const lines = ['AP@one.example,COMPLAINT,asked us to stop,', 'old@two.example,,,'];

  it('get no more mail, and one that somebody lifted stays lifted', async () => {
    const session = await company();
    await plan(session);
    await approveAll(session);
    const outcome = await take(session, 'suppressions', lines);
    expect(outcome.counts.suppressionsAdded).toBe(2);
    expect(outcome.reminders.needReview + outcome.reminders.cancelled).toBe(1);
    expect((await take(session, 'suppressions', lines)).kind).toBe('nothing-new');
    await unsuppressAddress(session, { address: 'old@two.example', reason: 'they are back' });
    expect((await take(session, 'suppressions', lines)).kind).toBe('nothing-new');
    expect((await take(session, 'suppressions', ['old@two.example,COMPLAINT,,'])).counts.suppressionsAdded).toBe(1);
  });
});

describe('contacts in a file of their own', () => {
  const contacts = 'select address, is_primary, title from contacts where company_id = $company order by address';

  it('are added to customers there are, and may take the first place', async () => {
    const session = await company();
    const outcome = await take(session, 'contacts', ['C-1,cfo@one.example,Sara,yes', 'C-2,more@two.example,Omar,']);
    expect(outcome.counts.contactsWritten).toBe(2);
    expect(await rows(session, contacts)).toEqual([
      { address: 'ap@one.example', is_primary: false, title: null },
      { address: 'ap@two.example', is_primary: true, title: null },
      { address: 'cfo@one.example', is_primary: true, title: null },
      { address: 'more@two.example', is_primary: false, title: null },
    ]);
    expect((await take(session, 'contacts', ['C-1,cfo@one.example,Sara,yes', 'C-2,more@two.example,Omar,'])).kind).toBe('nothing-new');
  });

  it.each([
    ['C-9,a@one.example,Sara,', 'unknown-customer'],
    ['C-1,nobody,Sara,', 'bad-address'],
    ['C-1,,Sara,', 'missing-value'],
  ])('%s is refused: %s', async (line, code) => {
    expect((await faultsOf(take(await company(), 'contacts', [line]))).map((fault) => fault.code)).toEqual([code]);
  });
});

describe('what another system did before', () => {
  const customers = (...lines: readonly string[]) => csvFile('customer_code,name,last_contact_on,last_level', ...lines);

  it('counts as the last contact and its level', async () => {
    const session = await company();
    await importLedger(session, { path: await customers('C-1,One LLC,2026-11-18,FIRM'), mapping: 'wafa', kind: 'customers' });
    const opening =
      'select opening_contact_on::text, opening_level from customers where company_id = $company and opening_contact_on is not null';
    expect(await rows(session, opening)).toEqual([{ opening_contact_on: '2026-11-18', opening_level: 'FIRM' }]);
  });

  it.each([
    ['C-1,One LLC,,FIRM', 'level-without-day'],
    ['C-1,One LLC,2026-11-24,FIRM', 'bad-date'],
    ['C-1,One LLC,2026-11-18,ANGRY', 'unknown-word'],
  ])('%s is refused: %s', async (line, code) => {
    const work = importLedger(await company(), { path: await customers(line), mapping: 'wafa', kind: 'customers' });
    expect((await faultsOf(work)).map((fault) => fault.code)).toEqual([code]);
  });
});

it('an import of facts is not undone whole, and a dry run records none', async () => {
  const session = await company();
  const dry = await take(session, 'suppressions', ['x@one.example,,,'], { isDryRun: true });
  expect([dry.counts.suppressionsAdded, await rows(session, 'select 1 from suppressions where company_id = $company')]).toEqual([1, []]);
  const { batchId } = await take(session, 'suppressions', ['x@one.example,,,']);
  await expect(undoImport(session, batchId ?? 0)).rejects.toThrow(/recorded single facts/);
});

it('every kind is recognised by its headings', async () => {
  const session = await company();
  const path = await csvFile('email,why,reason,until', 'gone@one.example,WRONG_PERSON,left,');
  const { recordKind, mapping } = await importLedger(session, { path });
  expect([mapping, recordKind]).toEqual(['wafa', 'suppressions']);
});
