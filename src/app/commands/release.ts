import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const releaseCommand = defineCommand({
  name: 'release',
  group: 'reminders',
  summary: 'Put held reminders, and those to review, back to be approved, composed anew',
  example: 'release 41',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS],
  schema: z.object(choiceShape),
  roles: rolesFor('release'),
  isDangerous: false,
  reversedBy: 'hold',
  run: async (context, input) => {
    const { releaseReminders } = await import('../change-reminders.ts');
    const result = await releaseReminders(await context.session(), choiceFrom(input, 'release', ['HELD']));
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} released and composed anew from the facts of now.`,
    );
  },
});
