import { z } from 'zod';
import { defineCommand, type CommandContext } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import type { LoggedContact } from '../record-contact.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const KINDS = ['CALL', 'VISIT', 'WHATSAPP', 'LETTER', 'NOTE'] as const;

const schema = z.object({
  customer: z.string().min(1).max(64),
  id: z.coerce.number().int().positive().optional(),
  kind: z.string().toUpperCase().pipe(z.enum(KINDS)).default('CALL'),
  result: z.string().max(1_000).optional(),
  note: z.string().max(1_000).optional(),
  on: dayArgument.optional(),
  counts: z.boolean().default(false),
  reference: z.string().max(140).optional(),
  reason: z.string().max(1_000).optional(),
});
type Input = z.output<typeof schema>;

export const contactCommand = defineCommand({
  name: 'contact',
  group: 'ledger',
  summary: 'Log a call, a visit, a message or a note, or strike one out',
  example: 'contact C-17 --kind call --result "Will pay on Thursday" --counts',
  arguments: [
    { name: 'customer', about: 'code of the customer; or undo', isRequired: true },
    { name: 'id', about: 'for undo: number of the contact' },
  ],
  options: [
    { name: 'kind', about: KINDS.join(', ').toLowerCase(), value: 'KIND' },
    { name: 'result', about: 'what came of it', value: 'TEXT' },
    { name: 'note', about: 'anything else to remember', value: 'TEXT' },
    { name: 'on', about: 'the day; today if left out', value: 'DAY' },
    { name: 'counts', about: 'the next reminder waits as after a mail' },
    { name: 'reference', about: 'a ticket to know it again', value: 'TEXT' },
    { name: 'reason', about: 'for undo: why', value: 'TEXT' },
  ],
  schema,
  roles: rolesFor('contact'),
  isDangerous: false,
  reversedBy: 'contact',
  run: async (context, input) => {
    if (input.customer === 'undo') return await undo(context, input);
    if (input.id !== undefined) throw usage('A number is for `contact undo` only.');
    const { recordContact } = await import('../record-contact.ts');
    const { customer, kind, result, note, on, counts, reference } = input;
    const request = { customerCode: customer, kind, result, note, happenedOn: on, counts, reference };
    const contact = await recordContact(await context.session(), request);
    const what = `Logged as contact ${contact.id} with ${contact.customerCode}${counts ? '; it counts for the contact interval' : ''}.`;
    return resultOf(contact, what);
  },
});

async function undo(context: CommandContext, { id, reason }: Input) {
  if (id === undefined || reason === undefined)
    throw usage(id === undefined ? 'The number of the contact is missing.' : 'Say why with --reason.');
  const { undoContact } = await import('../record-contact.ts');
  return resultOf(await undoContact(await context.session(), { id, reason }), `Contact ${id} is struck out.`);
}

function resultOf(contact: LoggedContact, note: string) {
  const { id, customerCode, kind, happenedOn, counts } = contact;
  return {
    data: { contact: { id, customer: customerCode, kind, on: happenedOn.toString(), counts }, ...effectView(contact) },
    ending: 'ok' as const,
    notes: [note, ...reviewNotes(contact)],
  };
}

const usage = (message: string): OperatorError =>
  new OperatorError({
    code: 'usage.contact',
    kind: 'usage',
    message,
    tryThis: 'For example `wafa contact undo 12 --reason "wrong customer"`.',
  });
