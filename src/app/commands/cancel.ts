import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const cancelCommand = defineCommand({
  name: 'cancel',
  group: 'reminders',
  summary: 'End reminders that should not go out; the next plan may propose their items again',
  example: 'cancel 41 --reason "agreed by phone"',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS, { name: 'reason', about: 'why', value: 'TEXT' }],
  schema: z.object({ ...choiceShape, reason: z.string().trim().min(1).max(500).default('cancelled by an operator') }),
  roles: rolesFor('cancel'),
  isDangerous: true,
  reversedBy: null,
  run: async (context, input) => {
    const { cancelReminders } = await import('../change-reminders.ts');
    const choice = choiceFrom(input, 'cancel', ['PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED']);
    const result = await cancelReminders(await context.session(), choice, input.reason);
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} cancelled.`,
    );
  },
});
