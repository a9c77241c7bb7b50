import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { ALL_OPTION, choiceFrom, choiceShape, FILTER_OPTIONS, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const approveCommand = defineCommand({
  name: 'approve',
  group: 'reminders',
  summary: 'Approve reminders exactly as they are stored now',
  example: 'approve 41 42',
  arguments: ID_ARGUMENTS,
  options: [ALL_OPTION, ...FILTER_OPTIONS],
  schema: z.object(choiceShape),
  roles: rolesFor('approve'),
  isDangerous: true,
  reversedBy: 'undo',
  run: async (context, input) => {
    const { approveReminders } = await import('../approve-reminders.ts');
    const result = await approveReminders(await context.session(), choiceFrom(input, 'approve', ['PROPOSED']));
    return batchResult(
      result,
      ({ id, leavesAt, undoUntil }) => ({ id, status: 'QUEUED', leavesAt: leavesAt.toString(), undoUntil: undoUntil.toString() }),
      (count) =>
        `${reminders(count)} approved. They leave by themselves when due, or now with \`wafa send\`; \`wafa undo\` takes an approval back until then.`,
    );
  },
});
