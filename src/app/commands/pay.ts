import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { undoPay } from './undo-fact.ts';
import { rolesFor } from '../permissions.ts';
import type { RecordedPayment } from '../record-payment.ts';
import { decimalText, moneyText } from '../../domain/money.ts';
import { PAYMENT_METHODS } from '../../domain/vocabulary.ts';

/** `INV-104` or `INV-104=500.00`: the amount follows the last equal sign, because numbers may hold one. */
const invoiceShare = z
  .string()
  .min(1)
  .max(140)
  .transform((text) => {
    const at = text.lastIndexOf('=');
    return at < 1 ? { number: text, amount: null } : { number: text.slice(0, at), amount: text.slice(at + 1) };
  });

export const payCommand = defineCommand({
  name: 'pay',
  group: 'ledger',
  summary: 'Record a payment, or take one back',
  example: 'pay C-17 5000 --invoice INV-104=3200 --invoice INV-110 --reference FT26327',
  arguments: [
    { name: 'customer', about: 'code of the customer who paid; or undo', isRequired: true },
    { name: 'amount', about: 'what was received, for example 5000.00; for undo: the reference of the payment', isRequired: true },
  ],
  options: [
    { name: 'currency', about: 'its currency, if not that of the invoices or the company', value: 'CODE' },
    { name: 'on', about: 'day it was received; today if left out', value: 'DAY' },
    { name: 'invoice', about: 'invoice it pays, NUMBER or NUMBER=AMOUNT; without any it stays on account', value: 'INVOICE', isMany: true },
    { name: 'oldestFirst', about: 'spread it over the oldest open invoices' },
    { name: 'reference', about: 'reference of the bank or the customer', value: 'TEXT' },
    { name: 'of', about: 'for undo: whose payment, when two customers have the same reference', value: 'CODE' },
    { name: 'reason', about: 'for undo: why, for example bounced', value: 'TEXT' },
    { name: 'method', about: `how it came: ${PAYMENT_METHODS.join(', ')}`, value: 'METHOD' },
  ],
  schema: z
    .object({
      customer: z.string().min(1).max(64),
      amount: z.string().min(1).max(140),
      currency: z.string().max(10).optional(),
      on: dayArgument.optional(),
      invoice: z.array(invoiceShare).max(500).default([]),
      oldestFirst: z.boolean().default(false),
      reference: z.string().max(140).optional(),
      of: z.string().max(64).optional(),
      reason: z.string().max(1_000).optional(),
      method: z.string().toUpperCase().pipe(z.enum(PAYMENT_METHODS)).optional(),
    })
    .refine(({ invoice, oldestFirst }) => !oldestFirst || invoice.length === 0, {
      error: 'goes without --invoice: the oldest are chosen for you',
      path: ['oldestFirst'],
    }),
  roles: rolesFor('pay'),
  isDangerous: false,
  reversedBy: 'pay',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    if (input.customer === 'undo') return await undoPay(context, { name: input.amount, customer: input.of, reason: input.reason });
    const { recordPayment } = await import('../record-payment.ts');
    const payment = await recordPayment(await context.session(), {
      customerCode: input.customer,
      amount: input.amount,
      currency: input.currency,
      receivedOn: input.on,
      invoices: input.invoice,
      isOldestFirst: input.oldestFirst,
      reference: input.reference,
      method: input.method,
    });
    const { currency } = payment;
    const data = {
      payment: {
        id: payment.id,
        customer: payment.customerCode,
        reference: payment.reference,
        receivedOn: payment.receivedOn.toString(),
        amount: decimalText(payment.amountMinor, currency),
        currency,
        onAccount: decimalText(payment.restMinor, currency),
        allocations: payment.shares.map((share) => ({ invoice: share.number, amount: decimalText(share.amountMinor, currency) })),
      },
      ...effectView(payment),
    };
    return { data, ending: 'ok' as const, notes: [sentence(payment), ...reviewNotes(payment)] };
  },
});

function sentence({ id, customerCode, amountMinor, currency, shares, restMinor }: RecordedPayment): string {
  const paid = shares.map((share) => `${moneyText({ minor: share.amountMinor, currency })} for ${share.number}`);
  const rest = restMinor > 0n ? [`${moneyText({ minor: restMinor, currency })} on account`] : [];
  return `Payment ${id} of ${customerCode}, ${moneyText({ minor: amountMinor, currency })}: ${[...paid, ...rest].join(', ')}.`;
}
