/**
 * Writes the sample book as files in Wafa's own CSV format: `customers.csv`, `invoices.csv`, `credit-notes.csv` (advances
 * included) and `payments.csv`. The format has no place for blocks and for more than one contact; those stay out.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { decimalText } from '../../domain/money.ts';
import type { CreditRecord, CustomerRecord, InvoiceRecord, LedgerRecords, PaymentRecord } from '../ledger-records.ts';
import { sampleBook } from './sample-book.ts';
import type { SampleBookOptions } from './sample-book.ts';
import { SAMPLE_COMPANY } from './sample-company.ts';

const KINDS = ['customers', 'invoices', 'credit-notes', 'payments'] as const;
type SampleKind = (typeof KINDS)[number];

/** In the order in which the files are to be imported. */
export interface SampleFile {
  readonly kind: SampleKind;
  readonly path: string;
  readonly rows: number;
}

type Cell = string | number | null;

const HEADINGS: Readonly<Record<SampleKind, string>> = {
  customers:
    'customer_code,name,name_ar,bill_to,email,contact_name,contact_name_ar,contact_title,contact_role,contact_language,language,trn,business_type,' +
    'emirate,payment_terms_days,grace_days,consolidation_preference,max_consolidation_amount,preferred_contact_interval,collection_status,' +
    'credit_limit,customer_since,phone,active',
  invoices: 'invoice_number,customer_code,issue_date,due_date,currency,total,customer_reference',
  'credit-notes': 'credit_note_number,kind,customer_code,issue_date,currency,total,linked_invoice,applied_to,applied_amount,applied_on',
  payments: 'payment_reference,customer_code,received_on,currency,amount,method,invoice_number,allocated_amount',
};

export async function writeSampleCsv(folder: string, options: SampleBookOptions): Promise<readonly SampleFile[]> {
  const files = await Promise.all(KINDS.map((kind) => CsvFile.create(folder, kind)));
  try {
    for (const batch of sampleBook(options)) for (const file of files) await file.write(rowsOf(file.kind, batch));
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
  return files.map(({ kind, path, rows }) => ({ kind, path, rows }));
}

class CsvFile {
  readonly kind: SampleKind;
  readonly path: string;
  rows = 0;
  private readonly handle: FileHandle;

  private constructor(kind: SampleKind, path: string, handle: FileHandle) {
    this.kind = kind;
    this.path = path;
    this.handle = handle;
  }

  static async create(folder: string, kind: SampleKind): Promise<CsvFile> {
    const path = join(folder, `${kind}.csv`);
    const handle = await open(path, 'w');
    await handle.write(`${HEADINGS[kind]}\n`);
    return new CsvFile(kind, path, handle);
  }

  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    this.rows += rows.length;
    if (rows.length > 0) await this.handle.write(rows.map((row) => `${row.map(cellText).join(',')}\n`).join(''));
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

const cellText = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function rowsOf(kind: SampleKind, batch: LedgerRecords): readonly (readonly Cell[])[] {
  switch (kind) {
    case 'customers':
      return batch.customers.map(customerRow);
    case 'invoices':
      return batch.invoices.filter((document) => document.kind === 'INVOICE').map(invoiceRow);
    case 'credit-notes': {
      const applied = new Map(batch.credits.map((credit) => [credit.creditNumber, credit]));
      return batch.invoices
        .filter((document) => document.kind !== 'INVOICE')
        .map((document) => creditRow(document, applied.get(document.number)));
    }
    case 'payments':
      return batch.payments.flatMap(paymentRows);
  }
}

const limitText = (minor: bigint | null): string | null => (minor === null ? null : decimalText(minor, SAMPLE_COMPANY.baseCurrency));

function customerRow(customer: CustomerRecord): readonly Cell[] {
  const contact = customer.contacts.find(({ isPrimary }) => isPrimary);
  return [
    customer.code,
    customer.name,
    customer.nameAr,
    customer.billToCode,
    contact?.address ?? null,
    contact?.name ?? null,
    contact?.nameAr ?? null,
    contact?.title ?? null,
    contact?.role ?? null,
    contact?.language ?? null,
    customer.language,
    customer.trn,
    customer.businessType,
    customer.emirate,
    customer.paymentTermsDays,
    customer.graceDays,
    customer.consolidationPreference,
    limitText(customer.maxConsolidationMinor),
    customer.preferredContactIntervalDays,
    customer.collectionStatus,
    limitText(customer.creditLimitMinor),
    customer.customerSince?.toString() ?? null,
    customer.phone,
    customer.isActive === false ? 'no' : 'yes',
  ];
}

const invoiceRow = (invoice: InvoiceRecord): readonly Cell[] => [
  invoice.number,
  invoice.customerCode,
  invoice.issuedOn.toString(),
  invoice.dueOn?.toString() ?? null,
  invoice.currency,
  decimalText(invoice.totalMinor, invoice.currency),
  invoice.customerReference,
];

const creditRow = (credit: InvoiceRecord, applied: CreditRecord | undefined): readonly Cell[] => [
  credit.number,
  credit.kind,
  credit.customerCode,
  credit.issuedOn.toString(),
  credit.currency,
  decimalText(credit.totalMinor, credit.currency),
  credit.linkedNumber,
  applied?.invoiceNumber ?? null,
  applied ? decimalText(applied.amountMinor, credit.currency) : null,
  applied?.appliedOn.toString() ?? null,
];

function paymentRows(payment: PaymentRecord): readonly (readonly Cell[])[] {
  const { reference, customerCode, receivedOn, currency, amountMinor, method, allocations } = payment;
  const head = [reference, customerCode, receivedOn.toString(), currency, decimalText(amountMinor, currency), method];
  if (allocations.length === 0) return [[...head, null, null]];
  return allocations.map((allocation) => [...head, allocation.invoiceNumber, decimalText(allocation.amountMinor, currency)]);
}
