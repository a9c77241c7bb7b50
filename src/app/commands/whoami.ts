import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const whoamiCommand = defineCommand({
  name: 'whoami',
  group: 'set up',
  summary: 'Who you are here, for which company, and what you may do',
  example: 'whoami',
  arguments: [],
  options: [],
  schema: z.object({}),
  roles: rolesFor('whoami'),
  isDangerous: false,
  reversedBy: null,
  run: async (context) => {
    const { whoAmI } = await import('../people/who-am-i.ts');
    return { data: await whoAmI(await context.session()), ending: 'ok' as const };
  },
});
