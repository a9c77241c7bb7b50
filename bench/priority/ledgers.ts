/** Ledgers that were not made for judging: the sample book, and IBM's public receivables where the shared material is at hand. */
import { existsSync, readFileSync } from 'node:fs';
import type { AccountHistory, InvoiceLife } from '../../src/domain/calibration/account-history.ts';
import { dayNumber, type Day } from '../../src/domain/days.ts';
import { sampleBook } from '../../src/intake/sample-book/sample-book.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Dirham invoices of the made-up book, by account; what is open on its day stays open. */
export function sampleBookLedger(seed: number, asOn: Day): readonly AccountHistory[] {
  const accountOf = new Map<string, string>();
  const lives = new Map<string, Mutable<InvoiceLife>>();
  const accounts = new Map<string, InvoiceLife[]>();
  for (const batch of sampleBook({ seed, asOn, customers: 1_500, invoices: 24_000, openShare: 0.3 })) {
    for (const { code, billToCode } of batch.customers) accountOf.set(code, billToCode ?? code);
    for (const invoice of batch.invoices) {
      if (invoice.kind !== 'INVOICE' || invoice.currency !== 'AED' || invoice.dueOn === null) continue;
      const life = {
        issued: dayNumber(invoice.issuedOn),
        due: dayNumber(invoice.dueOn),
        settled: null,
        total: Number(invoice.totalMinor),
        parts: [],
      };
      lives.set(invoice.number, life);
      const code = accountOf.get(invoice.customerCode) ?? invoice.customerCode;
      accounts.set(code, [...(accounts.get(code) ?? []), life]);
    }
    for (const { allocations, receivedOn } of batch.payments)
      for (const { invoiceNumber, amountMinor } of allocations)
        allocate(lives.get(invoiceNumber), dayNumber(receivedOn), Number(amountMinor));
    for (const { invoiceNumber, amountMinor, appliedOn } of batch.credits)
      allocate(lives.get(invoiceNumber), dayNumber(appliedOn), Number(amountMinor));
  }
  return [...accounts.values()].map((invoices, index) => ({ accountId: index + 1, customerSince: null, brokenPromises: [], invoices }));
}

function allocate(life: Mutable<InvoiceLife> | undefined, on: number, amount: number): void {
  if (life === undefined) return;
  life.parts = [...life.parts, { on, amount }];
  if (life.parts.reduce((sum, part) => sum + part.amount, 0) >= life.total) life.settled = Math.max(...life.parts.map((part) => part.on));
}

const IBM = new URL('../../../shared/data/ibm/accounts-receivable.csv', import.meta.url);

/** 2,466 invoices of 100 customers, 2012-2013; `null` where the file is not at hand. Amounts in hundredths. */
export function ibmLedger(): readonly AccountHistory[] | null {
  if (!existsSync(IBM)) return null;
  const accounts = new Map<string, InvoiceLife[]>();
  for (const line of readFileSync(IBM, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [, customer = '', , , issued = '', due = '', amount = '', , settled = ''] = line.split(',');
    const life = { issued: usDay(issued), due: usDay(due), settled: usDay(settled), total: Math.round(Number(amount) * 100), parts: [] };
    accounts.set(customer, [...(accounts.get(customer) ?? []), life]);
  }
  return [...accounts.values()].map((invoices, index) => ({ accountId: index + 1, customerSince: null, brokenPromises: [], invoices }));
}

function usDay(text: string): number {
  const [month = 1, day = 1, year = 1970] = text.split('/').map(Number);
  return dayNumber(Temporal.PlainDate.from({ year, month, day }));
}
