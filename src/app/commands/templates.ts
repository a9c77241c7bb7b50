import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { rolesFor } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { LANGUAGES } from '../../domain/vocabulary.ts';

const WORDS = ['list', 'show', 'edit', 'import', 'validate', 'preview', 'activate', 'diff', 'rollback'] as const;
type Word = (typeof WORDS)[number];

const versionNumber = z.coerce.number().int().min(1).max(1_000_000).optional();

const schema = z.object({
  word: z.enum(WORDS, { error: `is ${WORDS.slice(0, -1).join(', ')} or rollback` }).default('list'),
  name: z.string().max(60).optional(),
  file: z.string().max(4_096).optional(),
  version: versionNumber,
  from: versionNumber,
  language: z
    .preprocess((value) => (typeof value === 'string' ? value.toUpperCase().replace('-', '_') : value), z.enum(LANGUAGES))
    .default('EN_AR'),
  invoices: z.coerce.number().int().min(1).max(1_000).optional(),
  html: z.boolean().default(false),
  note: z.string().max(500).optional(),
});
type Input = z.output<typeof schema>;

export const templatesCommand = defineCommand({
  name: 'templates',
  group: 'running',
  summary: 'The words of reminders: list, show, edit, try, put in force, and take back',
  example: 'templates preview consolidated/firm --language ar',
  arguments: [
    { name: 'word', about: 'list, show, edit, import, validate, preview, activate, diff or rollback' },
    { name: 'name', about: 'consolidated/LEVEL or individual/LEVEL, e.g. consolidated/polite' },
    { name: 'file', about: 'for import and validate: the file to read' },
  ],
  options: [
    { name: 'version', about: 'this version instead of the one in force; for activate: which', value: 'N' },
    { name: 'from', about: 'for diff: compare with this version instead of the one in force', value: 'N' },
    { name: 'language', about: 'for preview: EN, AR, EN_AR or AR_EN', value: 'LANGUAGE' },
    { name: 'invoices', about: 'for preview: how many invoices to make up', value: 'N' },
    { name: 'html', about: 'for preview: the HTML part' },
    { name: 'note', about: 'for edit and import: why', value: 'TEXT' },
  ],
  schema,
  // The widest of its words; those that change something ask for more by themselves.
  roles: rolesFor('templates show'),
  isDangerous: false,
  reversedBy: 'templates',
  run: async (context, input): Promise<CommandResult<unknown>> => await RUN[input.word](context, input),
});

const RUN: Readonly<Record<Word, (context: CommandContext, input: Input) => Promise<CommandResult<unknown>>>> = {
  list: async (context) => {
    const { listTemplates } = await import('../templates/read-templates.ts');
    return { data: { templates: await listTemplates(await context.session()) }, ending: 'ok' };
  },
  show: async (context, { name, version }) => {
    const { showTemplate } = await import('../templates/read-templates.ts');
    return { data: { template: await showTemplate(await context.session(), needed(name, 'show'), version) }, ending: 'ok' };
  },
  edit: async (context, { name, version, note }) => {
    const { showTemplate } = await import('../templates/read-templates.ts');
    const { editText } = await import('../templates/open-editor.ts');
    const shown = await showTemplate(await context.session(), needed(name, 'edit'), version);
    const edit = (): Promise<string | null> => editText(shown.file, `${shown.name.replace('/', '-')}.txt`, editorOf(context));
    const saved = await (context.handOver === undefined ? edit() : context.handOver(edit));
    if (saved === null) return { data: { stored: null }, ending: 'nothing-to-do', notes: ['Nothing was changed, so nothing was stored.'] };
    return await store(context, shown.name, saved, note);
  },
  import: async (context, { name, file, note }) =>
    await store(context, needed(name, 'import'), textOf(needed(file, 'import', 'consolidated/firm firm.txt')), note),
  validate: async (context, { name, file, version }) => {
    const { validateTemplate } = await import('../templates/change-templates.ts');
    const { showTemplate } = await import('../templates/read-templates.ts');
    const session = await context.session();
    const key = needed(name, 'validate');
    const text = file === undefined ? (await showTemplate(session, key, version)).file : textOf(file);
    const faults = await validateTemplate(session, key, text);
    return { data: { faults }, ending: faults.length === 0 ? 'ok' : 'failed', notes: faults.length === 0 ? ['It can be used.'] : [] };
  },
  preview: async (context, { name, version, language, invoices, html }) => {
    const { previewTemplate } = await import('../templates/read-templates.ts');
    const preview = await previewTemplate(await context.session(), needed(name, 'preview'), { number: version, language, invoices });
    return { data: { part: html ? 'html' : 'text', preview }, ending: 'ok' };
  },
  activate: async (context, { name, version }) => {
    if (version === undefined) throw usage('Which version is to be in force?', 'activate consolidated/firm --version 2');
    const { activateTemplate } = await import('../templates/change-templates.ts');
    return inForce(await activateTemplate(await context.session(), needed(name, 'activate'), version));
  },
  diff: async (context, { name, from, version }) => {
    const { diffTemplate } = await import('../templates/read-templates.ts');
    const difference = await diffTemplate(await context.session(), needed(name, 'diff'), { from, to: version });
    const isSame = difference.lines.length === 0;
    return { data: { difference }, ending: 'ok', notes: isSame ? [`Versions ${difference.from} and ${difference.to} say the same.`] : [] };
  },
  rollback: async (context, { name }) => {
    const { rollBackTemplate } = await import('../templates/change-templates.ts');
    return inForce(await rollBackTemplate(await context.session(), needed(name, 'rollback')));
  },
};

async function store(context: CommandContext, name: string, text: string, note: string | undefined): Promise<CommandResult<unknown>> {
  const { storeTemplate } = await import('../templates/change-templates.ts');
  const stored = await storeTemplate(await context.session(), name, text, note);
  if (!stored.isNew) return { data: { stored }, ending: 'nothing-to-do', notes: [`Version ${stored.version} says the same already.`] };
  const next = `Stored as version ${stored.version}, not in force: look with \`wafa templates preview ${stored.name} --version ${stored.version}\`, then \`wafa templates activate ${stored.name} --version ${stored.version}\`.`;
  return { data: { stored }, ending: 'ok', notes: [next] };
}

function inForce(result: { readonly name: string; readonly version: number; readonly isChanged: boolean }): CommandResult<unknown> {
  const note = result.isChanged
    ? `Version ${result.version} of ${result.name} is in force. Reminders waiting for approval take it with the next plan; approved ones keep their words.`
    : 'It was so already.';
  return { data: { inForce: result }, ending: result.isChanged ? 'ok' : 'nothing-to-do', notes: [note] };
}

function editorOf({ installation }: CommandContext): string {
  const { env } = installation.configuration;
  const editor = env['VISUAL'] || env['EDITOR'];
  if (editor) return editor;
  throw usage('No editor is named in VISUAL or EDITOR.', 'import consolidated/firm firm.txt');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OperatorError({
      code: 'template.unreadable-file',
      kind: 'usage',
      message: `The file ${JSON.stringify(path.slice(0, 200))} cannot be read.`,
      tryThis: 'Check the path; `wafa templates show NAME` prints a template the way a file is written.',
      cause,
    });
  }
}

function needed(value: string | undefined, word: Word, example = 'consolidated/firm'): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw usage(`\`templates ${word}\` needs more words.`, `${word} ${example}`);
}

const usage = (message: string, example: string): OperatorError =>
  new OperatorError({ code: 'usage.templates', kind: 'usage', message, tryThis: `For example \`wafa templates ${example}\`.` });
