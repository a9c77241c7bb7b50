/**
 * Records money received. Without invoices it stays on account, because a wrong guess would close the wrong item; `oldest first` is
 * the operator's order to guess. A fact: the account's reminders are judged again before anything is sent.
 */
import { act, type Act } from './act.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer, findInvoices, requireSameAccount } from './ledger/find-records.ts';
import { requireFitting, type FittingSpread } from './ledger/spread-refusal.ts';
import { claimReference, storePayment } from './ledger/store-payment.ts';
import { readAmount, readCurrency, readIdentifier } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { CustomerId, InvoiceId, PaymentId } from '../domain/ids.ts';
import type { Currency } from '../domain/money.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { spreadOldestFirst, spreadOverNamed, type Share } from '../domain/receipt-allocation.ts';
import type { PaymentMethod } from '../domain/vocabulary.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import type { CustomerRow } from '../store/sql/customers.ts';
import { lockDocuments, lockOpenInvoices, type DocumentRow } from '../store/sql/invoices.ts';
import { countPaymentsOn } from '../store/sql/payments.ts';

export interface PaymentRequest {
  readonly customerCode: string;
  /** Decimal text. */
  readonly amount: string;
  /** The invoices' currency when left out, else the company's. */
  readonly currency?: string | undefined;
  /** Today when left out; never later. */
  readonly receivedOn?: Day | undefined;
  /** Invoices it pays, in order; `amount` null: as much as is left. */
  readonly invoices?: readonly { readonly number: string; readonly amount: string | null }[] | undefined;
  readonly isOldestFirst?: boolean | undefined;
  /** The bank's or the customer's; numbered by day when left out. */
  readonly reference?: string | undefined;
  readonly method?: PaymentMethod | undefined;
}

export interface RecordedPayment extends FactEffect {
  readonly id: PaymentId;
  readonly customerCode: string;
  readonly reference: string;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly shares: readonly Share[];
  /** What stays on account. */
  readonly restMinor: bigint;
}

/** @throws OperatorError `customer.unknown`, `invoice.*`, `allocation.*`, `payment.*`, `money.bad-amount`, `input.*` */
export const recordPayment = (session: Session, request: PaymentRequest): Promise<RecordedPayment> =>
  act(session, 'pay', async (context) => {
    const { tx } = context;
    const customer = await findCustomer(tx, request.customerCode);
    await lockAccounts(tx, [customer.accountId]);
    const named = await namedInvoices(tx, request, customer);
    const currency = currencyOf(request, named, context.company.baseCurrency);
    const amountMinor = readAmount(request.amount, currency);
    const receivedOn = receiptDay(request, context.today);
    const reference = await referenceOf(context, request, customer.id, receivedOn);
    await claimReference(context, customer, { reference, currency, amountMinor });
    const spread = await spreadOf(tx, { request, named, currency, amountMinor, accountId: customer.accountId });
    const id = await storePayment(context, {
      customerId: customer.id,
      reference,
      receivedOn,
      currency,
      amountMinor,
      method: request.method ?? 'TRANSFER',
      spread,
    });
    const concerned = spread.restMinor > 0n ? null : spread.shares.map((share) => share.invoiceId);
    return {
      id,
      customerCode: customer.code,
      reference,
      receivedOn,
      currency,
      amountMinor,
      ...spread,
      ...(await factEffect(context, customer.accountId, concerned)),
    };
  });

async function namedInvoices(tx: CompanyTx, request: PaymentRequest, customer: CustomerRow): Promise<readonly DocumentRow[]> {
  const invoices = await findInvoices(
    tx,
    (request.invoices ?? []).map(({ number }) => number),
  );
  requireSameAccount(invoices, customer.accountId, customer.code);
  const locked = new Map(
    (
      await lockDocuments(
        tx,
        invoices.map(({ id }) => id),
      )
    ).map((invoice) => [invoice.id, invoice]),
  );
  return invoices.map((invoice) => locked.get(invoice.id) ?? invoice);
}

function currencyOf(request: PaymentRequest, named: readonly DocumentRow[], baseCurrency: Currency): Currency {
  const currency = request.currency === undefined ? (named[0]?.currency ?? baseCurrency) : readCurrency(request.currency);
  const other = named.find((invoice) => invoice.currency !== currency);
  if (!other) return currency;
  throw new OperatorError({
    code: 'payment.currency',
    kind: 'usage',
    message: `Invoice ${other.number} is in ${other.currency}, the payment in ${currency}.`,
    tryThis: 'Record money in another currency without an invoice; currencies are never added together.',
  });
}

function receiptDay({ receivedOn }: PaymentRequest, today: Day): Day {
  if (receivedOn === undefined || !isBefore(today, receivedOn)) return receivedOn ?? today;
  throw new OperatorError({
    code: 'payment.in-future',
    kind: 'usage',
    message: `Money cannot have been received on ${receivedOn.toString()}: today is ${today.toString()}.`,
    tryThis: 'Record a promise with `wafa promise`, or a cheque in hand with `wafa block --kind CHEQUE`.',
  });
}

async function referenceOf({ tx }: Act, request: PaymentRequest, customerId: CustomerId, receivedOn: Day): Promise<string> {
  if (request.reference !== undefined) return readIdentifier(request.reference, 'the reference', 140);
  return `RECEIPT-${receivedOn.toString()}-${(await countPaymentsOn(tx, customerId, receivedOn)) + 1}`;
}

interface SpreadQuestion {
  readonly request: PaymentRequest;
  readonly named: readonly DocumentRow[];
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly accountId: CustomerId;
}

async function spreadOf(tx: CompanyTx, { request, named, currency, amountMinor, accountId }: SpreadQuestion): Promise<FittingSpread> {
  if (named.length > 0) {
    const shares = named.map((invoice, index) => {
      const given = request.invoices?.[index]?.amount ?? null;
      return { ...asOpen(invoice), shareMinor: given === null ? null : readAmount(given, currency) };
    });
    return requireFitting(spreadOverNamed(amountMinor, shares), currency);
  }
  if (request.isOldestFirst !== true) return { shares: [], restMinor: amountMinor };
  return spreadOldestFirst(amountMinor, (await lockOpenInvoices(tx, accountId, currency)).map(asOpen));
}

const asOpen = ({
  id,
  number,
  openMinor,
}: DocumentRow): { readonly invoiceId: InvoiceId; readonly number: string; readonly openMinor: bigint } => ({
  invoiceId: id,
  number,
  openMinor,
});
