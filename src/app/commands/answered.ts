import { z } from 'zod';
import { defineCommand } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';

export const answeredCommand = defineCommand({
  name: 'answered',
  group: 'ledger',
  summary: 'Say that a person has dealt with what waited: an answer, a returned cheque, a claim of payment',
  example: 'answered C-17 --did "Called back, statement sent"',
  arguments: [{ name: 'customer', about: 'code of the customer', isRequired: true }],
  options: [{ name: 'did', about: 'what was done', value: 'TEXT' }],
  schema: z.object({
    customer: z.string().min(1).max(64),
    did: z.string({ error: 'is needed: say what was done' }).min(1).max(1_000),
  }),
  roles: rolesFor('answered'),
  isDangerous: false,
  reversedBy: 'block',
  run: async (context, { customer, did }) => {
    const { markAnswered } = await import('../attend-tasks.ts');
    const answered = await markAnswered(await context.session(), { customerCode: customer, did });
    const data = {
      answered: {
        customer: answered.customerCode,
        noteId: answered.noteId,
        tasks: answered.attended.map(({ id, kind, reason }) => ({ id, kind, reason })),
      },
      ...effectView(answered),
    };
    const what = answered.attended.map(({ kind, reason }) => `${kind} (${reason})`).join(', ');
    return { data, ending: 'ok' as const, notes: [`Dealt with for ${answered.customerCode}: ${what}.`, ...reviewNotes(answered)] };
  },
});
