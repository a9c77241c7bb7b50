import { z } from 'zod';
import { defineCommand } from './command.ts';
import { FILTER_OPTIONS, filterFrom, filterShape, statusShape } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';
import { DELIVERY_STATUSES } from '../../domain/vocabulary.ts';

export const queueCommand = defineCommand({
  name: 'queue',
  group: 'reminders',
  summary: 'Reminders by money at risk, the most first',
  example: 'queue --level FIRM --min-score 50',
  arguments: [],
  options: [
    {
      name: 'status',
      about: `only this status (${DELIVERY_STATUSES.join(', ')}); without it, all that are live`,
      value: 'STATUS',
      isMany: true,
    },
    ...FILTER_OPTIONS,
    { name: 'find', about: 'only accounts with this in their code or name', value: 'TEXT' },
    { name: 'limit', about: 'reminders on a page', value: 'N' },
    { name: 'after', about: 'the `next` of the page before', value: 'NEXT' },
  ],
  schema: z.object({
    status: z.array(statusShape).optional(),
    ...filterShape,
    find: z.string().trim().min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
    after: z.string().max(60).optional(),
  }),
  roles: rolesFor('queue'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { status, limit, after, find, ...filter }) => {
    const { readQueue } = await import('../read-reminders.ts');
    const statuses = status === undefined || status.length === 0 ? undefined : status;
    const narrowed = { ...filterFrom(filter, statuses), ...(find === undefined ? {} : { text: find }) };
    const data = await readQueue(await context.session(), { filter: narrowed, limit, after: after ?? null });
    return {
      data,
      ending: 'ok' as const,
      notes: data.reminders.length === 0 ? ['The queue is empty; run `wafa plan` to look for overdue items.'] : [],
    };
  },
});
