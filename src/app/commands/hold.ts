import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const holdCommand = defineCommand({
  name: 'hold',
  group: 'reminders',
  summary: 'Stop reminders until they are released or a day comes',
  example: 'hold 41 --until 2026-11-26 --reason "call first"',
  arguments: ID_ARGUMENTS,
  options: [
    ALL_OPTION,
    ...FILTER_OPTIONS,
    { name: 'until', about: 'proposed again on this day', value: 'DAY' },
    { name: 'reason', about: 'why', value: 'TEXT' },
  ],
  schema: z.object({
    ...choiceShape,
    until: dayArgument.optional(),
    reason: z.string().trim().min(1).max(500).default('held by an operator'),
  }),
  roles: rolesFor('hold'),
  isDangerous: false,
  reversedBy: 'release',
  run: async (context, input) => {
    const { holdReminders } = await import('../change-reminders.ts');
    const choice = choiceFrom(input, 'hold', ['PROPOSED', 'NEEDS_REVIEW', 'QUEUED']);
    const result = await holdReminders(await context.session(), choice, { reason: input.reason, untilOn: input.until ?? null });
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} held${input.until === undefined ? '' : ` until ${input.until.toString()}`}.`,
    );
  },
});
