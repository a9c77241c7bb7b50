/**
 * Records that a customer promised to pay by a day. It covers the invoices named, or all that are open now, or as much of them as
 * the amount reaches; it ends with the company's midnight after that day and the grace.
 */
import { act, type Act } from './act.ts';
import { holdsRole } from './actor.ts';
import { accountCalendar } from './ledger/account-calendars.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer, findInvoices, requireSameAccount } from './ledger/find-records.ts';
import { dayWithGrace } from './ledger/grace.ts';
import { storeBlocks, type BlockedItem } from './ledger/store-blocks.ts';
import { readAmount, readCurrency, readOptionalLine } from './operator-input.ts';
import { conditions } from './people/conditions.ts';
import { refuseOn } from './people/refusals.ts';
import type { Session } from './session.ts';
import { daysBetween, isBefore, type Day } from '../domain/days.ts';
import type { BlockId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { spreadOldestFirst } from '../domain/receipt-allocation.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { countBrokenPromises } from '../store/sql/blocks.ts';
import type { CustomerRow } from '../store/sql/customers.ts';
import { lockDocuments, lockOpenInvoicesOfAccount, type DocumentRow } from '../store/sql/invoices.ts';

export interface PromiseRequest {
  readonly customerCode: string;
  readonly promisedOn: Day;
  readonly invoices?: readonly string[] | undefined;
  /** Decimal text; oldest items first. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  readonly reason?: string | undefined;
  readonly reference?: string | undefined;
}

export interface RecordedPromise extends FactEffect {
  readonly id: BlockId;
  readonly customerCode: string;
  readonly promisedOn: Day;
  readonly untilOn: Day;
  readonly invoices: readonly string[];
}

/** @throws OperatorError `customer.unknown`, `invoice.*`, `promise.*`, `permission.needs-approver` */
export const recordPromise = (session: Session, request: PromiseRequest): Promise<RecordedPromise> =>
  act(session, 'promise', async (context) => {
    const { tx, policy } = context;
    const customer = await findCustomer(tx, request.customerCode);
    await lockAccounts(tx, [customer.accountId]);
    await requireAllowed(context, request.promisedOn, customer);
    const covered = await coveredInvoices(context, request, customer);
    const untilOn = dayWithGrace(
      await accountCalendar(context, customer.accountId),
      request.promisedOn,
      policy.blocks.promiseGraceWorkingDays,
    );
    const id = await storeBlocks(context, {
      kind: 'PROMISE',
      items: covered.map(({ item }) => item),
      reason: readOptionalLine(request.reason, 'the reason', 1000) ?? `Promised for ${request.promisedOn.toString()}`,
      reference: readOptionalLine(request.reference, 'the reference', 140),
      promisedOn: request.promisedOn,
      untilOn,
      cheque: null,
    });
    const ids = covered.map(({ invoice }) => invoice.id);
    return {
      id,
      customerCode: customer.code,
      promisedOn: request.promisedOn,
      untilOn,
      invoices: covered.map(({ invoice }) => invoice.number),
      ...(await factEffect(context, customer.accountId, ids)),
    };
  });

async function requireAllowed(context: Act, promisedOn: Day, customer: CustomerRow): Promise<void> {
  const { policy, today } = context;
  if (isBefore(promisedOn, today)) {
    throw promiseFault(
      'in-past',
      `Nobody can promise to pay on ${promisedOn.toString()}: today is ${today.toString()}.`,
      'Give the day the customer named.',
    );
  }
  const { operatorMaximumDays, brokenPromisesBeforeApproval } = policy.blocks;
  const isApprover = holdsRole(context.actor, ['APPROVER']);
  const broken = await countBrokenPromises(context.tx, customer.accountId);
  const objection =
    conditions.farPromiseByApprover.judge({ isApprover, days: daysBetween(today, promisedOn), limit: operatorMaximumDays }) ??
    conditions.promiseAfterBrokenByApprover.judge({
      isApprover,
      customerCode: customer.accountCode,
      broken,
      limit: brokenPromisesBeforeApproval,
    });
  refuseOn(objection, 'permission.needs-approver', { objectKind: 'verb', objectId: null });
}

interface CoveredInvoice {
  readonly invoice: DocumentRow;
  readonly item: BlockedItem;
}

async function coveredInvoices(context: Act, request: PromiseRequest, customer: CustomerRow): Promise<readonly CoveredInvoice[]> {
  const open = await promisedInvoices(context, request, customer);
  const covered =
    request.amount === undefined
      ? open.map((invoice) => ({ invoice, item: wholly(invoice) }))
      : withinAmount(context, request, open, request.amount);
  if (covered.length > 0) return covered;
  throw promiseFault(
    'nothing-open',
    `Customer ${customer.code} has nothing open that could be promised.`,
    'Record the payment instead, if it has arrived.',
  );
}

/** The named invoices as far as they are open, or all open ones of the account; oldest due first. */
async function promisedInvoices(context: Act, request: PromiseRequest, customer: CustomerRow): Promise<readonly DocumentRow[]> {
  const { tx } = context;
  if (request.invoices === undefined || request.invoices.length === 0) return await lockOpenInvoicesOfAccount(tx, customer.accountId);
  const named = await findInvoices(tx, request.invoices);
  requireSameAccount(named, customer.accountId, customer.code);
  const settled = named.find(({ openMinor }) => openMinor === 0n);
  if (settled) throw promiseFault('settled', `Invoice ${settled.number} has nothing open.`, 'Leave it out.');
  return await lockDocuments(
    tx,
    named.map(({ id }) => id),
  );
}

function withinAmount(context: Act, request: PromiseRequest, open: readonly DocumentRow[], amount: string): readonly CoveredInvoice[] {
  const currency = request.currency === undefined ? (open[0]?.currency ?? context.company.baseCurrency) : readCurrency(request.currency);
  const inCurrency = open.filter((invoice) => invoice.currency === currency);
  const { shares } = spreadOldestFirst(
    readAmount(amount, currency),
    inCurrency.map(({ id, number, openMinor }) => ({ invoiceId: id, number, openMinor })),
  );
  const shareOf = new Map(shares.map((share) => [share.invoiceId, share.amountMinor]));
  return inCurrency.flatMap((invoice) => {
    const share = shareOf.get(invoice.id);
    if (share === undefined) return [];
    return [{ invoice, item: share === invoice.openMinor ? wholly(invoice) : { ...wholly(invoice), amountMinor: share } }];
  });
}

const wholly = (invoice: DocumentRow): BlockedItem => ({ customerId: invoice.customerId, invoiceId: invoice.id, amountMinor: null });

const promiseFault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `promise.${what}`, kind: 'usage', message, tryThis });
