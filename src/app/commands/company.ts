import { z } from 'zod';
import { assignmentWords, readAssignments } from './assignments.ts';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';

export const companyCommand = defineCommand({
  name: 'company',
  group: 'set up',
  summary: 'List, show or change companies',
  example: 'company set fromAddress=accounts@acme.ae phone="+971 4 123 4567"',
  arguments: [
    { name: 'word', about: 'list, show, set, live, sandbox, pause or resume' },
    { name: 'values', about: 'for set: key=value, several at once; an empty value clears', isMany: true },
  ],
  options: [
    { name: 'reason', about: 'for pause: why', value: 'TEXT' },
    { name: 'address', about: 'for sandbox: where every mail goes; without it, to the outbox folder', value: 'ADDRESS' },
    { name: 'off', about: 'for sandbox: mails go to customers again, once the company is live' },
  ],
  schema: z.object({
    word: z
      .enum(['list', 'show', 'set', 'live', 'sandbox', 'pause', 'resume'], { error: 'is list, show, set, live, sandbox, pause or resume' })
      .default('list'),
    values: assignmentWords,
    reason: z.string().max(500).optional(),
    address: z.string().max(254).optional(),
    off: z.boolean().default(false),
  }),
  // Listing needs no user; the other words ask for a role themselves.
  roles: [],
  isDangerous: false,
  reversedBy: 'company',
  run: async (context, { word, values, reason, address, off }): Promise<CommandResult<unknown>> => {
    switch (word) {
      case 'list':
        return await list(context);
      case 'show':
        return await show(context);
      case 'set':
        return await set(context, values);
      case 'live':
        return await live(context);
      case 'sandbox':
        return await sandbox(context, off ? null : { address: address ?? null });
      case 'pause':
        return await pause(context, reason);
      case 'resume':
        return await resume(context);
    }
  },
});

async function list(context: CommandContext): Promise<CommandResult<unknown>> {
  const { listCompanies } = await import('../list-companies.ts');
  const companies = await listCompanies(context.installation);
  return {
    data: { companies },
    ending: 'ok',
    notes: companies.length === 0 ? ['There is no company here yet; make one with `wafa init` or look around with `wafa demo`.'] : [],
  };
}

async function show(context: CommandContext): Promise<CommandResult<unknown>> {
  const { readCompany } = await import('../company-settings.ts');
  const {
    policyDocument: _,
    companyId: __,
    policyVersionId: ___,
    factsVersion: ____,
    version: _____,
    ...company
  } = await readCompany(await context.session());
  return { data: { company: Object.fromEntries(Object.entries(company).map(([name, value]) => [name, plain(value)])) }, ending: 'ok' };
}

/** Days and instants as their text. */
const plain = (value: string | number | boolean | Temporal.Instant | Temporal.PlainDate | null): string | number | boolean | null =>
  typeof value === 'object' && value !== null ? value.toString() : value;

async function set(context: CommandContext, words: readonly string[]): Promise<CommandResult<unknown>> {
  const values = readAssignments(words, 'phone="+971 4 123 4567"');
  const { setCompany } = await import('../company-settings.ts');
  return changed(await setCompany(await context.session(), values), (names) => `Changed: ${names.join(', ')}.`);
}

async function live(context: CommandContext): Promise<CommandResult<unknown>> {
  const { goLive } = await import('../company-settings.ts');
  return changed(await goLive(await context.session()), () => 'Live: approved mail reaches customers from now on.');
}

async function sandbox(context: CommandContext, wanted: { readonly address: string | null } | null): Promise<CommandResult<unknown>> {
  const { setSandbox } = await import('../company-settings.ts');
  return changed(await setSandbox(await context.session(), wanted), () =>
    wanted === null
      ? 'No sandbox any more.'
      : `A sandbox: every mail goes to ${wanted.address ?? 'the outbox folder'}, and to no customer.`,
  );
}

async function pause(context: CommandContext, reason: string | undefined): Promise<CommandResult<unknown>> {
  const { pauseCompany } = await import('../company-settings.ts');
  const { readLine } = await import('../operator-input.ts');
  const why = readLine(reason ?? '', 'the reason', 500);
  return changed(
    await pauseCompany(await context.session(), why),
    () => 'Paused: nothing is sent until `wafa company resume`. Mail already handed over cannot be called back.',
  );
}

async function resume(context: CommandContext): Promise<CommandResult<unknown>> {
  const { resumeCompany } = await import('../company-settings.ts');
  return changed(await resumeCompany(await context.session()), () => 'Resumed: what is approved and due is sent again.');
}

const changed = (names: readonly string[], note: (names: readonly string[]) => string): CommandResult<unknown> =>
  names.length === 0
    ? { data: { changed: names }, ending: 'nothing-to-do', notes: ['Nothing changed: it was so already.'] }
    : { data: { changed: names }, ending: 'ok', notes: [note(names)] };
