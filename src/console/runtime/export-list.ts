/** Writes lists into files of the folder the console was started in: a console has no pipe to send them into. */
import { join } from 'node:path';

import { csvText, type CsvTable } from '../../cli/csv-text.ts';
import { presenterOf } from '../../cli/present/presenters.ts';
import { usageError } from '../../cli/usage-error.ts';
import type { Command, CommandContext } from '../../app/commands/command.ts';
import { writeOutput } from '../../app/commands/output-file.ts';
import type { FileKind } from '../state/intent.ts';

/** A list that never ends would fill a disk, and a workbook is made whole in memory. */
const MOST_ROWS: Readonly<Record<FileKind, number>> = { csv: 1_000_000, xlsx: 50_000 };

/** All pages of what a list verb returns. @returns what was written, in a sentence. @throws OperatorError `usage.no-csv`, `output.unwritable` */
export async function exported(command: Command, input: unknown, context: CommandContext, kind: FileKind): Promise<string> {
  const presenter = await presenterOf(command.name);
  if (presenter.csv === undefined)
    throw usageError('no-csv', `\`${command.name}\` is not a list, so it has no CSV.`, 'Its page can be read in the pager with v.');
  const rows: CsvTable['rows'][number][] = [];
  let columns: readonly string[] = [];
  let after: unknown = null;
  do {
    const asked = after === null ? input : { ...(input as object), after };
    const { data } = await command.run(context, asked);
    const table = presenter.csv(data);
    ({ columns } = table);
    rows.push(...table.rows);
    after = (data as { readonly next?: unknown }).next ?? null;
  } while (after !== null && rows.length < MOST_ROWS[kind]);
  const written = await writeTable(command.name, { columns, rows: rows.slice(0, MOST_ROWS[kind]) }, kind);
  return after === null ? written : `${written} There are more: ${kind === 'xlsx' ? 'a CSV takes them' : 'narrow the list'}.`;
}

/** @returns as {@link exported} */
export async function writeTable(name: string, table: CsvTable, kind: FileKind): Promise<string> {
  const stamp = Temporal.Now.instant().toString({ smallestUnit: 'second' }).replaceAll(':', '');
  const path = join(process.cwd(), `wafa-${name}-${stamp}.${kind}`);
  await writeOutput(path, await bytesOf(name, table, kind));
  const count = table.rows.length;
  return `Written: ${path} (${count} ${count === 1 ? 'row' : 'rows'}).`;
}

async function bytesOf(name: string, table: CsvTable, kind: FileKind): Promise<Buffer> {
  if (kind === 'csv') return Buffer.from(csvText(table), 'utf8');
  const { xlsxTable } = await import('../../cli/xlsx-table.ts');
  return await xlsxTable(table, name);
}
