import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import type { SavedView } from '../saved-views.ts';
import { rolesFor } from '../permissions.ts';
import { QUEUE_SORTS } from '../../domain/queue-order.ts';

const WORDS = ['list', 'save', 'delete'] as const;

const viewData = ({ name, filter, order }: SavedView) => ({ name, filter, sort: order.sort, reverse: order.isReversed });

export const viewCommand = defineCommand({
  name: 'view',
  group: 'reminders',
  summary: 'Keep ways of looking at the queue, each under a name of your own',
  example: 'view save "firm and old" --filter "level:firm days>60" --sort age',
  arguments: [
    { name: 'word', about: 'list, save or delete' },
    { name: 'name', about: 'for save and delete: what it is called' },
  ],
  options: [
    { name: 'filter', about: 'for save: terms as in the console, such as `level:firm days>60`', value: 'TERMS' },
    { name: 'sort', about: `for save: the order, ${QUEUE_SORTS.join(', ')}`, value: 'ORDER' },
    { name: 'reverse', about: 'for save: the other way round' },
  ],
  schema: z
    .object({
      word: z.enum(WORDS, { error: 'is list, save or delete' }).default('list'),
      name: z
        .string()
        .trim()
        .min(1)
        .max(40)
        .regex(/^[^\p{C}]+$/u, 'has a sign nobody can see')
        .optional(),
      filter: z.string().trim().max(500).default(''),
      sort: z.enum(QUEUE_SORTS).default('risk'),
      reverse: z.boolean().default(false),
    })
    .refine(({ word, name }) => (word === 'list') === (name === undefined), 'Name the view for save and delete, and none for list.'),
  roles: rolesFor('view list'),
  isDangerous: false,
  reversedBy: 'view',
  run: async (context, { word, name = '', filter, sort, reverse }): Promise<CommandResult<unknown>> => {
    const { deleteView, listViews, saveView } = await import('../saved-views.ts');
    const session = await context.session();
    if (word === 'list') {
      const views = (await listViews(session)).map(viewData);
      return { data: { views }, ending: 'ok', notes: views.length === 0 ? ['You have saved no view yet.'] : [] };
    }
    if (word === 'delete') {
      await deleteView(session, name);
      return { data: { deleted: name }, ending: 'ok', notes: [`The view ${JSON.stringify(name)} is deleted.`] };
    }
    const view: SavedView = { name, filter, order: { sort, isReversed: reverse } };
    const isNew = await saveView(session, view);
    const notes = [`The view ${JSON.stringify(name)} is ${isNew ? 'saved' : 'saved in place of the one of this name'}.`];
    return { data: { view: viewData(view) }, ending: 'ok', notes };
  },
});
