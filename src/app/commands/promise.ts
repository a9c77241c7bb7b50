import { z } from 'zod';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';

export const promiseCommand = defineCommand({
  name: 'promise',
  group: 'ledger',
  summary: 'Record a promise to pay',
  example: 'promise C-17 2026-11-30 --invoice INV-104 --reason "Ms Rana, by phone"',
  arguments: [
    { name: 'customer', about: 'code of the customer who promised', isRequired: true },
    { name: 'day', about: 'the day the money is promised for', isRequired: true },
  ],
  options: [
    { name: 'invoice', about: 'invoice it covers; all that are open if left out', value: 'NUMBER', isMany: true },
    { name: 'amount', about: 'only so much, oldest invoices first', value: 'AMOUNT' },
    { name: 'currency', about: 'currency of the amount', value: 'CODE' },
    { name: 'reason', about: 'who said so, and how', value: 'TEXT' },
    { name: 'reference', about: 'a ticket or mail to find it again', value: 'TEXT' },
  ],
  schema: z.object({
    customer: z.string().min(1).max(64),
    day: dayArgument,
    invoice: z.array(z.string().min(1).max(100)).max(500).default([]),
    amount: z.string().max(60).optional(),
    currency: z.string().max(10).optional(),
    reason: z.string().max(1_000).optional(),
    reference: z.string().max(140).optional(),
  }),
  roles: rolesFor('promise'),
  isDangerous: false,
  reversedBy: 'unblock',
  run: async (context, input) => {
    const { recordPromise } = await import('../record-promise.ts');
    const promise = await recordPromise(await context.session(), {
      customerCode: input.customer,
      promisedOn: input.day,
      invoices: input.invoice,
      amount: input.amount,
      currency: input.currency,
      reason: input.reason,
      reference: input.reference,
    });
    const data = {
      promise: {
        id: promise.id,
        customer: promise.customerCode,
        promisedOn: promise.promisedOn.toString(),
        untilOn: promise.untilOn.toString(),
        invoices: promise.invoices,
      },
      ...effectView(promise),
    };
    const items = promise.invoices.length === 1 ? `invoice ${promise.invoices[0] ?? ''}` : `${promise.invoices.length} invoices`;
    const note = `Promise ${promise.id} of ${promise.customerCode} for ${promise.promisedOn.toString()} covers ${items}; nobody is reminded of them until after ${promise.untilOn.toString()}.`;
    return { data, ending: 'ok' as const, notes: [note, ...reviewNotes(promise)] };
  },
});
