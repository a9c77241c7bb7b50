import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { reasonView } from '../reminder-view.ts';
import { skipSentence } from '../../domain/skip-reasons.ts';
import { ESCALATION_LEVELS } from '../../domain/vocabulary.ts';

interface RemindData {
  readonly reminderId: number | null;
  readonly reason: Readonly<Record<string, unknown>> | null;
  readonly alsoTrue: readonly Readonly<Record<string, unknown>>[];
  readonly leftOut: readonly { readonly invoiceId: number; readonly why: string }[];
}

export const remindCommand = defineCommand({
  name: 'remind',
  group: 'reminders',
  summary: 'Compose a reminder by hand from items you choose',
  example: 'remind C-17 --invoice INV-104 --invoice INV-110',
  arguments: [{ name: 'customer', about: 'code of the customer', isRequired: true }],
  options: [
    { name: 'invoice', about: 'an invoice to include; without any, all that are overdue', value: 'NUMBER', isMany: true },
    { name: 'level', about: `one of ${ESCALATION_LEVELS.join(', ')}; without it, what the ladder allows`, value: 'LEVEL' },
    { name: 'overrideInterval', about: 'contact them before the interval is over, for this reason', value: 'REASON' },
  ],
  schema: z.object({
    customer: z.string().min(1).max(64),
    invoice: z.array(z.string().min(1).max(100)).max(1_000).default([]),
    level: z.string().toUpperCase().pipe(z.enum(ESCALATION_LEVELS)).optional(),
    overrideInterval: z.string().trim().min(3, 'is the reason, in a few words').max(500).optional(),
  }),
  roles: rolesFor('remind'),
  isDangerous: false,
  reversedBy: 'cancel',
  run: async (context, input): Promise<CommandResult<RemindData>> => {
    const { remindManually } = await import('../remind-manually.ts');
    const { id, result, customerName } = await remindManually(await context.session(), {
      customerCode: input.customer,
      invoiceNumbers: input.invoice,
      ...(input.level === undefined ? {} : { level: input.level }),
      ...(input.overrideInterval === undefined ? {} : { overrideReason: input.overrideInterval }),
    });
    const leftOut = result.leftOut.map((item) => ({ ...item }));
    if (result.kind === 'refused') {
      const data = { reminderId: null, reason: reasonView(result.reason), alsoTrue: result.alsoTrue.map(reasonView), leftOut };
      return { data, ending: 'refused', notes: [skipSentence(result.reason, customerName)] };
    }
    return {
      data: { reminderId: id, reason: null, alsoTrue: [], leftOut },
      ending: 'ok',
      notes: [`Reminder ${id ?? ''} is proposed; look at it with \`wafa show ${id ?? ''}\`, then approve it.`],
    };
  },
});
