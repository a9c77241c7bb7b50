import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { importResult } from './import-result.ts';
import { dayArgument } from './day-argument.ts';
import { outputFile } from './output-file.ts';
import { rolesFor } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { DATE_ORDERS } from '../../intake/date-order.ts';
import { RECORD_KINDS as KINDS } from '../../intake/mapping.ts';
import type { TableChoices } from '../../intake/table-file.ts';
import { ENCODINGS } from '../../intake/encoding/encodings.ts';

export const importCommand = defineCommand({
  name: 'import',
  group: 'ledger',
  summary: 'Read customers, invoices, payments and the like from a file',
  example: 'import invoices.csv --as-of 2026-11-22',
  arguments: [
    {
      name: 'file',
      about: 'path of the ledger: CSV, Excel workbook (.xlsx), JSON lines, or UBL (a file, a folder, a zip); or list, undo, mapping',
    },
    { name: 'batch', about: 'for undo: the number of the import; for mapping: list, show or new' },
    { name: 'subject', about: 'for mapping: the name to show, or the file to propose one for' },
  ],
  options: [
    { name: 'kind', about: `what the file holds: ${KINDS.join(', ')}; found from its headings if left out`, value: 'KIND' },
    { name: 'map', about: 'mapping that reads it, by name or path; auto, or left out: found from its headings', value: 'MAPPING' },
    { name: 'encoding', about: `${ENCODINGS.join(', ')}; found from its bytes if left out`, value: 'NAME' },
    { name: 'sheet', about: 'sheet of a workbook; its first visible one if left out', value: 'NAME' },
    { name: 'dates', about: 'dmy or mdy: whether days are written day or month first, when the file does not show it', value: 'ORDER' },
    { name: 'asOf', about: 'day the ledger speaks for; today if left out', value: 'DAY' },
    { name: 'dryRun', about: 'check everything, change nothing' },
    { name: 'partial', about: 'take in the rows that are right, and write the others to a file to be corrected' },
    { name: 'rejects', about: 'with --partial: where to write them; beside the file if left out', value: 'FILE' },
    { name: 'expectTotal', about: 'refuse the file unless it comes to this, per currency', value: 'CUR=AMOUNT,…' },
    { name: 'expectCount', about: 'refuse the file unless it has so many records, per currency', value: 'CUR=NUMBER,…' },
    { name: 'completeList', about: 'the file lists everything open: close what it no longer has' },
    { name: 'branch', about: 'with --complete-list: only for this customer and its branches', value: 'CODE' },
    { name: 'yesClose', about: 'with --complete-list: it is right that so many are closed', value: 'NUMBER' },
    { name: 'watch', about: 'take in what is dropped into this folder, until stopped', value: 'DIR' },
    { name: 'out', about: 'for mapping new: where to write it', value: 'FILE' },
    { name: 'once', about: 'with --watch: take in what is there, then stop' },
  ],
  schema: z.object({
    file: z.string().min(1).max(4_096).optional(),
    batch: z.string().min(1).max(20).optional(),
    subject: z.string().min(1).max(4_096).optional(),
    out: outputFile.optional(),
    kind: z.enum(KINDS, { error: `is one of ${KINDS.join(', ')}` }).optional(),
    map: z.string().min(1).max(4_096).optional(),
    encoding: z.enum(ENCODINGS, { error: `is one of ${ENCODINGS.join(', ')}` }).optional(),
    sheet: z.string().min(1).max(100).optional(),
    dates: z.enum(DATE_ORDERS, { error: `is one of ${DATE_ORDERS.join(', ')}` }).optional(),
    asOf: dayArgument.optional(),
    dryRun: z.boolean().default(false),
    partial: z.boolean().default(false),
    rejects: outputFile.optional(),
    expectTotal: z.string().max(1_000).optional(),
    expectCount: z.string().max(1_000).optional(),
    completeList: z.boolean().default(false),
    branch: z.string().min(1).max(64).optional(),
    yesClose: z.coerce.number().int().min(1).optional(),
    watch: z.string().min(1).max(4_096).optional(),
    once: z.boolean().default(false),
  }),
  // The widest of its words: everybody may list what was imported.
  roles: rolesFor('import list'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<unknown>> => {
    const { importLedger } = await import('../import-ledger.ts');
    const { ImportRefused } = await import('../import/import-refused.ts');
    if (input.watch !== undefined && input.partial) throw wholeFilesOnly();
    if (input.watch !== undefined) return await (await import('./import-watch.ts')).watchFolder(context, input.watch, input.once);
    if (input.file === 'list') return await (await import('./import-batches.ts')).listBatches(context);
    if (input.file === 'undo') return await (await import('./import-batches.ts')).undoBatch(context, batchNumber(input.batch));
    if (input.file === 'mapping') return await (await import('./import-mapping.ts')).importMapping(context, mappingWords(input));
    const request = {
      path: requireFile(input),
      kind: input.kind,
      mapping: input.map === 'auto' ? undefined : input.map,
      choices: { encoding: input.encoding, dates: input.dates, sheet: input.sheet },
      ledgerOn: input.asOf,
      isDryRun: input.dryRun,
      expectations: { totals: input.expectTotal, counts: input.expectCount },
      completeList: completeListOf(input),
      partial: partialOf(input),
      onProgress: context.progress,
    };
    try {
      const session = await context.session();
      const { withDateOrder } = await import('./ask-date-order.ts');
      const outcome = await withDateOrder(context, (dates = input.dates) =>
        importLedger(session, { ...request, choices: { ...request.choices, dates } }),
      );
      for (const fault of outcome.rejected.faults) context.say(faultLine(fault));
      return importResult(outcome);
    } catch (error) {
      // One fault is told by the refusal itself, after the place it is at.
      if (error instanceof ImportRefused) for (const line of refusalLines(error.faults)) context.say(line);
      throw error;
    }
  },
});

interface FileInput {
  readonly file?: string | undefined;
  readonly batch?: string | undefined;
  readonly completeList: boolean;
  readonly branch?: string | undefined;
  readonly yesClose?: number | undefined;
  readonly partial: boolean;
  readonly rejects?: string | undefined;
}

function batchNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,14}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new OperatorError({
    code: 'import.no-batch',
    kind: 'usage',
    message: `${JSON.stringify(text)} is not the number of an import.`,
    tryThis: 'Name its number from `wafa import list`: `wafa import undo 12`.',
  });
}

const mappingWords = ({ batch, subject, out, encoding, sheet }: MappingInput) => ({
  word: batch,
  subject,
  out,
  choices: { encoding, sheet },
});

interface MappingInput extends Pick<TableChoices, 'encoding' | 'sheet'> {
  readonly batch?: string | undefined;
  readonly subject?: string | undefined;
  readonly out?: string | undefined;
}

function requireFile({ file, batch }: FileInput): string {
  if (file !== undefined && batch === undefined) return file;
  throw new OperatorError({
    code: 'import.no-file',
    kind: 'usage',
    message: file === undefined ? 'No file was named.' : 'One file is imported at a time.',
    tryThis: 'Write `wafa import FILE`, `wafa import list`, or `wafa import undo NUMBER`.',
  });
}

function completeListOf({ completeList, branch, yesClose }: FileInput) {
  if (completeList) return { branch, yesClose };
  if (branch === undefined && yesClose === undefined) return undefined;
  throw new OperatorError({
    code: 'import.no-complete-list',
    kind: 'usage',
    message: '--branch and --yes-close mean something only for a complete list.',
    tryThis: 'Add --complete-list when the file lists everything that is open.',
  });
}

function partialOf({ partial, rejects }: FileInput) {
  if (partial) return { rejects };
  if (rejects === undefined) return undefined;
  throw new OperatorError({
    code: 'import.no-partial',
    kind: 'usage',
    message: '--rejects means something only when rows may be left out.',
    tryThis: 'Add --partial to take in the rows that are right.',
  });
}

const wholeFilesOnly = (): OperatorError =>
  new OperatorError({
    code: 'import.watch-whole',
    kind: 'usage',
    message: 'A watched folder takes files whole: nobody is there to correct the rows that would be left out.',
    tryThis: 'Leave --partial out. A rejected file can be imported by hand with it: `wafa import DIR/rejected/FILE --partial`.',
  });

interface Fault {
  readonly message: string;
  readonly tryThis: string;
  readonly at: { readonly file?: string; readonly row?: number; readonly column?: string };
}

function refusalLines(faults: readonly Fault[]): readonly string[] {
  const [only, ...more] = faults;
  return only !== undefined && more.length === 0 ? [`${placeOf(only)}:`] : faults.map(faultLine);
}

const faultLine = (fault: Fault): string => `${placeOf(fault)}: ${fault.message} ${fault.tryThis}`;

const placeOf = ({ at }: Fault): string =>
  `${at.file ?? ''}${at.row === undefined ? '' : ` row ${at.row}`}${at.column === undefined ? '' : `, column "${at.column}"`}`;
