import { join } from 'node:path';
import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { outputFile, requireFolder, writeOutput } from './output-file.ts';
import { rolesFor } from '../permissions.ts';
import type { Day } from '../../domain/days.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { StatementContent } from '../../mail/statement/statement-content.ts';

export const statementCommand = defineCommand({
  name: 'statement',
  group: 'reminders',
  summary: 'Everything open on an account, shown, written as PDF or workbook, or sent',
  example: 'statement C-17 --pdf statement.pdf',
  arguments: [{ name: 'customer', about: 'code of the customer' }],
  options: [
    { name: 'all', about: 'of every account with anything open; needs --out or --send' },
    { name: 'asOf', about: 'as of this day; today if left out', value: 'DAY' },
    { name: 'pdf', about: 'write it to this file as PDF', value: 'FILE' },
    { name: 'xlsx', about: 'write it to this file as a workbook', value: 'FILE' },
    { name: 'out', about: 'write a PDF into this folder, named by account and day', value: 'DIR' },
    { name: 'send', about: 'send it to the customer by mail, as PDF' },
    { name: 'again', about: 'with --send: although one of this day was ordered today' },
  ],
  schema: z
    .object({
      customer: z.string().min(1).max(64).optional(),
      all: z.boolean().default(false),
      asOf: dayArgument.optional(),
      pdf: outputFile.optional(),
      xlsx: outputFile.optional(),
      out: outputFile.optional(),
      send: z.boolean().default(false),
      again: z.boolean().default(false),
    })
    .refine(({ customer, all }) => (customer === undefined) === all, 'Name a customer, or give --all.')
    .refine(
      ({ all, out, send, pdf, xlsx }) => !all || send || (out !== undefined && !pdf && !xlsx),
      'With --all give --out DIR or --send, and neither --pdf nor --xlsx.',
    )
    .refine(({ send, pdf, xlsx, out }) => !send || (!pdf && !xlsx && !out), 'Give --send by itself, or files to write.')
    .refine(({ send, again }) => send || !again, '--again says to send once more: it goes with --send.'),
  roles: rolesFor('statement'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, { customer, asOf, pdf, xlsx, out, send, again }): Promise<CommandResult<unknown>> => {
    if (send) {
      const { sendStatements } = await import('./send-statements.ts');
      return await sendStatements(context, { customer, asOf, isRepeat: again });
    }
    if (out !== undefined) await requireFolder(out);
    if (customer === undefined) return await writeAll(context, out ?? '', asOf);
    const { readStatement } = await import('../read-statements.ts');
    const { statementView } = await import('../statement-view.ts');
    const content = await readStatement(await context.session(), customer, asOf);
    const files: WrittenFile[] = [];
    if (pdf !== undefined) files.push(await writePdf(content, pdf));
    if (xlsx !== undefined) files.push(await writeXlsx(content, xlsx));
    if (out !== undefined) files.push(await writePdf(content, join(out, await nameOf(content))));
    const branch = content.customer.code === customer ? [] : [`${customer} is a branch: this is the account of ${content.customer.code}.`];
    return { data: { statement: statementView(content), files }, ending: 'ok', notes: branch };
  },
});

interface WrittenFile {
  readonly customer: string;
  readonly file: string;
  readonly bytes: number;
}

/** One account after the other; an interrupt stops between two of them, and what is written stays whole. */
async function writeAll(context: CommandContext, folder: string, asOn: Day | undefined): Promise<CommandResult<unknown>> {
  const { readStatements } = await import('../read-statements.ts');
  const session = await context.session();
  const taken = new Set<string>();
  const files: WrittenFile[] = [];
  let after: CustomerId | null = null;
  do {
    const { contents, next } = await readStatements(session, after, asOn);
    for (const content of contents) {
      if (context.signal?.aborted) return { data: { files }, ending: 'partly', notes: [`Stopped after ${files.length} statements.`] };
      files.push(await writePdf(content, join(folder, freeName(await nameOf(content), taken))));
    }
    if (next !== null) context.say(`${files.length} statements written…`);
    after = next;
  } while (after !== null);
  return { data: { files }, ending: files.length === 0 ? 'nothing-to-do' : 'ok' };
}

/** Two codes may differ only in what no file name can hold. Compared without case, as some file systems do. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let copy = 2; taken.has(free.toLowerCase()); copy += 1) free = name.replace(/(?=\.pdf$)/, ` (${copy})`);
  taken.add(free.toLowerCase());
  return free;
}

const nameOf = async (content: StatementContent): Promise<string> =>
  (await import('../../mail/statement/statement-file-name.ts')).statementFileName(content, 'pdf');

async function writePdf(content: StatementContent, file: string): Promise<WrittenFile> {
  const { statementPdf } = await import('../../mail/statement/statement-pdf.ts');
  return await written(content, file, await statementPdf(content));
}

async function writeXlsx(content: StatementContent, file: string): Promise<WrittenFile> {
  const { statementXlsx } = await import('../../mail/statement/statement-xlsx.ts');
  return await written(content, file, await statementXlsx(content));
}

async function written({ customer }: StatementContent, file: string, bytes: Buffer): Promise<WrittenFile> {
  await writeOutput(file, bytes);
  return { customer: customer.code, file, bytes: bytes.length };
}
