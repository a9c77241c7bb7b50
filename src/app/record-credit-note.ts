/**
 * Records a credit note. Linked to an invoice it follows that invoice: its own row in a reminder, netted against it. Applied, it
 * lowers the invoice's balance at once.
 */
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { settleDocuments } from './import/settle-documents.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer, findInvoice, requireSameAccount } from './ledger/find-records.ts';
import { readAmount, readCurrency, readIdentifier } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import { decimalText, type Currency } from '../domain/money.ts';
import { assert, OperatorError } from '../domain/operator-error.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { insertAllocations } from '../store/sql/allocations.ts';
import type { CustomerRow } from '../store/sql/customers.ts';
import { documentsByNumber, giveUpNumber, insertDocuments, isUndone, lockDocuments, type DocumentRow } from '../store/sql/invoices.ts';

export interface CreditNoteRequest {
  readonly number: string;
  readonly customerCode: string;
  /** Decimal text. */
  readonly amount: string;
  /** The invoice's currency when left out, else the company's. */
  readonly currency?: string | undefined;
  readonly issuedOn?: Day | undefined;
  /** Number of the invoice it was made out for. */
  readonly invoice?: string | undefined;
  /** Sets it against that invoice, as far as both reach. */
  readonly isApplied?: boolean | undefined;
}

export interface RecordedCreditNote extends FactEffect {
  readonly id: InvoiceId;
  readonly number: string;
  readonly customerCode: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly invoice: string | null;
  /** How much of it was set against the invoice. */
  readonly appliedMinor: bigint;
}

/** @throws OperatorError `customer.unknown`, `invoice.*`, `document.exists`, `credit.*`, `money.bad-amount`, `input.*` */
export const recordCreditNote = (session: Session, request: CreditNoteRequest): Promise<RecordedCreditNote> =>
  act(session, 'credit', async (context) => {
    const { tx, today } = context;
    const customer = await findCustomer(tx, request.customerCode);
    await lockAccounts(tx, [customer.accountId]);
    const number = readIdentifier(request.number, 'the number', 100);
    const invoice = await linkedInvoice(tx, request, customer);
    const currency = currencyOf(request, invoice, context.company.baseCurrency);
    const amountMinor = readAmount(request.amount, currency);
    await claimNumber(context, { number, customerId: customer.id, currency, amountMinor });
    const issuedOn = issueDay(request, today);
    const appliedMinor = request.isApplied === true && invoice ? smaller(amountMinor, invoice.openMinor) : 0n;
    const id = await store(context, { customer, number, issuedOn, currency, amountMinor, invoice, appliedMinor });
    return {
      id,
      number,
      customerCode: customer.code,
      currency,
      amountMinor,
      invoice: invoice?.number ?? null,
      appliedMinor,
      ...(await factEffect(context, customer.accountId, null)),
    };
  });

/** A credit note that was taken back gives its number up; any other keeps it. */
async function claimNumber(
  context: Act,
  wanted: { readonly number: string; readonly customerId: CustomerId; readonly currency: Currency; readonly amountMinor: bigint },
): Promise<void> {
  const { tx } = context;
  const [recorded] = await documentsByNumber(tx, 'CREDIT_NOTE', [wanted.number]);
  if (!recorded) return;
  if (await isUndone(tx, recorded.id)) {
    await giveUpNumber(tx, recorded.id);
    context.record({ objectKind: 'invoice', objectId: recorded.id, reason: 'gave up its number' });
    return;
  }
  const isSame =
    recorded.customerId === wanted.customerId && recorded.currency === wanted.currency && recorded.totalMinor === wanted.amountMinor;
  throw new OperatorError({
    code: 'document.exists',
    ...(isSame ? { kind: 'nothing-to-do' as const } : {}),
    message: `A credit note ${wanted.number} is recorded already.`,
    tryThis: isSame
      ? 'Nothing needs doing if it is the same one; otherwise give this one its own number.'
      : 'Give this one its own number.',
  });
}

async function linkedInvoice(tx: CompanyTx, request: CreditNoteRequest, customer: CustomerRow): Promise<DocumentRow | null> {
  if (request.invoice === undefined) {
    if (request.isApplied !== true) return null;
    throw creditFault('nothing-to-apply-to', 'A credit note can only be applied to an invoice that is named.', 'Name it with --invoice.');
  }
  const invoice = await findInvoice(tx, request.invoice);
  requireSameAccount([invoice], customer.accountId, customer.code);
  const [locked] = await lockDocuments(tx, [invoice.id]);
  return locked ?? invoice;
}

function currencyOf(request: CreditNoteRequest, invoice: DocumentRow | null, baseCurrency: Currency): Currency {
  const currency = request.currency === undefined ? (invoice?.currency ?? baseCurrency) : readCurrency(request.currency);
  if (invoice && invoice.currency !== currency) {
    throw creditFault(
      'currency',
      `Invoice ${invoice.number} is in ${invoice.currency}, the credit note in ${currency}.`,
      'Credit an invoice in its own currency.',
    );
  }
  return currency;
}

function issueDay({ issuedOn }: CreditNoteRequest, today: Day): Day {
  if (issuedOn !== undefined && isBefore(today, issuedOn)) {
    throw creditFault(
      'in-future',
      `The credit note cannot be dated ${issuedOn.toString()}: today is ${today.toString()}.`,
      'Record it on its day.',
    );
  }
  return issuedOn ?? today;
}

interface CreditNoteToStore {
  readonly customer: CustomerRow;
  readonly number: string;
  readonly issuedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly invoice: DocumentRow | null;
  readonly appliedMinor: bigint;
}

async function store(context: Act, credit: CreditNoteToStore): Promise<InvoiceId> {
  const { tx } = context;
  const { customer, number, issuedOn, currency, amountMinor, invoice, appliedMinor } = credit;
  const [stored] = await insertDocuments(tx, [
    {
      customerId: customer.id,
      kind: 'CREDIT_NOTE',
      number,
      issuedOn,
      dueOn: null,
      isDueComputed: false,
      currency,
      totalMinor: amountMinor,
      openMinor: amountMinor,
      settledOn: null,
      customerReference: null,
      linkedInvoiceId: invoice?.id ?? null,
      linkedNumber: invoice?.number ?? null,
      source: 'operator',
      sourceKey: null,
      importBatchId: null,
    },
  ]);
  assert(stored, 'an inserted document comes back with its id');
  if (invoice && appliedMinor > 0n) {
    await insertAllocations(tx, [
      {
        kind: 'CREDIT_NOTE',
        invoiceId: invoice.id,
        paymentId: null,
        creditNoteId: stored.id,
        amountMinor: appliedMinor,
        effectiveOn: issuedOn,
        reason: null,
        importBatchId: null,
        recordedBy: userIdOf(context.actor),
      },
    ]);
    await settleDocuments(tx, [invoice.id, stored.id]);
  }
  context.record({
    objectKind: 'invoice',
    objectId: stored.id,
    toState: 'CREDIT_NOTE',
    detail: {
      customerId: customer.id,
      amount: decimalText(amountMinor, currency),
      currency,
      invoiceId: invoice?.id ?? null,
      applied: decimalText(appliedMinor, currency),
    },
  });
  return stored.id;
}

const creditFault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `credit.${what}`, kind: 'usage', message, tryThis });

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
