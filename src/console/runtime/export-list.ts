/** Writes what a list verb returns into a CSV file, all its pages: a console has no pipe to send them into. */
import { join } from 'node:path';

import { csvText, type CsvTable } from '../../cli/csv-text.ts';
import { presenterOf } from '../../cli/present/presenters.ts';
import { usageError } from '../../cli/usage-error.ts';
import type { Command, CommandContext } from '../../app/commands/command.ts';
import { writeOutput } from '../../app/commands/output-file.ts';

/** A list that never ends would fill a disk; nobody opens more in a spreadsheet. */
const MOST_ROWS = 1_000_000;

/** @returns what was written, in a sentence. @throws OperatorError `usage.no-csv`, `output.unwritable` */
export async function exported(command: Command, input: unknown, context: CommandContext): Promise<string> {
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
  } while (after !== null && rows.length < MOST_ROWS);
  const path = join(
    process.cwd(),
    `wafa-${command.name}-${Temporal.Now.instant().toString({ smallestUnit: 'second' }).replaceAll(':', '')}.csv`,
  );
  await writeOutput(path, Buffer.from(csvText({ columns, rows }), 'utf8'));
  return `Written: ${path} (${rows.length} ${rows.length === 1 ? 'row' : 'rows'}).`;
}
