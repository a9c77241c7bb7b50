import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const copyCommand = defineCommand({
  name: 'copy',
  group: 'reminders',
  summary: 'Send customers copies of their invoices',
  example: 'copy INV-104 INV-117 --send',
  arguments: [{ name: 'invoices', about: 'numbers of the invoices', isRequired: true, isMany: true }],
  options: [
    { name: 'send', about: 'send them, one mail per customer' },
    { name: 'again', about: 'although a copy was ordered today' },
  ],
  schema: z
    .object({
      // Each is read into memory before it is sent; more at once is a job for a portal.
      invoices: z.array(z.string().min(1).max(100)).min(1).max(20),
      send: z.boolean().default(false),
      again: z.boolean().default(false),
    })
    .refine(({ send }) => send, 'Say --send: copies lie in the folder of invoices already, and are not shown here.'),
  roles: rolesFor('copy'),
  isDangerous: true,
  reversedBy: null,
  run: async (context, { invoices, again }): Promise<CommandResult<unknown>> => {
    const { orderCopies } = await import('../requested/order-copies.ts');
    const { sendOrdered } = await import('./send-ordered.ts');
    return await sendOrdered(context, await orderCopies(await context.session(), invoices, again));
  },
});
