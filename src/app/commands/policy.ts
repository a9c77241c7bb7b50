import { z } from 'zod';
import { assignmentWords, readAssignments } from './assignments.ts';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';
import type { PolicyChange } from '../../domain/policy/change.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { POLICY_PRESET_NAMES, type PolicyPresetName } from '../../domain/policy/presets.ts';

const WORDS = ['show', 'set', 'diff', 'preset', 'history'] as const;

export const policyCommand = defineCommand({
  name: 'policy',
  group: 'set up',
  summary: 'Show or change the rules a company reminds by',
  example: 'policy set trigger.workingDays=1 minimum.amount=0',
  arguments: [
    { name: 'word', about: 'show, set, diff, preset or history' },
    {
      name: 'values',
      about:
        'for set and diff: key=value, several at once; for show: keys, or their beginnings; for preset: cautious, standard or firm, or nothing to list them',
      isMany: true,
    },
  ],
  options: [
    { name: 'note', about: 'why, for the history', value: 'TEXT' },
    { name: 'preset', about: 'for diff: compare with this preset', value: 'NAME' },
  ],
  schema: z.object({
    word: z.enum(WORDS, { error: 'is show, set, diff, preset or history' }).default('show'),
    values: assignmentWords,
    note: z.string().max(500).optional(),
    preset: z.string().max(40).optional(),
  }),
  // The widest of its words; `set` and `preset` ask for more by themselves.
  roles: rolesFor('policy show'),
  // Only `preset` asks: it changes many rules at once.
  isDangerous: true,
  reversedBy: 'policy',
  run: async (context, { word, values, note, preset }): Promise<CommandResult<unknown>> => {
    switch (word) {
      case 'show':
        return await show(context, values);
      case 'set':
        return await set(context, values, note);
      case 'diff':
        return await diff(context, values, preset);
      case 'preset':
        return values.length === 0 ? await listPresets() : await adopt(context, readPreset(values), note);
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
  return inForce(await setPolicy(await context.session(), values, note));
}

/** Shows what would change; nothing does. */
async function diff(context: CommandContext, words: readonly string[], preset: string | undefined): Promise<CommandResult<unknown>> {
  const { presetAssignments } = await import('../../domain/policy/presets.ts');
  const values = {
    ...(preset === undefined ? {} : presetAssignments(readPreset([preset]))),
    ...(preset === undefined || words.length > 0 ? readAssignments(words, 'trigger.workingDays=1') : {}),
  };
  const { previewPolicy } = await import('../set-policy.ts');
  const { number, changes } = await previewPolicy(await context.session(), values);
  const note =
    changes.length === 0
      ? `Version ${number} has every one of these values already.`
      : `Nothing was changed: version ${number} is in force.`;
  return { data: { version: number, changes }, ending: 'ok', notes: [note] };
}

async function listPresets(): Promise<CommandResult<unknown>> {
  const { POLICY_PRESETS } = await import('../../domain/policy/presets.ts');
  const presets = POLICY_PRESET_NAMES.map((name) => {
    const { about, values } = POLICY_PRESETS[name];
    return { name, about, values: values.map(({ key, value }) => `${key}=${value}`) };
  });
  return { data: { presets }, ending: 'ok', notes: ['See what one would change here: `wafa policy diff --preset NAME`.'] };
}

async function adopt(context: CommandContext, preset: PolicyPresetName, note: string | undefined): Promise<CommandResult<unknown>> {
  const { presetAssignments } = await import('../../domain/policy/presets.ts');
  const { adoptPreset, previewPolicy } = await import('../set-policy.ts');
  const session = await context.session();
  const { number, changes } = await previewPolicy(session, presetAssignments(preset));
  if (changes.length === 0) return inForce({ number, changes });
  for (const { key, before, after } of changes) context.say(`  ${key}: ${before} → ${after}`);
  await context.confirm(`The preset ${preset} changes ${changes.length} of the company's rules.`);
  return inForce(await adoptPreset(session, { preset, shownFor: number, note }));
}

const inForce = ({ number, changes }: { readonly number: number; readonly changes: readonly PolicyChange[] }): CommandResult<unknown> =>
  changes.length === 0
    ? { data: { version: number, changes }, ending: 'nothing-to-do', notes: ['Every value was in force already.'] }
    : { data: { version: number, changes }, ending: 'ok', notes: [`Policy version ${number} is in force.`] };

function readPreset(words: readonly string[]): PolicyPresetName {
  const [word, ...others] = words;
  const known = POLICY_PRESET_NAMES.find((name) => name === word?.trim().toLowerCase());
  if (known !== undefined && others.length === 0) return known;
  throw new OperatorError({
    code: 'policy.unknown-preset',
    kind: 'usage',
    message: 'That is not the name of one preset.',
    tryThis: `Use one of ${POLICY_PRESET_NAMES.join(', ')}; \`wafa policy preset\` lists what they set.`,
  });
}

async function history(context: CommandContext): Promise<CommandResult<unknown>> {
  const { readPolicyHistory } = await import('../set-policy.ts');
  const versions = await readPolicyHistory(await context.session());
  return {
    data: { versions: versions.map((version) => ({ ...version, at: version.at.toString({ smallestUnit: 'second' }) })) },
    ending: 'ok',
  };
}
