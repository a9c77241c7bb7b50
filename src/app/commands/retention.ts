import { z } from 'zod';
import { blockResult } from './block-view.ts';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';

export const retentionCommand = defineCommand({
  name: 'retention',
  group: 'ledger',
  summary: 'Record a part of an invoice that is held back until the work is accepted',
  example: 'retention INV-104 --amount 500 --until 2027-06-30',
  arguments: [{ name: 'invoice', about: 'number of the invoice', isRequired: true }],
  options: [
    { name: 'amount', about: 'how much is held back; all of it if left out', value: 'AMOUNT' },
    { name: 'until', about: 'last day it is held back, or "never" for until it is lifted', value: 'DAY' },
    { name: 'reason', about: 'what was agreed', value: 'TEXT' },
    { name: 'reference', about: 'contract or mail to find it again', value: 'TEXT' },
  ],
  schema: z.object({
    invoice: z.string().min(1).max(100),
    amount: z.string().max(60).optional(),
    until: z.union([z.literal('never'), dayArgument], { error: 'is needed: a day like 2027-06-30, or never' }),
    reason: z.string().max(1_000).optional(),
    reference: z.string().max(140).optional(),
  }),
  roles: rolesFor('retention'),
  isDangerous: false,
  reversedBy: 'unblock',
  run: async (context, input) => {
    const { recordRetention } = await import('../record-block.ts');
    return blockResult(await recordRetention(await context.session(), input));
  },
});
