import { z } from 'zod';
import { batchResult, reminders } from './batch-result.ts';
import { defineCommand } from './command.ts';
import { choiceFrom, choiceShape, ID_ARGUMENTS } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';

export const editCommand = defineCommand({
  name: 'edit',
  group: 'reminders',
  summary: 'Leave items out of a reminder; it has to be approved again, and the next contact asks for them',
  example: 'edit 41 --without INV-104',
  arguments: ID_ARGUMENTS,
  options: [{ name: 'without', about: 'number of an invoice to leave out', value: 'NUMBER', isMany: true }],
  schema: z.object({ ids: choiceShape.ids, without: z.array(z.string().min(1).max(100)).min(1, 'names what to leave out').max(1_000) }),
  roles: rolesFor('edit'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { ids, without }) => {
    const { editReminders } = await import('../shape-reminders.ts');
    const choice = choiceFrom({ ids, all: false }, 'edit', ['PROPOSED', 'QUEUED']);
    const result = await editReminders(await context.session(), choice, without);
    return batchResult(
      result,
      (done) => done,
      (count) => `${reminders(count)} composed again without ${without.join(', ')}.`,
    );
  },
});
