import { z } from 'zod';
import { defineCommand } from './command.ts';
import { FILTER_OPTIONS, filterFrom, filterShape, statusShape } from './reminder-arguments.ts';
import { rolesFor } from '../permissions.ts';
import type { QueueQuestion } from '../read-reminders.ts';
import type { Session } from '../session.ts';
import { QUEUE_SORTS, type QueueOrder } from '../../domain/queue-order.ts';
import { OperatorError } from '../../domain/operator-error.ts';
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
    { name: 'view', about: 'as one of your saved views; what is given beside it counts more', value: 'NAME' },
    { name: 'sort', about: `another order: ${QUEUE_SORTS.join(', ')}`, value: 'ORDER' },
    { name: 'reverse', about: 'the other way round' },
    { name: 'limit', about: 'reminders on a page', value: 'N' },
    { name: 'after', about: 'the `next` of the page before', value: 'NEXT' },
  ],
  schema: z.object({
    status: z.array(statusShape).optional(),
    ...filterShape,
    find: z.string().trim().min(1).max(200).optional(),
    view: z.string().trim().min(1).max(40).optional(),
    sort: z.enum(QUEUE_SORTS).optional(),
    reverse: z.boolean().optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
    after: z.string().max(2_000).optional(),
  }),
  roles: rolesFor('queue'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { status, view, sort, reverse, limit, after, find, ...filter }) => {
    const { readQueue } = await import('../read-reminders.ts');
    const session = await context.session();
    const saved = view === undefined ? null : await savedQueue(session, view);
    const statuses = status === undefined || status.length === 0 ? undefined : status;
    const narrowed = { ...saved?.filter, ...filterFrom(filter, statuses), ...(find === undefined ? {} : { text: find }) };
    const order: QueueOrder = {
      sort: sort ?? saved?.order.sort ?? 'risk',
      isReversed: reverse ?? (sort === undefined && saved?.order.isReversed === true),
    };
    const data = await readQueue(session, { filter: narrowed, order, limit, after: after ?? null });
    return {
      data,
      ending: 'ok' as const,
      notes: data.reminders.length === 0 ? ['The queue is empty; run `wafa plan` to look for overdue items.'] : [],
    };
  },
});

async function savedQueue(session: Session, name: string): Promise<Pick<QueueQuestion, 'filter'> & { readonly order: QueueOrder }> {
  const [{ viewNamed }, { readQueueFilter }] = await Promise.all([import('../saved-views.ts'), import('../queue-terms.ts')]);
  const { filter, order } = await viewNamed(session, name);
  const read = readQueueFilter(filter);
  // What was a term when it was saved may be none any more.
  if (!read.ok)
    throw new OperatorError({ code: 'view.bad-filter', kind: 'usage', message: `${read.why}.`, tryThis: 'Save the view anew.' });
  return { filter: read.filter, order };
}
