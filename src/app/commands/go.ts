import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const goCommand = defineCommand({
  name: 'go',
  group: 'reminders',
  summary: 'Let the rest of a large release leave after its first mails',
  example: 'go',
  arguments: [],
  options: [],
  schema: z.object({}),
  roles: rolesFor('go'),
  isDangerous: true,
  reversedBy: null,
  run: async (context): Promise<CommandResult<{ released: boolean }>> => {
    const { releaseGoesOn } = await import('../dispatch/release-goes-on.ts');
    return (await releaseGoesOn(await context.session()))
      ? { data: { released: true }, ending: 'ok', notes: ['The rest leaves with the next `wafa send`, or by itself where a daemon runs.'] }
      : { data: { released: false }, ending: 'nothing-to-do', notes: ['No release is waiting.'] };
  },
});
