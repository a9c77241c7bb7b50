import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { idsShape, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';

export const settleCommand = defineCommand({
  name: 'settle',
  group: 'reminders',
  summary: 'Say what became of uncertain reminders: arrived, not arrived, or send again',
  example: 'settle 41 --arrived --reason "customer confirmed by phone"',
  arguments: ID_ARGUMENTS,
  options: [
    { name: 'arrived', about: 'it arrived: counts as sent' },
    { name: 'notArrived', about: 'it did not arrive, and does not go again' },
    { name: 'sendAgain', about: 'it did not arrive: propose it once more, to be approved' },
    { name: 'reason', about: 'how you know', value: 'TEXT' },
  ],
  schema: z
    .object({
      ids: idsShape,
      arrived: z.boolean().default(false),
      notArrived: z.boolean().default(false),
      sendAgain: z.boolean().default(false),
      reason: z.string().trim().min(1, 'says how you know').max(500),
    })
    .refine(
      (input) => [input.arrived, input.notArrived, input.sendAgain].filter(Boolean).length === 1,
      'Give exactly one of --arrived, --not-arrived and --send-again.',
    ),
  roles: rolesFor('settle'),
  isDangerous: true,
  reversedBy: null,
  run: async (context, input) => {
    const { settleReminders } = await import('../settle-uncertain.ts');
    const settlement = input.arrived ? 'arrived' : input.notArrived ? 'not-arrived' : 'send-again';
    const result = await settleReminders(
      await context.session(),
      input.ids.map((id) => asId<'reminder'>(id)),
      settlement,
      input.reason,
    );
    return batchResult(
      result,
      (done) => ({ id: done.id, status: done.to, newReminderId: done.newReminderId }),
      (count) => `${reminders(count)} settled.`,
    );
  },
});
