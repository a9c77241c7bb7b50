/**
 * A post-dated cheque in hand: its invoices are left alone to its date and the days it takes to clear. What became of it is news that a
 * person brings: cleared is money received, returned is a matter for a person, withdrawn is no cheque any more.
 */
import { act, type Act } from './act.ts';
import { accountCalendar } from './ledger/account-calendars.ts';
import { coveredInvoices } from './ledger/covered-invoices.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { dayWithGrace } from './ledger/grace.ts';
import { storeBlocks } from './ledger/store-blocks.ts';
import { readAmount, readCurrency, readIdentifier, readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { BlockId, CustomerId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { waitingCheques } from '../store/sql/cheques.ts';

export interface ChequeRequest {
  readonly customerCode: string;
  readonly number: string;
  readonly bank?: string | undefined;
  readonly datedOn: Day;
  /** Decimal text; what it is made out for. Covers the oldest invoices as far as it reaches. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  /** All that are open when left out. */
  readonly invoices?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

export interface RecordedCheque extends FactEffect {
  /** The block it stands for. */
  readonly id: BlockId;
  readonly customerCode: string;
  readonly number: string;
  readonly datedOn: Day;
  readonly untilOn: Day;
  readonly invoices: readonly string[];
}

/** @throws OperatorError `customer.unknown`, `invoice.*`, `cheque.*`, `money.bad-amount`, `input.*` */
export const recordCheque = (session: Session, request: ChequeRequest): Promise<RecordedCheque> =>
  act(session, 'cheque', (context) => takeCheque(context, request));

/** Within an act, its account not yet locked or locked by it. @throws OperatorError as {@link recordCheque}. */
export async function takeCheque(context: Act, request: ChequeRequest): Promise<RecordedCheque> {
  const { tx } = context;
  const number = readIdentifier(request.number, 'the cheque number', 60);
  const bank = readOptionalLine(request.bank, 'the bank', 140);
  const customer = await findCustomer(tx, request.customerCode);
  await lockAccounts(tx, [customer.accountId]);
  const same = (await waitingCheques(tx, number, customer.accountId)).find((cheque) => cheque.chequeBank === bank);
  if (same)
    throw fault('exists', `Cheque ${number} of customer ${customer.code} is in hand already (block ${same.groupId}).`, 'nothing-to-do');
  const untilOn = await lastDay(context, request.datedOn, customer.accountId);
  const covered = await coveredInvoices(context, 'cheque', request, customer);
  const currency =
    request.currency === undefined ? (covered[0]?.invoice.currency ?? context.company.baseCurrency) : readCurrency(request.currency);
  const id = await storeBlocks(context, {
    kind: 'CHEQUE',
    items: covered.map(({ item }) => item),
    reason: readOptionalLine(request.reason, 'the reason', 1000) ?? `Cheque ${number} dated ${request.datedOn.toString()} in hand`,
    reference: null,
    promisedOn: request.datedOn,
    untilOn,
    cheque: { number, bank, worth: request.amount === undefined ? null : { minor: readAmount(request.amount, currency), currency } },
  });
  return {
    id,
    customerCode: customer.code,
    number,
    datedOn: request.datedOn,
    untilOn,
    invoices: covered.map(({ invoice }) => invoice.number),
    ...(await factEffect(
      context,
      customer.accountId,
      covered.map(({ invoice }) => invoice.id),
    )),
  };
}

/** A cheque whose day and grace are over is either money by now or worthless. */
async function lastDay(context: Act, datedOn: Day, accountId: CustomerId): Promise<Day> {
  const untilOn = dayWithGrace(await accountCalendar(context, accountId), datedOn, context.policy.blocks.chequeWorkingDays);
  if (!isBefore(untilOn, context.today)) return untilOn;
  throw fault('too-old', `A cheque dated ${datedOn.toString()} should have cleared by ${untilOn.toString()}.`, 'usage');
}

const fault = (what: 'exists' | 'too-old', message: string, kind: 'usage' | 'nothing-to-do'): OperatorError =>
  new OperatorError({
    code: `cheque.${what}`,
    kind,
    message,
    tryThis: what === 'exists' ? 'Nothing needs doing.' : 'Record the payment with `wafa pay` if it has cleared.',
  });
