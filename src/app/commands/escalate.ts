import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const escalateCommand = defineCommand({
  name: 'escalate',
  group: 'reminders',
  summary: 'Raise reminders by one level; each has to be approved again',
  example: 'escalate 41',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS],
  schema: z.object(choiceShape),
  roles: rolesFor('escalate'),
  isDangerous: false,
  reversedBy: 'deescalate',
  run: async (context, input) => {
    const { escalateReminders } = await import('../shape-reminders.ts');
    const result = await escalateReminders(await context.session(), choiceFrom(input, 'escalate', ['PROPOSED', 'QUEUED']));
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} raised by one level, to be approved again.`,
    );
  },
});
