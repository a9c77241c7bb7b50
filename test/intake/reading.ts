/** Reads small ledgers in tests: from text, from fixtures, all batches at once. */
import { fileURLToPath } from 'node:url';

import type { ImportFault } from '../../src/intake/faults.ts';
import type { CreditRecord, CustomerRecord, InvoiceRecord, PaymentRecord } from '../../src/intake/ledger-records.ts';
import { checkMapping } from '../../src/intake/mapping.ts';
import type { Mapping } from '../../src/intake/mapping.ts';
import { readLedger } from '../../src/intake/read-ledger.ts';
import type { LedgerSummary, ReadLedgerOptions } from '../../src/intake/read-ledger.ts';

export interface WholeReading {
  readonly customers: readonly CustomerRecord[];
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
  readonly credits: readonly CreditRecord[];
  readonly faults: readonly ImportFault[];
  readonly warnings: readonly ImportFault[];
  readonly summary: LedgerSummary;
}

export async function readWhole(options: ReadLedgerOptions): Promise<WholeReading> {
  const reading = readLedger(options);
  const whole = {
    customers: [] as CustomerRecord[],
    invoices: [] as InvoiceRecord[],
    payments: [] as PaymentRecord[],
    credits: [] as CreditRecord[],
    faults: [] as ImportFault[],
    warnings: [] as ImportFault[],
  };
  for await (const batch of reading.batches) {
    whole.customers.push(...batch.customers);
    whole.invoices.push(...batch.invoices);
    whole.payments.push(...batch.payments);
    whole.credits.push(...batch.credits);
    whole.faults.push(...batch.faults);
    whole.warnings.push(...batch.warnings);
  }
  return { ...whole, summary: reading.summary() };
}

export const fixturePath = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** Bytes as a source that hands them out `size` at a time, as often as asked. */
export function bytesSource(
  content: string | Uint8Array,
  size = 65_536,
): { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> } {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name: 'ledger.csv', chunks: { [Symbol.asyncIterator]: () => slices(bytes, size) } };
}

// oxlint-disable-next-line typescript/require-await -- an async source is what is wanted
async function* slices(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The smallest mapping that yields invoices: a number and an amount, the rest fixed. */
export const smallMapping = (changes: object = {}): Mapping =>
  checkMapping(
    {
      name: 'small',
      title: 'Small',
      source: 'test',
      ledger: 'transactions',
      dates: 'yyyy-mm-dd',
      currency: 'AED',
      otherColumns: 'refuse',
      files: {
        invoices: {
          yields: {
            invoices: {
              fields: {
                number: 'invoice_no',
                customerCode: { constant: 'C-1' },
                issuedOn: { constant: '2026-09-01' },
                total: { column: 'amount', default: '1' },
                customerReference: 'note',
              },
            },
          },
        },
      },
      ...changes,
    },
    'small.json',
  );
