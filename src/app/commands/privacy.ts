import { z } from 'zod';
import { assignmentWords, readAssignments } from './assignments.ts';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { outputFile, writeOutput } from './output-file.ts';
import { rolesForCommand } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';

const WORDS = ['export', 'correct', 'erase', 'hold', 'release', 'retention'] as const;

const schema = z.object({
  word: z.enum(WORDS, { error: `is ${WORDS.join(', ')}` }),
  who: z.string().max(320).optional(),
  values: assignmentWords,
  output: outputFile.optional(),
  dryRun: z.boolean().default(false),
});

type Input = z.output<typeof schema>;

export const privacyCommand = defineCommand({
  name: 'privacy',
  group: 'looking back',
  summary: 'What is kept about a person: hand it out, correct it, erase it; and forget what is old',
  example: 'privacy retention --dry-run',
  arguments: [
    { name: 'word', about: WORDS.join(', '), isRequired: true },
    { name: 'who', about: 'the address of the person, or the number of a contact; for hold and release the code of a customer' },
    { name: 'values', about: 'for correct: name=… name-ar=… title=… phone=… address=…', isMany: true },
  ],
  options: [
    { name: 'output', about: 'for export: the file to write', value: 'FILE' },
    { name: 'dryRun', about: 'for retention: say what would be forgotten, and forget nothing' },
  ],
  schema,
  roles: rolesForCommand('privacy') ?? [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<unknown>> => await RUN[input.word](context, input),
});

const RUN: Readonly<Record<Input['word'], (context: CommandContext, input: Input) => Promise<CommandResult<unknown>>>> = {
  export: async (context, input) => {
    const { exportPerson } = await import('../privacy/export-person.ts');
    const person = await exportPerson(await context.session(), needed(input));
    if (input.output === undefined) return { data: { person }, ending: 'ok' };
    await writeOutput(input.output, Buffer.from(`${JSON.stringify({ wafa: 1, person }, null, 2)}\n`));
    return { data: { exported: { file: input.output, mails: person.mails.length } }, ending: 'ok' };
  },
  correct: async (context, input) => {
    const { CORRECTABLE, correctPerson } = await import('../privacy/correct-person.ts');
    const values = readAssignments(input.values, 'name="Mona Saleh"');
    const unknown = Object.keys(values).find((name) => !CORRECTABLE.some((known) => known === name));
    if (unknown !== undefined) throw usage('unknown-value', `Only ${CORRECTABLE.join(', ')} can be corrected.`, 'Leave the others out.');
    const corrected = await correctPerson(await context.session(), needed(input), values);
    return { data: { corrected }, ending: 'ok', notes: [FROM_LEDGER] };
  },
  erase: async (context, input) => {
    const who = needed(input);
    const session = await context.session();
    await context.confirm('Erase this person? It cannot be taken back.');
    const { eraseContact } = await import('../privacy/erase-contact.ts');
    const erased = await eraseContact(session, who);
    return { data: { erased }, ending: 'ok', notes: [FROM_LEDGER, ELSEWHERE] };
  },
  hold: async (context, input) => await hold(context, input, true),
  release: async (context, input) => await hold(context, input, false),
  retention: async (context, { dryRun }) => {
    const { applyRetention } = await import('../privacy/apply-retention.ts');
    const retention = await applyRetention(await context.session(), { isDryRun: dryRun });
    const note = dryRun ? 'Nothing was forgotten: this is what would be.' : 'The periods are policy: `wafa policy show`, retention.…';
    return { data: { retention, dryRun }, ending: 'ok', notes: [note] };
  },
};

const FROM_LEDGER = 'Change it in the ledger program as well: its next import brings back what it has.';
const ELSEWHERE =
  'Outside the database the person may still be in backups until they age out, in ledger files taken in, and in mail of rehearsals (outbox). See docs/privacy.md.';

async function hold(context: CommandContext, input: Input, isOn: boolean): Promise<CommandResult<unknown>> {
  const { holdForCourt } = await import('../privacy/apply-retention.ts');
  const { isChanged } = await holdForCourt(await context.session(), needed(input), isOn);
  return isChanged
    ? { data: { legalHold: isOn }, ending: 'ok' }
    : { data: { legalHold: isOn }, ending: 'nothing-to-do', notes: ['It is that already.'] };
}

function needed({ word, who }: Input): string {
  if (who !== undefined && who.trim() !== '') return who;
  throw usage(
    'who',
    `Say whom \`privacy ${word}\` is about.`,
    'Give the address of the person, the number of a contact, or the code of a customer.',
  );
}

const usage = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `privacy.${what}`, kind: 'usage', message, tryThis });
