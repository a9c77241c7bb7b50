/**
 * Records that a customer promised to pay by a day. It covers the invoices named, or all that are open now, or as much of them as
 * the amount reaches; it ends with the company's midnight after that day and the grace.
 */
import { act, type Act } from './act.ts';
import { holdsRole } from './actor.ts';
import { accountCalendar } from './ledger/account-calendars.ts';
import { coveredInvoices, type CoveredInvoice } from './ledger/covered-invoices.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { dayWithGrace } from './ledger/grace.ts';
import { storeBlocks } from './ledger/store-blocks.ts';
import { readOptionalLine } from './operator-input.ts';
import { conditions } from './people/conditions.ts';
import { refuseOn } from './people/refusals.ts';
import type { Session } from './session.ts';
import { daysBetween, isBefore, type Day } from '../domain/days.ts';
import type { BlockId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { countBrokenPromises, standingItems, type StandingItem } from '../store/sql/blocks.ts';
import type { CustomerRow } from '../store/sql/customers.ts';

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
    const covered = await coveredInvoices(context, 'promise', request, customer);
    await refuseRepeated(context, request, customer, covered);
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

/** Said again with the same words, it is the same promise: counted twice, one broken word would look like two. */
async function refuseRepeated(
  context: Act,
  { promisedOn }: PromiseRequest,
  customer: CustomerRow,
  covered: readonly CoveredInvoice[],
): Promise<void> {
  const standing = await standingItems(context.tx, { kind: 'PROMISE', accountId: customer.accountId, promisedOn });
  const isSame = (group: readonly StandingItem[]): boolean =>
    group.length === covered.length &&
    covered.every(({ item }) => group.some((one) => one.invoiceId === item.invoiceId && one.amountMinor === item.amountMinor));
  const repeated = [...Map.groupBy(standing, ({ groupId }) => groupId)].find(([, group]) => isSame(group));
  if (!repeated) return;
  throw new OperatorError({
    code: 'promise.exists',
    kind: 'nothing-to-do',
    message: `Customer ${customer.code} promised that for ${promisedOn.toString()} already: promise ${repeated[0]}.`,
    tryThis: 'Nothing needs doing.',
  });
}

const promiseFault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `promise.${what}`, kind: 'usage', message, tryThis });
