import { z } from 'zod';
import { assignmentWords, readAssignments } from './assignments.ts';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';

export const policyCommand = defineCommand({
  name: 'policy',
  group: 'set up',
  summary: 'Show or change the rules a company reminds by',
  example: 'policy set trigger.workingDays=1 minimum.amount=0',
  arguments: [
    { name: 'word', about: 'show, set or history' },
    { name: 'values', about: 'for set: key=value, several at once; for show: keys, or their beginnings', isMany: true },
  ],
  options: [{ name: 'note', about: 'why, for the history', value: 'TEXT' }],
  schema: z.object({
    word: z.enum(['show', 'set', 'history'], { error: 'is show, set or history' }).default('show'),
    values: assignmentWords,
    note: z.string().max(500).optional(),
  }),
  // The widest of its words; `set` asks for more by itself.
  roles: rolesFor('policy show'),
  isDangerous: false,
  reversedBy: 'policy',
  run: async (context, { word, values, note }): Promise<CommandResult<unknown>> => {
    switch (word) {
      case 'show':
        return await show(context, values);
      case 'set':
        return await set(context, values, note);
      case 'history':
        return await history(context);
    }
  },
});

async function show(context: CommandContext, keys: readonly string[]): Promise<CommandResult<unknown>> {
  const { readCompany } = await import('../company-settings.ts');
  const { parsePolicy } = await import('../../domain/policy.ts');
  const { policyValueText } = await import('../../domain/policy/change.ts');
  const { POLICY_FIELDS } = await import('../../domain/policy/fields.ts');
  const company = await readCompany(await context.session());
  const policy = parsePolicy(company.policyDocument);
  const fields = POLICY_FIELDS.filter(({ key }) => keys.length === 0 || keys.some((wanted) => key.startsWith(wanted))).map((field) => ({
    key: field.key,
    value: policyValueText(policy, field.key),
    default: field.byDefault,
    allowed: field.allowed,
    reason: field.reason,
  }));
  const notes = fields.length === 0 ? ['No key begins like that; `wafa policy show` lists them all.'] : [];
  return { data: { version: company.policyNumber, policy: fields }, ending: fields.length === 0 ? 'nothing-to-do' : 'ok', notes };
}

async function set(context: CommandContext, words: readonly string[], note: string | undefined): Promise<CommandResult<unknown>> {
  const values = readAssignments(words, 'trigger.workingDays=1');
  const { setPolicy } = await import('../set-policy.ts');
  const { number, changes } = await setPolicy(await context.session(), values, note);
  if (changes.length === 0)
    return { data: { version: number, changes }, ending: 'nothing-to-do', notes: ['Every value was in force already.'] };
  return { data: { version: number, changes }, ending: 'ok', notes: [`Policy version ${number} is in force.`] };
}

async function history(context: CommandContext): Promise<CommandResult<unknown>> {
  const { readPolicyHistory } = await import('../set-policy.ts');
  const versions = await readPolicyHistory(await context.session());
  return {
    data: { versions: versions.map((version) => ({ ...version, at: version.at.toString({ smallestUnit: 'second' }) })) },
    ending: 'ok',
  };
}
