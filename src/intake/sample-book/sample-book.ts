/**
 * A believable UAE company's ledger, made up from a seed: for the demo, tests and benchmarks. Pure, and the same for the
 * same arguments whatever the batch size: each customer is drawn from its own stream, so a book of 200,000 customers and a
 * million invoices needs no more memory than one batch.
 */
import type { Day } from '../../domain/days.ts';
import { assert } from '../../domain/operator-error.ts';
import type { BlockRecord, CreditRecord, CustomerRecord, InvoiceRecord, LedgerRecords, PaymentRecord } from '../ledger-records.ts';
import { Days } from './civil-day.ts';
import { sampleBlocks } from './sample-blocks.ts';
import { customerWeight, sampleCustomer } from './sample-customer.ts';
import { sampleDocuments } from './sample-documents.ts';

export interface SampleBookOptions {
  readonly seed: number;
  /** The day the book is seen on: nothing in it happened later. */
  readonly asOn: Day;
  readonly customers?: number;
  /** Invoices in all, settled ones included; credit notes and advances come on top. */
  readonly invoices?: number;
  /** Share of invoices that still have something open, 0-1; at 1 there is no history. */
  readonly openShare?: number;
  readonly customersPerBatch?: number;
}

/** A medium distributor's book; 0.45 of it open gives an operator a morning's work. */
const DEFAULTS = { customers: 400, invoices: 2_500, openShare: 0.45, customersPerBatch: 500 } as const;

/** Yields the book in batches of whole customers, head offices before their branches. */
export function* sampleBook(options: SampleBookOptions): Generator<LedgerRecords> {
  const { seed, asOn, customers, invoices, openShare, customersPerBatch } = { ...DEFAULTS, ...options };
  assert(customers > 0 && invoices >= 0 && customersPerBatch > 0, 'a sample book needs customers');
  const days = new Days(asOn);
  const counts = invoiceCounts(seed, customers, invoices);
  let batch = emptyBatch();
  let nextNumber = 1;
  for (let index = 0; index < customers; index += 1) {
    const count = counts.next().value ?? 0;
    const customer = sampleCustomer(seed, index, asOn);
    const documents = sampleDocuments({ customer, count, firstNumber: nextNumber, openShare, days });
    nextNumber += count;
    batch.customers.push(customer.record);
    batch.invoices.push(...documents.invoices);
    batch.payments.push(...documents.payments);
    batch.credits.push(...documents.credits);
    batch.blocks.push(...sampleBlocks(customer, documents.open, days));
    if (batch.customers.length < customersPerBatch) continue;
    yield batch;
    batch = emptyBatch();
  }
  if (batch.customers.length > 0) yield batch;
}

/** Shares the invoices out by weight so that they add up exactly: each customer gets what the rounded running total grows by. */
function* invoiceCounts(seed: number, customers: number, invoices: number): Generator<number, undefined> {
  let total = 0;
  for (let index = 0; index < customers; index += 1) total += customerWeight(seed, index);
  let running = 0;
  let given = 0;
  for (let index = 0; index < customers; index += 1) {
    running += customerWeight(seed, index);
    const upTo = index === customers - 1 ? invoices : Math.round((running / total) * invoices);
    yield upTo - given;
    given = upTo;
  }
}

interface Batch extends LedgerRecords {
  readonly customers: CustomerRecord[];
  readonly invoices: InvoiceRecord[];
  readonly payments: PaymentRecord[];
  readonly credits: CreditRecord[];
  readonly blocks: BlockRecord[];
}

const emptyBatch = (): Batch => ({ customers: [], invoices: [], payments: [], credits: [], blocks: [] });

/** The whole book at once, for sizes that fit in memory. */
export function wholeSampleBook(options: SampleBookOptions): LedgerRecords {
  const whole = emptyBatch();
  for (const batch of sampleBook(options)) {
    for (const customer of batch.customers) whole.customers.push(customer);
    for (const invoice of batch.invoices) whole.invoices.push(invoice);
    for (const payment of batch.payments) whole.payments.push(payment);
    for (const credit of batch.credits) whole.credits.push(credit);
    for (const block of batch.blocks) whole.blocks.push(block);
  }
  return whole;
}
