import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const statusCommand = defineCommand({
  name: 'status',
  group: 'running',
  summary: 'Is mail leaving, what waits for whom, how old is the ledger',
  example: 'status',
  arguments: [],
  options: [],
  schema: z.object({}),
  roles: rolesFor('status'),
  isDangerous: false,
  reversedBy: null,
  run: async (context) => {
    const { readStatus } = await import('../read-status.ts');
    return { data: await readStatus(await context.session()), ending: 'ok' as const };
  },
});
