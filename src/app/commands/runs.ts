import { z } from 'zod';
import { defineCommand } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';

export const runsCommand = defineCommand({
  name: 'runs',
  group: 'reminders',
  summary: 'What planning did: reminders, skips by reason, totals',
  example: 'runs 7',
  arguments: [{ name: 'id', about: 'one run; without it, the newest' }],
  options: [{ name: 'limit', about: 'how many runs', value: 'N' }],
  schema: z.object({
    id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, 'is not the id of a run')
      .transform(Number)
      .optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(20),
  }),
  roles: rolesFor('runs'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { id, limit }) => {
    const { readRuns } = await import('../read-reminders.ts');
    const runs = await readRuns(await context.session(), id === undefined ? { limit } : { id: asId<'run'>(id) });
    return { data: { runs }, ending: 'ok' as const, notes: runs.length === 0 ? ['Nothing has been planned yet; run `wafa plan`.'] : [] };
  },
});
