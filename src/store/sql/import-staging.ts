/**
 * Temporary tables into which a ledger is copied while it is read, so that it can be checked and compared as a whole without
 * being held in memory. They belong to one transaction and vanish with it. Nothing is ever written from them to a ledger table
 * directly: what is to be written is read back in chunks and goes through the bulk statements.
 */
import type { Day } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { copyInto, copyRow } from './copy-text.ts';

/** Where a staged row stands in its file. */
interface Sourced {
  readonly source: { readonly row: number };
}

export interface StagedCustomer extends Sourced {
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly billToCode: string | null;
  readonly language: string | null;
  readonly trn: string | null;
  readonly businessType: string | null;
  readonly emirate: string | null;
  readonly paymentTermsDays: number | null;
  readonly graceDays: number | null;
  readonly calendarPreset: string | null;
  readonly consolidationPreference: string | null;
  readonly maxConsolidationMinor: bigint | null;
  readonly preferredContactIntervalDays: number | null;
  readonly collectionStatus: string | null;
  readonly creditLimitMinor: bigint | null;
  readonly customerSince: Day | null;
  readonly phone: string | null;
  readonly isActive: boolean | null;
  readonly lastContactOn: Day | null;
  readonly lastLevel: string | null;
  readonly contacts: readonly StagedContact[];
}

interface StagedContact {
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly role: string | null;
  readonly address: string;
  readonly language: string | null;
  readonly isPrimary: boolean;
}

export interface StagedDocument extends Sourced {
  readonly kind: string;
  readonly number: string;
  readonly customerCode: string;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly openMinor: bigint | null;
  readonly customerReference: string | null;
  readonly linkedNumber: string | null;
  readonly sourceKey: string | null;
}

export interface StagedPayment extends Sourced {
  readonly reference: string;
  readonly customerCode: string;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly method: string;
  readonly allocations: readonly { readonly invoiceNumber: string; readonly amountMinor: bigint }[];
}

/** A credit note or advance set against an invoice. */
export interface StagedCredit extends Sourced {
  readonly creditNumber: string;
  readonly customerCode: string;
  readonly invoiceNumber: string;
  readonly amountMinor: bigint;
  readonly appliedOn: Day;
}

const TABLES = `
  create temporary table staged_customers (
    row_number int not null, code text not null, name text not null, name_ar text, bill_to_code text, language text, trn text,
    business_type text, emirate text, payment_terms_days int, grace_days int, calendar_preset text, consolidation_preference text,
    max_consolidation_amount_minor bigint, preferred_contact_interval int, collection_status text, credit_limit_minor bigint,
    customer_since_on date, phone text, is_active boolean, opening_contact_on date, opening_level text
  ) on commit drop;
  create temporary table staged_contacts (
    row_number int not null, code text not null, name text not null, name_ar text, title text, role text, address text not null,
    language text, is_primary boolean not null
  ) on commit drop;
  create temporary table staged_documents (
    row_number int not null, kind text not null, number text not null, customer_code text not null, issued_on date not null, due_on date,
    is_due_computed boolean not null, currency text not null, total_minor bigint not null, stated_open_minor bigint,
    customer_reference text, linked_number text, source_key text
  ) on commit drop;
  create temporary table staged_payments (
    row_number int not null, reference text not null, customer_code text not null, received_on date not null, currency text not null,
    amount_minor bigint not null, method text not null
  ) on commit drop;
  create temporary table staged_allocations (
    row_number int not null, source text not null, source_number text not null, customer_code text not null, invoice_number text not null,
    amount_minor bigint not null, effective_on date not null
  ) on commit drop;
  create temporary table staged_codes (
    code text not null, customer_id bigint, old_account_id bigint, account_code text not null, account_id bigint, payment_terms_days int,
    is_staged boolean not null
  ) on commit drop;
  create temporary table new_allocations (
    row_number int not null, source text not null, source_number text not null, customer_code text not null, invoice_number text not null,
    amount_minor bigint not null, effective_on date not null, payment_id bigint, credit_id bigint, invoice_id bigint, recorded_minor bigint
  ) on commit drop;
  create temporary table recorded_documents (
    row_number int not null, kind text not null, number text not null, id bigint not null, customer_id bigint not null, issued_on date not null,
    due_on date, is_due_computed boolean not null, currency text not null, total_minor bigint not null, open_minor bigint not null,
    customer_reference text, linked_number text, linked_invoice_id bigint
  ) on commit drop;
  create temporary table written_documents (kind text not null, number text not null, id bigint not null) on commit drop;
  create temporary table written_payments (customer_code text not null, reference text not null, id bigint not null) on commit drop`;

export async function createStaging(tx: CompanyTx): Promise<void> {
  // A hundred thousand rows are sorted and joined in memory; there is one import of a company at a time.
  await tx.query(`set local work_mem = '64MB'`);
  for (const statement of TABLES.split(';')) await tx.query(statement);
}

export async function stageCustomers(tx: CompanyTx, customers: readonly StagedCustomer[]): Promise<void> {
  await copyInto(
    tx,
    'staged_customers',
    customers.map((customer) =>
      copyRow([
        customer.source.row,
        customer.code,
        customer.name,
        customer.nameAr,
        customer.billToCode,
        customer.language,
        customer.trn,
        customer.businessType,
        customer.emirate,
        customer.paymentTermsDays,
        customer.graceDays,
        customer.calendarPreset,
        customer.consolidationPreference,
        customer.maxConsolidationMinor,
        customer.preferredContactIntervalDays,
        customer.collectionStatus,
        customer.creditLimitMinor,
        customer.customerSince,
        customer.phone,
        customer.isActive,
        customer.lastContactOn,
        customer.lastLevel,
      ]),
    ),
  );
  await stageContacts(
    tx,
    customers.flatMap(({ code, source, contacts }) => contacts.map((contact) => ({ ...contact, customerCode: code, source }))),
  );
}

/** Contacts of customers in the same file, or of recorded ones. */
export async function stageContacts(
  tx: CompanyTx,
  contacts: readonly (StagedContact & Sourced & { readonly customerCode: string })[],
): Promise<void> {
  await copyInto(
    tx,
    'staged_contacts',
    contacts.map((contact) =>
      copyRow([
        contact.source.row,
        contact.customerCode,
        contact.name,
        contact.nameAr,
        contact.title,
        contact.role,
        contact.address,
        contact.language,
        contact.isPrimary,
      ]),
    ),
  );
}

export async function stageDocuments(tx: CompanyTx, documents: readonly StagedDocument[]): Promise<void> {
  await copyInto(
    tx,
    'staged_documents',
    documents.map((document) =>
      copyRow([
        document.source.row,
        document.kind,
        document.number,
        document.customerCode,
        document.issuedOn,
        document.dueOn,
        document.isDueComputed,
        document.currency,
        document.totalMinor,
        document.openMinor,
        document.customerReference,
        document.linkedNumber,
        document.sourceKey,
      ]),
    ),
  );
}

export async function stagePayments(tx: CompanyTx, payments: readonly StagedPayment[]): Promise<void> {
  await copyInto(
    tx,
    'staged_payments',
    payments.map((payment) =>
      copyRow([
        payment.source.row,
        payment.reference,
        payment.customerCode,
        payment.receivedOn,
        payment.currency,
        payment.amountMinor,
        payment.method,
      ]),
    ),
  );
  await copyInto(
    tx,
    'staged_allocations',
    payments.flatMap((payment) =>
      payment.allocations.map((allocation) =>
        copyRow([
          payment.source.row,
          'PAYMENT',
          payment.reference,
          payment.customerCode,
          allocation.invoiceNumber,
          allocation.amountMinor,
          payment.receivedOn,
        ]),
      ),
    ),
  );
}

export async function stageCredits(tx: CompanyTx, credits: readonly StagedCredit[]): Promise<void> {
  await copyInto(
    tx,
    'staged_allocations',
    credits.map((credit) =>
      copyRow([
        credit.source.row,
        'CREDIT_NOTE',
        credit.creditNumber,
        credit.customerCode,
        credit.invoiceNumber,
        credit.amountMinor,
        credit.appliedOn,
      ]),
    ),
  );
}
