/** What each section of a mapping makes of a row: a customer, a document, a payment, or a record of the kinds that come in files of their own. */
import type { Day } from '../domain/days.ts';
import type { Currency } from '../domain/money.ts';
import { bindFields, bindFilters } from './bind-columns.ts';
import type { Headings } from './headings.ts';
import type {
  AddedContact,
  BlockRecord,
  CreditRecord,
  CustomerRecord,
  FactRecord,
  InvoiceRecord,
  LedgerRecords,
  PaymentRecord,
} from './ledger-records.ts';
import { REQUIRED_FIELDS } from './mapping.ts';
import type { FileMapping, Mapping, RecordKind } from './mapping.ts';
import type { RowReader } from './row-reader.ts';
import { ChequeRows } from './rows/cheque-rows.ts';
import { ContactRows } from './rows/contact-rows.ts';
import { CustomerRows } from './rows/customer-rows.ts';
import { DocumentRows } from './rows/document-rows.ts';
import { DayOffRows, RateRows, SuppressionRows } from './rows/fact-rows.ts';
import { PaymentRows } from './rows/payment-rows.ts';

/** Of what a file is read with, the part that sections need. */
interface SectionOptions {
  readonly mapping: Mapping;
  readonly fileMapping: FileMapping;
  readonly kind: RecordKind;
  readonly asOn?: Day;
  readonly baseCurrency?: Currency;
  readonly ownDomains?: readonly string[];
  readonly ownTrn?: string | undefined;
}

type SectionMapping<Kind extends RecordKind> = NonNullable<FileMapping['yields'][Kind]>;

/** Records of the ledger, and what files of their own say beside it. */
export interface ReadRecords extends LedgerRecords {
  readonly contacts: readonly AddedContact[];
  readonly facts: readonly FactRecord[];
}

export interface BatchInProgress extends ReadRecords {
  readonly customers: CustomerRecord[];
  readonly invoices: InvoiceRecord[];
  readonly payments: PaymentRecord[];
  readonly credits: CreditRecord[];
  readonly blocks: BlockRecord[];
  readonly contacts: AddedContact[];
  readonly facts: FactRecord[];
}

export const emptyBatch = (): BatchInProgress => ({
  customers: [],
  invoices: [],
  payments: [],
  credits: [],
  blocks: [],
  contacts: [],
  facts: [],
});

/** One kind of record read from each row. */
export interface Section {
  isWanted(cells: readonly string[]): boolean;
  read(batch: BatchInProgress): void;
  /** Hears of a row that could not be read as far as this section: it may have been part of a record of several rows. */
  interrupt(row: number): void;
  finish(batch: BatchInProgress): void;
}

export function sectionsOf(options: SectionOptions, headings: Headings, reader: RowReader): readonly Section[] {
  const { customers, invoices, payments, 'credit-notes': credits } = options.fileMapping.yields;
  const context = { options, headings, reader };
  const sections: Section[] = [];
  if (customers) sections.push(customerSection(customers, context));
  if (invoices) sections.push(documentSection(invoices, 'invoices', context));
  if (credits) sections.push(documentSection(credits, 'credit-notes', context));
  if (payments) {
    const rows = new PaymentRows({ fields: bindFields(payments.fields, REQUIRED_FIELDS.payments, headings), reader });
    sections.push(sectionOf(payments, headings, rows, (batch) => batch.payments));
  }
  sections.push(...factSections(context));
  return sections;
}

interface SectionContext {
  readonly options: SectionOptions;
  readonly headings: Headings;
  readonly reader: RowReader;
}

function customerSection(section: SectionMapping<'customers'>, { options, headings, reader }: SectionContext): Section {
  const fields = bindFields(section.fields, REQUIRED_FIELDS.customers, headings);
  const { baseCurrency = 'AED', ownDomains = [], kind } = options;
  const { addresses, badAddresses } = section;
  const rows = new CustomerRows({ fields, reader, baseCurrency, ownDomains, isDerived: kind !== 'customers', addresses, badAddresses });
  return {
    isWanted: bindFilters(section.where, headings),
    read: ({ customers }) => {
      const customer = rows.read();
      if (customer) customers.push(customer);
    },
    interrupt: () => {},
    finish: () => {},
  };
}

function documentSection(
  section: SectionMapping<'invoices'>,
  kind: 'invoices' | 'credit-notes',
  { options, headings, reader }: SectionContext,
): Section {
  const fields = bindFields(section.fields, REQUIRED_FIELDS[kind], headings);
  const defaultKind = kind === 'invoices' ? 'INVOICE' : 'CREDIT_NOTE';
  const { mapping, asOn, ownTrn } = options;
  const rows = new DocumentRows({
    fields,
    reader,
    defaultKind,
    creditAmounts: mapping.creditAmounts,
    lines: section.lines,
    asOn: asOn ?? null,
    ownTrn: ownTrn ?? null,
  });
  return {
    isWanted: bindFilters(section.where, headings),
    read: ({ invoices, credits, blocks }) => {
      const { document, credit, promise } = rows.read();
      if (document) invoices.push(document);
      if (credit) credits.push(credit);
      if (promise) blocks.push(promise);
    },
    interrupt: (row) => rows.interrupt(row),
    finish: ({ invoices }) => {
      const last = rows.finish();
      if (last) invoices.push(last);
    },
  };
}

/** Sections of the kinds that come in files of their own. */
function factSections({ options, headings, reader }: SectionContext): readonly Section[] {
  const { contacts, cheques, 'exchange-rates': rates, 'days-off': daysOff, suppressions } = options.fileMapping.yields;
  const { ownDomains = [], baseCurrency = 'AED' } = options;
  const sections: Section[] = [];
  if (contacts) {
    const rows = new ContactRows({ fields: bindFields(contacts.fields, REQUIRED_FIELDS.contacts, headings), reader, ownDomains });
    sections.push(sectionOf(contacts, headings, rows, (batch) => batch.contacts));
  }
  if (cheques) {
    const rows = new ChequeRows({ fields: bindFields(cheques.fields, REQUIRED_FIELDS.cheques, headings), reader });
    sections.push(sectionOf(cheques, headings, rows, (batch) => batch.facts));
  }
  if (rates) {
    const rows = new RateRows(bindFields(rates.fields, REQUIRED_FIELDS['exchange-rates'], headings), reader, baseCurrency);
    sections.push(sectionOf(rates, headings, rows, (batch) => batch.facts));
  }
  if (daysOff) {
    const rows = new DayOffRows(bindFields(daysOff.fields, REQUIRED_FIELDS['days-off'], headings), reader);
    sections.push(sectionOf(daysOff, headings, rows, (batch) => batch.facts));
  }
  if (suppressions) {
    const rows = new SuppressionRows(bindFields(suppressions.fields, REQUIRED_FIELDS.suppressions, headings), reader);
    sections.push(sectionOf(suppressions, headings, rows, (batch) => batch.facts));
  }
  return sections;
}

interface RowsOf<Record> {
  read(): Record | null;
  interrupt?(row: number): void;
  /** The record that only the end of the file shows to be complete. */
  finish?(): Record | null;
}

function sectionOf<Record>(
  { where }: { readonly where: FileMapping['where'] },
  headings: Headings,
  rows: RowsOf<Record>,
  listOf: (batch: BatchInProgress) => Record[],
): Section {
  const put = (batch: BatchInProgress, record: Record | null | undefined): void => {
    if (record) listOf(batch).push(record);
  };
  return {
    isWanted: bindFilters(where, headings),
    read: (batch) => put(batch, rows.read()),
    interrupt: (row) => rows.interrupt?.(row),
    finish: (batch) => put(batch, rows.finish?.()),
  };
}
