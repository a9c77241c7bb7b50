import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const deescalateCommand = defineCommand({
  name: 'deescalate',
  group: 'reminders',
  summary: 'Lower reminders by one level; each has to be approved again',
  example: 'deescalate 41',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS],
  schema: z.object(choiceShape),
  roles: rolesFor('deescalate'),
  isDangerous: false,
  reversedBy: 'escalate',
  run: async (context, input) => {
    const { deescalateReminders } = await import('../shape-reminders.ts');
    const result = await deescalateReminders(await context.session(), choiceFrom(input, 'deescalate', ['PROPOSED', 'QUEUED']));
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} lowered by one level, to be approved again.`,
    );
  },
});
