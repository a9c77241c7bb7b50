import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { daysPastDue, isBefore } from '../../../src/domain/days.ts';
import { checkEmailAddress } from '../../../src/domain/email-address.ts';
import { readTrn } from '../../../src/domain/trn.ts';
import { isGovernment } from '../../../src/domain/vocabulary.ts';
import type { LedgerRecords } from '../../../src/intake/ledger-records.ts';
import { loadMapping } from '../../../src/intake/mapping.ts';
import { Random } from '../../../src/intake/sample-book/random.ts';
import { sampleBook, wholeSampleBook } from '../../../src/intake/sample-book/sample-book.ts';
import { SAMPLE_COMPANY } from '../../../src/intake/sample-book/sample-company.ts';
import { writeSampleCsv } from '../../../src/intake/sample-book/write-sample-csv.ts';
import { readWhole } from '../reading.ts';

const asOn = Temporal.PlainDate.from('2026-11-23');
const book = wholeSampleBook({ seed: 7, asOn });
const invoicesOf = ({ invoices }: LedgerRecords) => invoices.filter(({ kind }) => kind === 'INVOICE');

/** What payments and credits take off each invoice. */
function takenOff({ payments, credits }: LedgerRecords): ReadonlyMap<string, bigint> {
  const taken = new Map<string, bigint>();
  const parts = [...payments.flatMap(({ allocations }) => allocations), ...credits];
  for (const { invoiceNumber, amountMinor } of parts) taken.set(invoiceNumber, (taken.get(invoiceNumber) ?? 0n) + amountMinor);
  return taken;
}

const openInvoices = (records: LedgerRecords) => {
  const taken = takenOff(records);
  return invoicesOf(records)
    .map((invoice) => ({ ...invoice, balance: invoice.totalMinor - (taken.get(invoice.number) ?? 0n) }))
    .filter(({ balance }) => balance > 0n);
};

const share = (part: number, whole: number): number => part / whole;
const asText = (value: unknown): string => JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));

describe('the sample book', () => {
  it('is the same for the same seed, whatever the batch size, and another for another seed', () => {
    const small = [...sampleBook({ seed: 7, asOn, customersPerBatch: 3 })];
    expect(small.length).toBe(134);
    expect(asText(small.flatMap(({ invoices }) => invoices))).toBe(asText(book.invoices));
    expect(asText(small.flatMap(({ payments, blocks }) => [payments.length, blocks.length]))).not.toBe('');
    expect(asText(small.flatMap(({ blocks }) => blocks))).toBe(asText(book.blocks));
    expect(asText(wholeSampleBook({ seed: 8, asOn }).invoices)).not.toBe(asText(book.invoices));
  });

  it('has exactly the customers and invoices asked for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 300 }), (seed, customers, invoices) => {
        const made = wholeSampleBook({ seed, asOn, customers, invoices });
        expect([made.customers.length, invoicesOf(made).length]).toEqual([customers, invoices]);
      }),
      { numRuns: 40 },
    );
    expect([book.customers.length, invoicesOf(book).length]).toEqual([400, 2_500]);
  });

  it('never pays or credits an invoice beyond its total, and dates nothing after today', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0, 0.45, 1), (seed, openShare) => {
        const made = wholeSampleBook({ seed, asOn, customers: 50, invoices: 300, openShare });
        const totals = new Map(invoicesOf(made).map(({ number, totalMinor }) => [number, totalMinor]));
        for (const [number, taken] of takenOff(made)) expect(taken <= (totals.get(number) ?? -1n)).toBe(true);
        for (const { amountMinor, allocations } of made.payments) {
          expect(allocations.reduce((sum, part) => sum + part.amountMinor, 0n) <= amountMinor && amountMinor > 0n).toBe(true);
        }
        const happened = [
          ...made.invoices.map(({ issuedOn }) => issuedOn),
          ...made.payments.map(({ receivedOn }) => receivedOn),
          ...made.credits.map(({ appliedOn }) => appliedOn),
          ...made.blocks.map(({ startedOn }) => startedOn),
        ];
        expect(happened.filter((day) => isBefore(asOn, day))).toEqual([]);
        expect(made.invoices.every(({ totalMinor }) => totalMinor > 0n)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('pays no invoice before it was issued, and in its own currency', () => {
    const invoices = new Map(invoicesOf(book).map((invoice) => [invoice.number, invoice]));
    for (const { receivedOn, currency, customerCode, allocations } of book.payments) {
      for (const { invoiceNumber } of allocations) {
        const invoice = invoices.get(invoiceNumber);
        expect([invoice?.currency, invoice?.customerCode]).toEqual([currency, customerCode]);
        expect(invoice && isBefore(receivedOn, invoice.issuedOn)).toBe(false);
      }
    }
  });

  it('gives nothing the same number twice', () => {
    const unique = (keys: readonly string[]) => expect(new Set(keys).size).toBe(keys.length);
    unique(book.customers.map(({ code }) => code));
    unique(book.customers.map(({ name }) => name));
    unique(book.invoices.map(({ kind, number }) => `${kind} ${number}`));
    unique(book.payments.map(({ reference, customerCode }) => `${customerCode} ${reference}`));
    unique(book.customers.flatMap(({ trn }) => (trn === null || trn === SAMPLE_COMPANY.trn ? [] : [trn])));
  });

  it('has TRNs with a right check digit, and sister companies with the number of the company itself', () => {
    const trns = book.customers.flatMap(({ trn }) => trn ?? []);
    expect(trns.length).toBeGreaterThan(250);
    for (const trn of trns) expect(readTrn(trn)).toMatchObject({ kind: 'ok', warnings: [] });
    const sisters = book.customers.filter(({ collectionStatus }) => collectionStatus === 'INTERNAL');
    expect(sisters.map(({ trn }) => trn)).toEqual([SAMPLE_COMPANY.trn, SAMPLE_COMPANY.trn]);
  });

  it('writes to reserved domains only', () => {
    const addresses = book.customers.flatMap(({ contacts }) => contacts.map(({ address }) => address));
    for (const address of addresses) expect(checkEmailAddress(address)).toMatchObject({ ok: true, flags: ['reserved_domain'] });
    expect(addresses.length).toBeGreaterThan(350);
  });

  it('has every kind of customer an operator must tell apart', () => {
    const { customers } = book;
    expect(customers.filter(({ billToCode }) => billToCode === 'C-00001')).toHaveLength(20);
    for (const status of ['CASH', 'INTERNAL', 'LEGAL', 'INSOLVENT', 'AGENCY'])
      expect(
        customers.some(({ collectionStatus }) => collectionStatus === status),
        status,
      ).toBe(true);
    for (const type of ['GOV_FEDERAL', 'GOV_LOCAL', 'GRE', 'FOREIGN', 'FZE'])
      expect(
        customers.some(({ businessType }) => businessType === type),
        type,
      ).toBe(true);
    for (const preference of ['AUTO', 'DISABLED'])
      expect(
        customers.some(({ consolidationPreference }) => consolidationPreference === preference),
        preference,
      ).toBe(true);
    expect(customers.filter(({ businessType }) => isGovernment(businessType)).every(({ language }) => language === 'AR_EN')).toBe(true);
    expect(customers.every(({ nameAr }) => /^[\p{Script=Arabic}\s.،()-]+$/u.test(nameAr ?? ''))).toBe(true);
    expect(customers.some(({ billToCode, contacts }) => billToCode === null && contacts.length === 0)).toBe(true);
    const addresses = customers.flatMap(({ contacts }) => contacts.filter(({ isPrimary }) => isPrimary).map(({ address }) => address));
    expect(addresses.length - new Set(addresses).size).toBe(1);
  });

  it('has every kind of document and block', () => {
    for (const kind of ['CREDIT_NOTE', 'ADVANCE'])
      expect(
        book.invoices.some((each) => each.kind === kind && each.linkedNumber === null),
        kind,
      ).toBe(true);
    expect(book.invoices.some(({ kind, linkedNumber }) => kind === 'CREDIT_NOTE' && linkedNumber !== null)).toBe(true);
    for (const kind of ['DISPUTE', 'PROMISE', 'CHEQUE', 'RETENTION', 'PAID_CLAIM'])
      expect(
        book.blocks.some((each) => each.kind === kind && each.outcome === null),
        kind,
      ).toBe(true);
    for (const outcome of ['KEPT', 'BROKEN'])
      expect(
        book.blocks.some((each) => each.outcome === outcome),
        outcome,
      ).toBe(true);
    expect(book.payments.some(({ allocations }) => allocations.length === 0)).toBe(true);
    expect(book.payments.some(({ allocations }) => allocations.length > 1)).toBe(true);
    const open = openInvoices(book);
    expect(open.some(({ balance }) => balance < 100n)).toBe(true);
    expect(open.some(({ balance, totalMinor }) => balance < totalMinor && balance > 100n)).toBe(true);
    expect(new Set(open.map(({ currency }) => currency))).toEqual(new Set(['AED', 'USD', 'EUR']));
  });

  it('ages like a real book: most is current or up to 60 days late, with a tail beyond a year', () => {
    const open = openInvoices(book);
    const ages = open.flatMap(({ dueOn }) => (dueOn === null ? [] : [daysPastDue(dueOn, asOn)]));
    const between = (least: number, most: number): number => share(ages.filter((age) => age >= least && age <= most).length, ages.length);
    expect(share(open.length, 2_500)).toBeCloseTo(0.45, 1);
    expect(between(-400, 0)).toBeGreaterThan(0.4);
    expect(between(-400, 60)).toBeGreaterThan(0.85);
    expect(between(61, 365)).toBeGreaterThan(0.03);
    expect(between(366, 800)).toBeGreaterThan(0);
    expect(between(366, 800)).toBeLessThan(0.03);
  });

  it('has few large accounts and many small ones', () => {
    const totals = new Map<string, number>();
    for (const { customerCode, totalMinor } of invoicesOf(book))
      totals.set(customerCode, (totals.get(customerCode) ?? 0) + Number(totalMinor));
    const sorted = [...totals.values()].toSorted((a, b) => b - a);
    const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
    expect(share(sum(sorted.slice(0, 40)), sum(sorted))).toBeGreaterThan(0.35);
  });

  it('has a history from which late payers can be told from prompt ones', () => {
    const settled = new Map(
      book.payments.flatMap(({ allocations, receivedOn }) => allocations.map(({ invoiceNumber }) => [invoiceNumber, receivedOn] as const)),
    );
    const lateness = invoicesOf(book).flatMap(({ number, dueOn }) => {
      const on = settled.get(number);
      return on && dueOn ? [daysPastDue(dueOn, on)] : [];
    });
    expect(lateness.length).toBeGreaterThan(1_200);
    expect(share(lateness.filter((days) => days <= 3).length, lateness.length)).toBeGreaterThan(0.3);
    expect(share(lateness.filter((days) => days > 30).length, lateness.length)).toBeGreaterThan(0.1);
  });

  it('with everything open there is no history, as a benchmark of open items wants it', () => {
    const made = wholeSampleBook({ seed: 1, asOn, customers: 100, invoices: 1_000, openShare: 1 });
    expect(openInvoices(made)).toHaveLength(1_000);
  });
});

describe('chance', () => {
  it('is even, and streams of one seed differ', () => {
    const random = new Random(1, 0);
    const draws = Array.from({ length: 20_000 }, () => random.next());
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 2);
    expect(new Set(draws).size).toBeGreaterThan(19_900);
    expect(new Random(1, 1).next()).not.toBe(new Random(1, 0).next());
    expect(new Random(1, 5).next()).toBe(new Random(1, 5).next());
  });
});

describe('the sample book as CSV', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wafa-sample-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes back through the own format without a fault and with every amount', async () => {
    const mapping = await loadMapping('wafa');
    const files = await writeSampleCsv(folder, { seed: 7, asOn });
    const [customers, invoices, creditNotes, payments] = await Promise.all(
      files.map(({ path, kind }) => readWhole({ source: { path }, mapping, kind, asOn, ownDomains: [SAMPLE_COMPANY.domain] })),
    );
    expect([customers, invoices, creditNotes, payments].map((reading) => [reading?.faults, reading?.warnings])).toEqual([
      [[], []],
      [[], []],
      [[], []],
      [[], []],
    ]);
    const plain = (records: readonly { readonly source: unknown }[] | undefined) =>
      asText(records?.map((record) => ({ ...record, source: null })));
    expect(plain(invoices?.invoices)).toBe(plain(invoicesOf(book)));
    expect(plain(creditNotes?.invoices)).toBe(
      plain(book.invoices.filter(({ kind }) => kind !== 'INVOICE').map((note) => ({ ...note, customerReference: null }))),
    );
    expect(plain(creditNotes?.credits)).toBe(plain(book.credits));
    expect(plain(payments?.payments)).toBe(plain(book.payments));
    const onlyPrimary = book.customers.map((customer) => ({
      ...customer,
      isActive: customer.isActive !== false,
      contacts: customer.contacts.slice(0, 1),
    }));
    expect(plain(customers?.customers)).toBe(plain(onlyPrimary));
  });
});
