import { z } from 'zod';
import { blockResult } from './block-view.ts';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';
import type { BlockKind } from '../../domain/vocabulary.ts';

/** Kinds an operator chooses; a promise has a verb of its own. */
const KINDS = [
  'DISPUTE',
  'CHEQUE',
  'RETENTION',
  'PAID_CLAIM',
  'DO_NOT_CHASE',
  'REPLY',
  'ALLOCATION',
] as const satisfies readonly BlockKind[];

export const blockCommand = defineCommand({
  name: 'block',
  group: 'ledger',
  summary: 'Keep a customer or an invoice out of reminders',
  example: 'block C-17 --kind DO_NOT_CHASE --until 2026-12-01 --reason "Set-off agreed"',
  arguments: [{ name: 'customer', about: 'code of the customer; a branch stands for its whole account' }],
  options: [
    { name: 'invoice', about: 'only this invoice', value: 'NUMBER' },
    { name: 'kind', about: KINDS.join(', '), value: 'KIND' },
    {
      name: 'until',
      about: 'last day it holds, or "never" for until it is lifted; longer than the policy lets an OPERATOR needs an APPROVER',
      value: 'DAY',
    },
    { name: 'amount', about: 'only so much of the invoice', value: 'AMOUNT' },
    { name: 'reason', about: 'why', value: 'TEXT' },
    { name: 'reference', about: 'a ticket or mail to find it again', value: 'TEXT' },
    { name: 'chequeNumber', about: 'number of the cheque in hand', value: 'NUMBER' },
    { name: 'chequeBank', about: 'bank it is drawn on', value: 'NAME' },
    { name: 'dated', about: 'date on the cheque', value: 'DAY' },
  ],
  schema: z
    .object({
      customer: z.string().min(1).max(64).optional(),
      invoice: z.string().min(1).max(100).optional(),
      kind: z
        .string()
        .default('DO_NOT_CHASE')
        .transform((text) => text.toUpperCase().replaceAll('-', '_'))
        .pipe(z.enum(KINDS)),
      until: z.union([z.literal('never'), dayArgument]).optional(),
      amount: z.string().max(60).optional(),
      reason: z.string({ error: 'is needed: say why' }).min(1).max(1_000),
      reference: z.string().max(140).optional(),
      chequeNumber: z.string().max(60).optional(),
      chequeBank: z.string().max(140).optional(),
      dated: dayArgument.optional(),
    })
    .refine(({ customer, invoice }) => customer !== undefined || invoice !== undefined, {
      error: 'is needed, or an invoice with --invoice',
      path: ['customer'],
    }),
  roles: rolesFor('block'),
  isDangerous: false,
  reversedBy: 'unblock',
  run: async (context, { customer, chequeNumber, chequeBank, dated, ...input }) => {
    const { recordBlock } = await import('../record-block.ts');
    const cheque =
      chequeNumber !== undefined && dated !== undefined ? { number: chequeNumber, bank: chequeBank, datedOn: dated } : undefined;
    return blockResult(await recordBlock(await context.session(), { ...input, customerCode: customer, cheque }));
  },
});
