/** Stores money received and what it pays, for whoever heard of it: the payment itself, or a cheque that cleared. */
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { settleDocuments } from '../import/settle-documents.ts';
import type { FittingSpread } from './spread-refusal.ts';
import type { Day } from '../../domain/days.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import { decimalText, moneyText, type Currency } from '../../domain/money.ts';
import { assert, OperatorError } from '../../domain/operator-error.ts';
import type { PaymentMethod } from '../../domain/vocabulary.ts';
import { insertAllocations } from '../../store/sql/allocations.ts';
import type { CustomerRow } from '../../store/sql/customers.ts';
import { giveUpReference, insertPayments, paymentByReference } from '../../store/sql/payments.ts';

/**
 * A payment recorded twice would halve what a customer is asked for: the same reference of the same customer is the same payment. One that
 * was taken back gives its reference up.
 * @throws OperatorError `payment.exists`, as nothing to do when the amount is the same, too.
 */
export async function claimReference(
  context: Act,
  customer: CustomerRow,
  { reference, currency, amountMinor }: { readonly reference: string; readonly currency: Currency; readonly amountMinor: bigint },
): Promise<void> {
  const { tx } = context;
  const recorded = await paymentByReference(tx, customer.id, reference);
  if (!recorded) return;
  if (recorded.reversedAt !== null) {
    await giveUpReference(tx, recorded.id);
    context.record({ objectKind: 'payment', objectId: recorded.id, reason: 'gave up its reference' });
    return;
  }
  const isSame = recorded.amountMinor === amountMinor && recorded.currency === currency;
  throw new OperatorError({
    code: 'payment.exists',
    ...(isSame ? { kind: 'nothing-to-do' as const } : {}),
    message: `Payment ${reference} of customer ${customer.code} is recorded already: ${moneyText({ minor: recorded.amountMinor, currency: recorded.currency })} on ${recorded.receivedOn.toString()}.`,
    tryThis: isSame
      ? 'Nothing needs doing if it is the same money; otherwise give it another reference.'
      : `Take that one back with \`wafa pay undo\` if it is wrong; otherwise give this one another reference.`,
  });
}

export interface PaymentToStore {
  readonly customerId: CustomerId;
  readonly reference: string;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly method: PaymentMethod;
  readonly spread: FittingSpread;
}

/** Under the account lock, with the documents of the spread locked, and the reference claimed. */
export async function storePayment(context: Act, payment: PaymentToStore): Promise<PaymentId> {
  const { tx } = context;
  const { customerId, reference, receivedOn, currency, amountMinor, method, spread } = payment;
  const recordedBy = userIdOf(context.actor);
  const [stored] = await insertPayments(tx, [
    {
      customerId,
      reference,
      receivedOn,
      currency,
      amountMinor,
      unallocatedMinor: spread.restMinor,
      method,
      source: 'operator',
      importBatchId: null,
      recordedBy,
    },
  ]);
  assert(stored, 'an inserted payment comes back with its id');
  await insertAllocations(
    tx,
    spread.shares.map((share) => ({
      kind: 'PAYMENT' as const,
      invoiceId: share.invoiceId,
      paymentId: stored.id,
      creditNoteId: null,
      amountMinor: share.amountMinor,
      effectiveOn: receivedOn,
      reason: null,
      importBatchId: null,
      recordedBy,
    })),
  );
  const invoiceIds = spread.shares.map((share) => share.invoiceId);
  await settleDocuments(tx, invoiceIds);
  context.record({
    objectKind: 'payment',
    objectId: stored.id,
    detail: { customerId, amount: decimalText(amountMinor, currency), currency, receivedOn, invoiceIds },
  });
  return stored.id;
}
