import { z } from 'zod';
import { defineCommand } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { movedNotes, movedView } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import type { Suppression } from '../suppress-address.ts';

const WHY = ['OPERATOR', 'WRONG_PERSON', 'COMPLAINT'] as const;

export const suppressCommand = defineCommand({
  name: 'suppress',
  group: 'reminders',
  summary: 'Send nothing more to an address',
  example: 'suppress old@alnoor.example --why wrong-person --reason "Left the company"',
  arguments: [{ name: 'address', about: 'the address', isRequired: true }],
  options: [
    { name: 'why', about: WHY.join(', ').toLowerCase().replaceAll('_', '-'), value: 'WORD' },
    { name: 'reason', about: 'who said so, and how', value: 'TEXT' },
    { name: 'until', about: 'last day it holds; for good if left out', value: 'DAY' },
  ],
  schema: z.object({
    address: z.string().min(1).max(300),
    why: z
      .string()
      .default('OPERATOR')
      .transform((text) => text.toUpperCase().replaceAll('-', '_'))
      .pipe(z.enum(WHY)),
    reason: z.string({ error: 'is needed: say why' }).min(1).max(500),
    until: dayArgument.optional(),
  }),
  roles: rolesFor('suppress'),
  isDangerous: false,
  reversedBy: 'unsuppress',
  run: async (context, input) => {
    const { suppressAddress } = await import('../suppress-address.ts');
    return suppressionResult(await suppressAddress(await context.session(), input), 'Nothing more is sent to');
  },
});

export const unsuppressCommand = defineCommand({
  name: 'unsuppress',
  group: 'reminders',
  summary: 'Let mail go to an address again',
  example: 'unsuppress accounts@alnoor.example --reason "Mailbox works again"',
  arguments: [{ name: 'address', about: 'the address', isRequired: true }],
  options: [{ name: 'reason', about: 'why', value: 'TEXT' }],
  schema: z.object({
    address: z.string().min(1).max(300),
    reason: z.string({ error: 'is needed: say why' }).min(1).max(500),
  }),
  roles: rolesFor('unsuppress'),
  isDangerous: false,
  reversedBy: 'suppress',
  run: async (context, input) => {
    const { unsuppressAddress } = await import('../suppress-address.ts');
    return suppressionResult(await unsuppressAddress(await context.session(), input), 'Mail may go again to');
  },
});

function suppressionResult({ id, address, why, accounts, reminders }: Suppression, note: string) {
  return {
    data: { suppression: { id, address, why, accounts }, reminders: movedView(reminders) },
    ending: 'ok' as const,
    notes: [`${note} ${address} (${accounts === 1 ? '1 account' : `${accounts} accounts`}).`, ...movedNotes(reminders)],
  };
}
