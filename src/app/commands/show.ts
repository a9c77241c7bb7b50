import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';

export const showCommand = defineCommand({
  name: 'show',
  group: 'reminders',
  summary: 'One reminder with everything about it: rows, score, approval, attempts, history',
  example: 'show 41',
  arguments: [{ name: 'id', about: 'id of a reminder', isRequired: true }],
  options: [],
  schema: z.object({
    id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, 'is not the id of a reminder')
      .transform(Number),
  }),
  roles: rolesFor('show'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { id }) => {
    const { readReminder } = await import('../read-reminders.ts');
    return { data: { reminder: await readReminder(await context.session(), asId<'reminder'>(id)) }, ending: 'ok' as const };
  },
});
