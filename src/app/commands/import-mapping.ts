/** `wafa import mapping`: what mappings there are, and one proposed for a file that none of them fits. */
import { basename } from 'node:path';
import type { CommandContext, CommandResult } from './command.ts';
import { writeOutput } from './output-file.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { shown } from '../../intake/faults.ts';
import { guessMapping, type GuessedField } from '../../intake/guess-mapping.ts';
import { listMappings, loadMapping } from '../../intake/mapping.ts';
import { readFirstRows } from '../../intake/read-ledger.ts';
import type { TableChoices } from '../../intake/table-file.ts';

export interface MappingWords {
  readonly word: string | undefined;
  readonly subject: string | undefined;
  readonly out: string | undefined;
  readonly choices: TableChoices;
}

export async function importMapping(
  context: CommandContext,
  { word, subject, out, choices }: MappingWords,
): Promise<CommandResult<unknown>> {
  // Whoever may see imports may see mappings; a session is what knows.
  await context.session();
  if (word === 'list' && subject === undefined) return await listed();
  if (word === 'show' && subject !== undefined) {
    const mapping = await loadMapping(subject);
    return { data: { mapping }, ending: 'ok', notes: [JSON.stringify(mapping, null, 2)] };
  }
  if (word === 'new' && subject !== undefined) return await proposed(subject, out, choices);
  throw new OperatorError({
    code: 'import.mapping-words',
    kind: 'usage',
    message: 'A mapping is listed, shown or proposed.',
    tryThis: 'Write `wafa import mapping list`, `wafa import mapping show NAME` or `wafa import mapping new FILE --out MAPPING.json`.',
  });
}

async function listed(): Promise<CommandResult<unknown>> {
  const mappings = (await listMappings()).map(({ name, title, files, headingsOnly }) => ({
    name,
    title,
    kinds: Object.keys(files),
    headingsOnly,
  }));
  return { data: { mappings }, ending: 'ok', notes: mappings.map(({ name, title, kinds }) => `${name}: ${title} (${kinds.join(', ')})`) };
}

/** Samples come from so many rows. */
const FIRST_ROWS = 50;

async function proposed(file: string, out: string | undefined, choices: TableChoices): Promise<CommandResult<unknown>> {
  const [headings = [], ...rows] = await readFirstRows({ path: file }, FIRST_ROWS + 1, choices);
  const { kind, document, fields, unread } = guessMapping(nameFrom(file), headings, rows, await listMappings());
  if (out !== undefined) await writeOutput(out, Buffer.from(`${JSON.stringify(document, null, 2)}\n`));
  const missing = fields.filter(({ heading }) => heading === null).map(({ field }) => field);
  const last =
    out === undefined ? 'Write it to a file with --out MAPPING.json.' : `Check it, then \`wafa import FILE --map ${out} --dry-run\`.`;
  return {
    data: { mapping: document, kind, fields, unread },
    ending: missing.length > 0 ? 'partly' : 'ok',
    notes: [
      `Looks like ${kind}.`,
      ...fields.map(lineOf),
      ...(unread.length > 0 ? [`Not read: ${unread.map((heading) => shown(heading)).join(', ')}.`] : []),
      ...(missing.length > 0 ? [`Name the columns of ${missing.join(', ')} in the mapping before it can be used.`] : []),
      last,
    ],
  };
}

const lineOf = ({ field, heading, samples }: GuessedField): string =>
  heading === null
    ? `${field}: no column looks like it`
    : `${field}: ${shown(heading)}${samples.length > 0 ? `, for example ${samples.map((sample) => shown(sample)).join(', ')}` : ''}`;

/** A mapping's name has small letters, digits and hyphens. */
const nameFrom = (file: string): string =>
  basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'our-export';
