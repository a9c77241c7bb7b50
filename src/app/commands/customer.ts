import { z } from 'zod';
import { readAssignments } from './assignments.ts';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { movedNotes, movedView } from './fact-view.ts';
import { rolesFor } from '../permissions.ts';
import type { FoundCustomer } from '../../store/sql/find-customers.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const WORDS = ['find', 'show', 'set', 'tasks'] as const;

const schema = z.object({
  word: z.enum(WORDS, { error: 'is find, show, set or tasks' }),
  subject: z.string().max(300).optional(),
  values: z.array(z.string().max(4_200)).max(100).default([]),
  contact: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  dryRun: z.boolean().default(false),
});
type Input = z.output<typeof schema>;

export const customerCommand = defineCommand({
  name: 'customer',
  group: 'ledger',
  summary: 'Find, show or change customers, or list what waits for a person',
  example: 'customer find "050 123 4567"',
  arguments: [
    { name: 'word', about: 'find, show, set or tasks', isRequired: true },
    { name: 'subject', about: 'for find: a phone, invoice, order, address, code or part of a name; for show and set: the code' },
    { name: 'values', about: 'for set: key=value, several at once; an empty value clears', isMany: true },
  ],
  options: [
    { name: 'contact', about: 'for set: address of the person that contact.… is about; the primary one if left out', value: 'ADDRESS' },
    { name: 'limit', about: 'for find and tasks: at most so many', value: 'N' },
    { name: 'dryRun', about: 'for set: only say what would change' },
  ],
  schema,
  roles: rolesFor('customer find'),
  isDangerous: false,
  reversedBy: 'customer',
  run: async (context, input): Promise<CommandResult<unknown>> => {
    switch (input.word) {
      case 'find':
        return await find(context, input);
      case 'show':
        return await show(context, input);
      case 'set':
        return await set(context, input);
      case 'tasks':
        return await tasks(context, input);
    }
  },
});

async function find(context: CommandContext, { subject, values, limit }: Input): Promise<CommandResult<unknown>> {
  const { findCustomers } = await import('../customers/find-customers.ts');
  // Words that were not quoted belong together: names have blanks.
  const text = [needed(subject, 'what to look for', 'find alnoor'), ...values].join(' ');
  const found = await findCustomers(await context.session(), { text, limit });
  const data = { customers: found.map(foundView) };
  if (found.length === 0) return { data, ending: 'nothing-to-do', notes: ['Nobody is found by that. Try a shorter part of the name.'] };
  return {
    data,
    ending: 'ok',
    ...(found.length === limit ? { notes: [`These are the first ${limit}; say more to narrow it down.`] } : {}),
  };
}

const foundView = ({ id: _, accountCode, ...found }: FoundCustomer) => ({
  ...found,
  billTo: accountCode === found.code ? null : accountCode,
});

async function show(context: CommandContext, { subject }: Input): Promise<CommandResult<unknown>> {
  const { showCustomer } = await import('../customers/show-customer.ts');
  return { data: await showCustomer(await context.session(), needed(subject, 'the code', 'show C-17')), ending: 'ok' };
}

async function set(context: CommandContext, { subject, values, contact, dryRun }: Input): Promise<CommandResult<unknown>> {
  const { setCustomer } = await import('../customers/set-customer.ts');
  const code = needed(subject, 'the code', 'set C-17 language=AR');
  const changed = await setCustomer(await context.session(), {
    code,
    values: readAssignments(values, 'language=AR graceDays=5'),
    contact,
    isDryRun: dryRun,
  });
  const { changes, reminders } = changed;
  const data = { customer: changed.code, dryRun, changes, reminders: movedView(reminders) };
  if (changes.length === 0) return { data, ending: 'nothing-to-do', notes: ['Nothing changed: it was so already.'] };
  const lead = dryRun ? 'Would set' : 'Set';
  const notes = changes.map(
    ({ setting, from, to }) => `${lead} ${setting}: ${from === '' ? 'empty' : from} → ${to === '' ? 'empty' : to}.`,
  );
  return { data, ending: 'ok', notes: [...notes, ...movedNotes(reminders)] };
}

async function tasks(context: CommandContext, { limit }: Input): Promise<CommandResult<unknown>> {
  const { readTasks } = await import('../attend-tasks.ts');
  const found = await readTasks(await context.session(), limit);
  const data = {
    tasks: found.map(({ id, kind, customerCode, customerName, invoice, reason, reference, sinceOn }) => ({
      id,
      kind,
      customer: customerCode,
      name: customerName,
      invoice,
      reason,
      reference,
      sinceOn: sinceOn.toString(),
    })),
  };
  const note = found.length === 0 ? 'Nothing waits for a person.' : 'Say what was done with `wafa answered CUSTOMER --did TEXT`.';
  return { data, ending: 'ok', notes: [note] };
}

function needed(value: string | undefined, what: string, example: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new OperatorError({
    code: 'usage.customer',
    kind: 'usage',
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} is missing.`,
    tryThis: `For example \`wafa customer ${example}\`.`,
  });
}
