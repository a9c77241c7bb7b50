/**
 * Takes a payment back: it bounced, or was recorded for the wrong customer, invoice or amount. The payment stays in the books with the day
 * it was taken back; its reference is free for the right one.
 */
import { act, type Act } from './act.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { takeBack } from './ledger/take-back.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import type { PaymentId } from '../domain/ids.ts';
import { decimalText, type Currency } from '../domain/money.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { allocationsOf } from '../store/sql/allocations.ts';
import { lockPayment, paymentsByReference, reversePayment, type PaymentRow } from '../store/sql/payments.ts';

export interface PaymentUndo {
  readonly reference: string;
  /** Tells payments apart that have the same reference. */
  readonly customerCode?: string | undefined;
  readonly reason: string;
}

export interface UndonePayment extends FactEffect {
  readonly id: PaymentId;
  readonly reference: string;
  readonly customerCode: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** Numbers of the invoices that are open again. */
  readonly reopened: readonly string[];
}

/** @throws OperatorError `payment.unknown|ambiguous|undone`, `input.bad-text` */
export const undoPayment = (session: Session, request: PaymentUndo): Promise<UndonePayment> =>
  act(session, 'pay undo', async (context) => {
    const { tx, now } = context;
    const reason = readLine(request.reason, 'the reason', 1000);
    const found = await theOne(context, request);
    await lockAccounts(tx, [found.accountId]);
    const payment = await lockPayment(tx, found.id);
    if (payment.reversedAt !== null)
      throw fault('undone', `Payment ${quoted(payment.reference)} is taken back already.`, 'Nothing needs doing.');
    const allocations = await allocationsOf(tx, { paymentId: payment.id });
    const invoiceIds = await takeBack(context, allocations, reason);
    await reversePayment(tx, payment.id, now);
    const { id, reference, customerCode, currency, amountMinor } = payment;
    context.record({
      objectKind: 'payment',
      objectId: id,
      toState: 'UNDONE',
      reason,
      detail: { amount: decimalText(amountMinor, currency), currency, invoiceIds },
    });
    const concerned = payment.unallocatedMinor > 0n ? null : invoiceIds;
    const effect = await factEffect(context, payment.accountId, concerned);
    return { id, reference, customerCode, currency, amountMinor, reopened: allocations.map(({ number }) => number), ...effect };
  });

async function theOne({ tx }: Act, { reference, customerCode }: PaymentUndo): Promise<PaymentRow> {
  const found = await paymentsByReference(tx, reference.trim(), customerCode?.trim() ?? null);
  const standing = found.filter(({ reversedAt }) => reversedAt === null);
  const [only, ...others] = standing.length > 0 ? standing : found;
  if (!only)
    throw fault('unknown', `There is no payment ${quoted(reference)}.`, 'Give its reference as it was recorded, and nothing else.');
  if (others.length === 0) return only;
  const customers = [only, ...others].map((payment) => payment.customerCode).join(', ');
  throw fault(
    'ambiguous',
    `More than one customer has a payment ${quoted(reference)}: ${safeText(customers)}.`,
    'Say whose with --customer.',
  );
}

const fault = (what: 'unknown' | 'ambiguous' | 'undone', message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `payment.${what}`, kind: what === 'undone' ? 'nothing-to-do' : 'usage', message, tryThis });

const quoted = (text: string): string => safeText(text.trim().slice(0, 60)) || '""';
