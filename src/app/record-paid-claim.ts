/**
 * The customer says it is paid. Its items are left alone for some working days, until the money is found or the days are over; then it is
 * a task for a person.
 */
import { act } from './act.ts';
import { accountCalendar } from './ledger/account-calendars.ts';
import { coveredInvoices } from './ledger/covered-invoices.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { dayWithGrace } from './ledger/grace.ts';
import { storeBlocks } from './ledger/store-blocks.ts';
import { readIdentifier, readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { BlockId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { standingItems } from '../store/sql/blocks.ts';

export interface PaidClaim {
  readonly customerCode: string;
  /** All that are open when left out. */
  readonly invoices?: readonly string[] | undefined;
  /** The transfer's, as the customer gives it. */
  readonly reference?: string | undefined;
  /** Day it is said to have been paid on. */
  readonly paidOn?: Day | undefined;
  readonly reason?: string | undefined;
}

export interface RecordedPaidClaim extends FactEffect {
  readonly id: BlockId;
  readonly customerCode: string;
  readonly paidOn: Day | null;
  readonly untilOn: Day;
  readonly invoices: readonly string[];
}

/** @throws OperatorError `customer.unknown`, `invoice.*`, `paid-claim.*`, `input.*` */
export const recordPaidClaim = (session: Session, request: PaidClaim): Promise<RecordedPaidClaim> =>
  act(session, 'paid-claim', async (context) => {
    const { tx, today, policy } = context;
    const reference = request.reference === undefined ? null : readIdentifier(request.reference, 'the reference', 140);
    const paidOn = request.paidOn ?? null;
    if (paidOn !== null && isBefore(today, paidOn))
      throw fault(
        'in-future',
        `Nobody can have paid on ${paidOn.toString()}: today is ${today.toString()}.`,
        'Record a promise with `wafa promise`.',
      );
    const customer = await findCustomer(tx, request.customerCode);
    await lockAccounts(tx, [customer.accountId]);
    const [same] = reference === null ? [] : await standingItems(tx, { kind: 'PAID_CLAIM', accountId: customer.accountId, reference });
    if (same)
      throw fault(
        'exists',
        `That ${customer.code} paid by ${reference ?? ''} is recorded already (block ${same.groupId}).`,
        'Nothing needs doing.',
      );
    const covered = await coveredInvoices(context, 'paid-claim', request, customer);
    const untilOn = dayWithGrace(await accountCalendar(context, customer.accountId), today, policy.blocks.paidClaimWorkingDays);
    const id = await storeBlocks(context, {
      kind: 'PAID_CLAIM',
      items: covered.map(({ item }) => item),
      reason: readOptionalLine(request.reason, 'the reason', 1000) ?? `Said to be paid${paidOn === null ? '' : ` on ${paidOn.toString()}`}`,
      reference,
      promisedOn: paidOn,
      untilOn,
      cheque: null,
    });
    const effect = await factEffect(
      context,
      customer.accountId,
      covered.map(({ invoice }) => invoice.id),
    );
    return { id, customerCode: customer.code, paidOn, untilOn, invoices: covered.map(({ invoice }) => invoice.number), ...effect };
  });

const fault = (what: 'exists' | 'in-future', message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `paid-claim.${what}`, kind: what === 'exists' ? 'nothing-to-do' : 'usage', message, tryThis });
