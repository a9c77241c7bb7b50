/**
 * What became of a cheque in hand. Cleared: the money is recorded against the invoices it covered. Returned: the invoices are free again, but
 * nobody is written to automatically until a person has dealt with it. Withdrawn: it was given back or replaced.
 */
import { act, type Act } from './act.ts';
import { endedNow } from './ledger/ended-now.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { storeBlocks } from './ledger/store-blocks.ts';
import { claimReference, storePayment } from './ledger/store-payment.ts';
import { readAmount, readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { BlockId, PaymentId } from '../domain/ids.ts';
import { moneyText, type Currency } from '../domain/money.ts';
import { assert, OperatorError } from '../domain/operator-error.ts';
import { spreadOldestFirst } from '../domain/receipt-allocation.ts';
import { safeText } from '../domain/safe-text.ts';
import type { BlockOutcome } from '../domain/vocabulary.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { endCheque, waitingCheques, type ChequeItem } from '../store/sql/cheques.ts';
import { customerByCode } from '../store/sql/customers.ts';
import { lockDocuments, type DocumentRow } from '../store/sql/invoices.ts';

export interface ChequeNews {
  readonly number: string;
  readonly became: 'cleared' | 'returned' | 'withdrawn';
  /** Tells cheques of the same number apart. */
  readonly customerCode?: string | undefined;
  /** Day of the news; today when left out. */
  readonly on?: Day | undefined;
  /** Decimal text; what came in, when nobody said what it was made out for. */
  readonly amount?: string | undefined;
  readonly reason?: string | undefined;
}

export interface SettledCheque extends FactEffect {
  readonly number: string;
  readonly customerCode: string;
  readonly became: ChequeNews['became'];
  /** The payment, when it cleared. */
  readonly paymentId: PaymentId | null;
  /** The block that keeps the account for a person, when it was returned. */
  readonly taskId: BlockId | null;
}

const OUTCOMES: Readonly<Record<ChequeNews['became'], BlockOutcome>> = { cleared: 'CLEARED', returned: 'RETURNED', withdrawn: 'LIFTED' };

/** @throws OperatorError `cheque.*`, `customer.unknown`, `payment.exists`, `input.*` */
export const settleCheque = (session: Session, news: ChequeNews): Promise<SettledCheque> =>
  act(session, `cheque ${news.became}`, async (context) => {
    const { tx } = context;
    const reason = readOptionalLine(news.reason, 'the reason', 900);
    const account = news.customerCode === undefined ? null : await findCustomer(tx, news.customerCode);
    const [seen] = theOne(await waitingCheques(tx, news.number.trim(), account?.accountId ?? null), news.number);
    await lockAccounts(tx, [seen.accountId]);
    const items = theOne(await waitingCheques(tx, seen.chequeNumber, seen.accountId), news.number).filter(
      ({ groupId }) => groupId === seen.groupId,
    );
    const [first = seen] = items;
    await endCheque(
      tx,
      items.map(({ id }) => id),
      { outcome: OUTCOMES[news.became], ...endedNow(context) },
    );
    context.record({
      objectKind: 'block',
      objectId: first.groupId,
      fromState: 'CHEQUE',
      toState: OUTCOMES[news.became],
      ...(reason === null ? {} : { reason }),
    });
    const paymentId = news.became === 'cleared' ? await recordMoney(context, news, first, items) : null;
    const taskId = news.became === 'returned' ? await leaveToPerson(context, first, reason) : null;
    const effect = await factEffect(context, seen.accountId, null);
    return { number: first.chequeNumber, customerCode: first.accountCode, became: news.became, paymentId, taskId, ...effect };
  });

type Items = readonly [ChequeItem, ...ChequeItem[]];

/** The items of one cheque. */
function theOne(found: readonly ChequeItem[], number: string): Items {
  const [first, ...more] = found;
  if (!first)
    throw fault(
      'unknown',
      `No cheque ${quoted(number)} is waited for.`,
      'Look at the customer with `wafa customer show`. One that was recorded as cleared is taken back with `wafa pay undo`.',
    );
  const others = [...new Set(more.filter(({ groupId }) => groupId !== first.groupId).map(({ accountCode }) => accountCode))];
  if (others.length === 0) return [first, ...more];
  const whose = safeText([first.accountCode, ...others].join(', '));
  throw fault('ambiguous', `More than one cheque ${quoted(number)} is waited for, of ${whose}.`, 'Say whose with --customer.');
}

async function recordMoney(context: Act, news: ChequeNews, first: ChequeItem, items: readonly ChequeItem[]): Promise<PaymentId> {
  const { tx, today } = context;
  const receivedOn = news.on ?? today;
  if (isBefore(today, receivedOn))
    throw fault('in-future', `A cheque cannot have cleared on ${receivedOn.toString()}.`, 'Say so on its day.');
  const invoices = await lockDocuments(
    tx,
    items.flatMap(({ invoiceId }) => (invoiceId === null ? [] : [invoiceId])),
  );
  const { minor: amountMinor, currency } = worthOf(context, news, first, invoices);
  const customer = await customerByCode(tx, first.accountCode);
  assert(customer, 'a cheque is of an account there is');
  const reference = `CHEQUE ${first.chequeNumber}`;
  await claimReference(context, customer, { reference, currency, amountMinor });
  const open = invoices.filter((invoice) => invoice.currency === currency && invoice.openMinor > 0n).toSorted(oldestFirst);
  const spread = spreadOldestFirst(
    amountMinor,
    open.map(({ id, number, openMinor }) => ({ invoiceId: id, number, openMinor })),
  );
  return await storePayment(context, { customerId: customer.id, reference, receivedOn, currency, amountMinor, method: 'CHEQUE', spread });
}

/** What was said now, else what it was recorded with, else all that is open of what it covers. */
function worthOf(
  { company }: Act,
  { amount }: ChequeNews,
  { chequeAmountMinor, chequeCurrency, chequeNumber }: ChequeItem,
  invoices: readonly DocumentRow[],
): { readonly minor: bigint; readonly currency: Currency } {
  const currencies = [...new Set(invoices.map((invoice) => invoice.currency))];
  const currency = chequeCurrency ?? currencies[0] ?? company.baseCurrency;
  if (amount !== undefined) return { minor: readAmount(amount, currency), currency };
  if (chequeAmountMinor !== null) return { minor: chequeAmountMinor, currency };
  const minor = invoices.reduce((sum, { openMinor }) => sum + openMinor, 0n);
  if (currencies.length === 1 && minor > 0n) return { minor, currency };
  throw fault(
    'no-amount',
    `Nobody said what cheque ${chequeNumber} is made out for, and its invoices ${minor === 0n ? `have ${moneyText({ minor, currency })} open` : 'are in several currencies'}.`,
    'Say what came in with --amount.',
  );
}

const oldestFirst = (a: DocumentRow, b: DocumentRow): number =>
  Temporal.PlainDate.compare(a.dueOn ?? a.issuedOn, b.dueOn ?? b.issuedOn) || a.id - b.id;

const leaveToPerson = (context: Act, { accountId, chequeNumber, chequeBank }: ChequeItem, reason: string | null): Promise<BlockId> =>
  storeBlocks(context, {
    kind: 'RETURNED_CHEQUE',
    items: [{ customerId: accountId, invoiceId: null, amountMinor: null }],
    reason: `Cheque ${chequeNumber} was returned${reason === null ? '' : `: ${reason}`}`,
    reference: chequeNumber,
    promisedOn: null,
    untilOn: null,
    cheque: { number: chequeNumber, bank: chequeBank },
  });

const fault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `cheque.${what}`, kind: 'usage', message, tryThis });

const quoted = (text: string): string => safeText(text.trim().slice(0, 60)) || '""';
