import { z } from 'zod';
import { blockResult } from './block-view.ts';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const disputeCommand = defineCommand({
  name: 'dispute',
  group: 'ledger',
  summary: 'Record that a customer disputes an invoice',
  example: 'dispute INV-104 --reason "Short delivery, note 88" --amount 500',
  arguments: [{ name: 'invoice', about: 'number of the invoice', isRequired: true }],
  options: [
    { name: 'reason', about: 'what the customer says', value: 'TEXT' },
    { name: 'amount', about: 'only so much of it is disputed; the rest is still asked for', value: 'AMOUNT' },
    { name: 'reference', about: 'a ticket or mail to find it again', value: 'TEXT' },
  ],
  schema: z.object({
    invoice: z.string().min(1).max(100),
    reason: z.string({ error: 'is needed: say what the customer disputes' }).min(1).max(1_000),
    amount: z.string().max(60).optional(),
    reference: z.string().max(140).optional(),
  }),
  roles: rolesFor('dispute'),
  isDangerous: false,
  reversedBy: 'unblock',
  run: async (context, input) => {
    const { recordDispute } = await import('../record-block.ts');
    return blockResult(await recordDispute(await context.session(), input));
  },
});
