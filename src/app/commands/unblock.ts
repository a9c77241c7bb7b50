import { z } from 'zod';
import { defineCommand } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import { asId } from '../../domain/ids.ts';

export const unblockCommand = defineCommand({
  name: 'unblock',
  group: 'ledger',
  summary: 'Lift a block',
  example: 'unblock 12 --reason "Credit note sent"',
  arguments: [{ name: 'id', about: 'number of the block', isRequired: true }],
  options: [{ name: 'reason', about: 'why', value: 'TEXT' }],
  schema: z.object({
    id: z.coerce.number().int().positive(),
    reason: z.string({ error: 'is needed: say why' }).min(1).max(1_000),
  }),
  roles: rolesFor('unblock'),
  isDangerous: false,
  reversedBy: 'block',
  run: async (context, { id, reason }) => {
    const { liftBlock } = await import('../lift-block.ts');
    const lifted = await liftBlock(await context.session(), { id: asId<'block'>(id), reason });
    const items = lifted.lifted === 1 ? '' : `, ${lifted.lifted} items`;
    return {
      data: { block: { id, kind: lifted.kind, lifted: lifted.lifted, ...effectView(lifted) } },
      ending: 'ok' as const,
      notes: [`Block ${id} (${lifted.kind}${items}) is lifted.`, ...reviewNotes(lifted)],
    };
  },
});
