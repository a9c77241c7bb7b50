import { z } from 'zod';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';

export const paidClaimCommand = defineCommand({
  name: 'paid-claim',
  group: 'ledger',
  summary: 'Record that a customer says it is paid',
  example: 'paid-claim C-17 INV-104 --reference FT26327 --on 2026-11-20',
  arguments: [
    { name: 'customer', about: 'code of the customer', isRequired: true },
    { name: 'invoice', about: 'invoices it is about; all that are open if left out', isMany: true },
  ],
  options: [
    { name: 'reference', about: 'reference of the transfer, as the customer gives it', value: 'TEXT' },
    { name: 'on', about: 'day it is said to have been paid', value: 'DAY' },
    { name: 'reason', about: 'who said so, and how', value: 'TEXT' },
  ],
  schema: z.object({
    customer: z.string().min(1).max(64),
    invoice: z.array(z.string().min(1).max(100)).max(500).default([]),
    reference: z.string().max(140).optional(),
    on: dayArgument.optional(),
    reason: z.string().max(1_000).optional(),
  }),
  roles: rolesFor('paid-claim'),
  isDangerous: false,
  reversedBy: 'unblock',
  run: async (context, { customer, invoice, reference, on, reason }) => {
    const { recordPaidClaim } = await import('../record-paid-claim.ts');
    const claim = await recordPaidClaim(await context.session(), {
      customerCode: customer,
      invoices: invoice,
      reference,
      paidOn: on,
      reason,
    });
    const { id, customerCode, paidOn, untilOn, invoices } = claim;
    const data = {
      claim: { id, customer: customerCode, paidOn: paidOn?.toString() ?? null, untilOn: untilOn.toString(), invoices },
      ...effectView(claim),
    };
    const items = invoices.length === 1 ? `invoice ${invoices[0] ?? ''}` : `${invoices.length} invoices`;
    const note = `${customerCode} says ${items} paid: left alone until ${untilOn.toString()} (block ${id}), then a task for a person.`;
    return { data, ending: 'ok' as const, notes: [note, ...reviewNotes(claim)] };
  },
});
