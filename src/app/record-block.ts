/**
 * Records what keeps an invoice or a whole account out of reminders. A block on a branch without an invoice is a block on the account
 * that is written to. OPERATORs block for a limited time; longer, or until lifted, takes an APPROVER.
 */
import { act, type Act } from './act.ts';
import { holdsRole } from './actor.ts';
import { accountCalendar } from './ledger/account-calendars.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer, findInvoice } from './ledger/find-records.ts';
import { dayWithGrace } from './ledger/grace.ts';
import { storeBlocks, type BlockedItem } from './ledger/store-blocks.ts';
import { readAmount, readLine, readOptionalLine } from './operator-input.ts';
import { conditions } from './people/conditions.ts';
import { refuseOn } from './people/refusals.ts';
import type { Session } from './session.ts';
import { addDays, daysBetween, isBefore, type Day } from '../domain/days.ts';
import type { BlockId, CustomerId } from '../domain/ids.ts';
import { moneyText, type Money } from '../domain/money.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { BlockKind } from '../domain/vocabulary.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { customerCodeById } from '../store/sql/customers.ts';
import { lockDocuments, type DocumentRow } from '../store/sql/invoices.ts';

/** Kinds an operator chooses; a promise has its day and rules of its own. */
export const CHOSEN_BLOCK_KINDS = [
  'DISPUTE',
  'CHEQUE',
  'RETENTION',
  'PAID_CLAIM',
  'DO_NOT_CHASE',
  'REPLY',
  'ALLOCATION',
] as const satisfies readonly BlockKind[];

export interface BlockRequest {
  readonly kind: (typeof CHOSEN_BLOCK_KINDS)[number];
  /** One of the two. */
  readonly customerCode?: string | undefined;
  readonly invoice?: string | undefined;
  /** Decimal text; only this much of the invoice. */
  readonly amount?: string | undefined;
  /** `never`: until lifted. Left out: as long as an OPERATOR may block. */
  readonly until?: Day | 'never' | undefined;
  readonly reason: string;
  readonly reference?: string | undefined;
  readonly cheque?: { readonly number: string; readonly bank?: string | undefined; readonly datedOn: Day } | undefined;
}

export interface RecordedBlock extends FactEffect {
  readonly id: BlockId;
  readonly kind: BlockKind;
  /** The account that is left alone. */
  readonly customerCode: string;
  readonly invoice: string | null;
  /** What of the invoice is left alone; `null` for all of it. The rest is still asked for. */
  readonly amount: Money | null;
  readonly untilOn: Day | null;
}

/** A dispute stands until it is settled, however long that takes: it is the customer's word, not the operator's wish. */
export const recordDispute = (
  session: Session,
  dispute: Pick<BlockRequest, 'amount' | 'reason' | 'reference'> & { readonly invoice: string },
): Promise<RecordedBlock> => act(session, 'dispute', (context) => record(context, { ...dispute, kind: 'DISPUTE' }, async () => null));

/** A part of an invoice that is not due until the work is accepted; usually for months, which takes an APPROVER. */
export const recordRetention = (
  session: Session,
  {
    reason = 'Agreed retention',
    ...retention
  }: Pick<BlockRequest, 'amount' | 'until' | 'reference'> & {
    readonly invoice: string;
    readonly reason?: string | undefined;
  },
): Promise<RecordedBlock> => {
  const request = { ...retention, reason, kind: 'RETENTION' as const };
  return act(session, 'retention', (context) => record(context, request, (accountId) => lastDay(context, request, accountId)));
};

/** @throws OperatorError `customer.unknown`, `invoice.unknown`, `block.*`, `permission.needs-approver` */
export const recordBlock = (session: Session, request: BlockRequest): Promise<RecordedBlock> =>
  act(session, 'block', (context) => record(context, request, (accountId) => lastDay(context, request, accountId)));

async function record(context: Act, request: BlockRequest, until: (accountId: CustomerId) => Promise<Day | null>): Promise<RecordedBlock> {
  const { tx } = context;
  const target = await targetOf(tx, request);
  await lockAccounts(tx, [target.accountId]);
  const item = await blockedItem(tx, target, request);
  const untilOn = await until(target.accountId);
  const id = await storeBlocks(context, {
    kind: request.kind,
    items: [item],
    reason: readLine(request.reason, 'the reason', 1000),
    reference: readOptionalLine(request.reference, 'the reference', 140),
    promisedOn: request.cheque?.datedOn ?? null,
    untilOn,
    cheque: request.cheque
      ? { number: readLine(request.cheque.number, 'the cheque number', 60), bank: readOptionalLine(request.cheque.bank, 'the bank', 140) }
      : null,
  });
  return {
    id,
    kind: request.kind,
    customerCode: target.accountCode,
    invoice: target.invoice?.number ?? null,
    amount: item.amountMinor === null || !target.invoice ? null : { minor: item.amountMinor, currency: target.invoice.currency },
    untilOn,
    ...(await factEffect(context, target.accountId, target.invoice ? [target.invoice.id] : null)),
  };
}

interface BlockTarget {
  readonly accountId: CustomerId;
  readonly accountCode: string;
  readonly invoice: DocumentRow | null;
}

async function targetOf(tx: CompanyTx, { customerCode, invoice: number }: BlockRequest): Promise<BlockTarget> {
  const customer = customerCode === undefined ? null : await findCustomer(tx, customerCode);
  const invoice = number === undefined ? null : await findInvoice(tx, number);
  if (invoice && customer && invoice.accountId !== customer.accountId) {
    throw blockFault(
      'other-account',
      `Invoice ${invoice.number} does not belong to customer ${customer.code}.`,
      'Correct the customer or the invoice number.',
    );
  }
  const accountId = invoice?.accountId ?? customer?.accountId;
  if (accountId === undefined)
    throw blockFault('no-target', 'Nothing is named to block.', 'Name a customer, or an invoice with --invoice.');
  return { accountId, accountCode: customer?.accountCode ?? (await customerCodeById(tx, accountId)), invoice };
}

async function blockedItem(tx: CompanyTx, { accountId, invoice }: BlockTarget, { amount }: BlockRequest): Promise<BlockedItem> {
  if (!invoice) {
    if (amount !== undefined)
      throw blockFault('amount-without-invoice', 'An amount can only be blocked on an invoice.', 'Name it with --invoice.');
    return { customerId: accountId, invoiceId: null, amountMinor: null };
  }
  const [locked = invoice] = await lockDocuments(tx, [invoice.id]);
  if (locked.openMinor === 0n)
    throw blockFault('settled', `Invoice ${locked.number} has nothing open, so nobody is reminded of it.`, 'Nothing needs doing.');
  const amountMinor = amount === undefined ? null : readAmount(amount, locked.currency);
  if (amountMinor !== null && amountMinor > locked.openMinor) {
    throw blockFault(
      'over-balance',
      `Invoice ${locked.number} has only ${moneyText({ minor: locked.openMinor, currency: locked.currency })} open.`,
      'Block at most that, or leave the amount out to block all of it.',
    );
  }
  return { customerId: locked.customerId, invoiceId: locked.id, amountMinor: amountMinor === locked.openMinor ? null : amountMinor };
}

async function lastDay(context: Act, request: BlockRequest, accountId: CustomerId): Promise<Day | null> {
  const { policy, today } = context;
  const { operatorMaximumDays } = policy.blocks;
  if (request.kind === 'CHEQUE') return await chequeDay(context, request, accountId);
  // A receipt is matched within days or asked about: without a day of its own the block ends then, in working days.
  if (request.kind === 'ALLOCATION' && request.until === undefined)
    return dayWithGrace(await accountCalendar(context, accountId), today, policy.blocks.allocationWorkingDays);
  if (request.until === 'never') {
    requireApproverFor(context, null);
    return null;
  }
  const untilOn = request.until ?? addDays(today, operatorMaximumDays);
  if (isBefore(untilOn, today))
    throw blockFault('in-past', `A block cannot end on ${untilOn.toString()}: today is ${today.toString()}.`, 'Give a later day.');
  requireApproverFor(context, daysBetween(today, untilOn));
  return untilOn;
}

/** `null` days: without an end. */
function requireApproverFor({ actor, policy }: Act, days: number | null): void {
  const objection = conditions.longBlockByApprover.judge({
    isApprover: holdsRole(actor, ['APPROVER']),
    days,
    limit: policy.blocks.operatorMaximumDays,
  });
  refuseOn(objection, 'permission.needs-approver', { objectKind: 'verb', objectId: null });
}

/** A cheque in hand blocks to its date and the days it takes to clear, however far that is: it is money, not a favour. */
async function chequeDay(context: Act, { cheque }: BlockRequest, accountId: CustomerId): Promise<Day> {
  if (cheque) return dayWithGrace(await accountCalendar(context, accountId), cheque.datedOn, context.policy.blocks.chequeWorkingDays);
  throw blockFault('no-cheque', 'A cheque needs its number and its date.', 'Give them with --cheque-number and --dated.');
}

const blockFault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `block.${what}`, kind: 'usage', message, tryThis });
