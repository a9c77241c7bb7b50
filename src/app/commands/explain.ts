import { z } from 'zod';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { rolesFor } from '../permissions.ts';
import { explanationView } from '../explanation-view.ts';

export const explainCommand = defineCommand({
  name: 'explain',
  group: 'reminders',
  summary: 'Why an account is, or is not, reminded',
  example: 'explain C-17',
  arguments: [{ name: 'customer', about: 'code of the customer', isRequired: true }],
  options: [{ name: 'asOf', about: 'as of this day', value: 'DAY' }],
  schema: z.object({ customer: z.string().min(1).max(64), asOf: dayArgument.optional() }),
  roles: rolesFor('explain'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { customer, asOf }) => {
    const { explainAccount } = await import('../explain-account.ts');
    const { data, sentences } = explanationView(await explainAccount(await context.session(), customer, asOf));
    return { data, ending: 'ok' as const, notes: sentences };
  },
});
