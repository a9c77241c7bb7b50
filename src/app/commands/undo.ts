import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const undoCommand = defineCommand({
  name: 'undo',
  group: 'reminders',
  summary: 'Take approvals back, as long as sending has not begun',
  example: 'undo 41',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS],
  schema: z.object(choiceShape),
  roles: rolesFor('undo'),
  isDangerous: false,
  reversedBy: 'approve',
  run: async (context, input) => {
    const { undoApprovals } = await import('../change-reminders.ts');
    const result = await undoApprovals(await context.session(), choiceFrom(input, 'undo', ['QUEUED']));
    return batchResult(
      result,
      (done) => done,
      (count) => `The approval of ${reminders(count)} was taken back.`,
    );
  },
});
