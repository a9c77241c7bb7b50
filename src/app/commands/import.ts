import { z } from 'zod';
import { defineCommand, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import { outputFile } from './output-file.ts';
import type { ImportOutcome } from '../import-ledger.ts';
import { rolesFor } from '../permissions.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { DATE_ORDERS } from '../../intake/date-order.ts';
import { RECORD_KINDS as KINDS } from '../../intake/mapping.ts';
import type { TableChoices } from '../../intake/table-file.ts';
import { ENCODINGS, ENCODING_NAMES } from '../../intake/encoding/encodings.ts';

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
      onProgress: context.progress,
    };
    try {
      const session = await context.session();
      const { withDateOrder } = await import('./ask-date-order.ts');
      return resultOf(
        await withDateOrder(context, (dates = input.dates) =>
          importLedger(session, { ...request, choices: { ...request.choices, dates } }),
        ),
      );
    } catch (error) {
      if (error instanceof ImportRefused) for (const fault of error.faults) context.say(faultLine(fault));
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

interface Fault {
  readonly message: string;
  readonly tryThis: string;
  readonly at: { readonly file?: string; readonly row?: number; readonly column?: string };
}

const faultLine = ({ message, tryThis, at }: Fault): string =>
  `${at.file ?? ''}${at.row === undefined ? '' : ` row ${at.row}`}${at.column === undefined ? '' : `, column "${at.column}"`}: ${message} ${tryThis}`;

function resultOf(outcome: ImportOutcome): CommandResult<unknown> {
  const { file, counts, warnings } = outcome;
  const data = {
    import: {
      id: outcome.batchId,
      outcome: outcome.kind,
      dryRun: outcome.isDryRun,
      file: file.file,
      format: file.format,
      encoding: file.encoding?.encoding ?? null,
      mapping: outcome.mapping,
      kind: outcome.recordKind,
      rows: file.rows,
      sha256: file.sha256,
      asOf: outcome.ledgerOn.toString(),
      ledgerMoved: outcome.hasLedgerMoved,
      ...counts,
      reminders: outcome.reminders,
    },
    warnings: warnings.map(({ code, message, tryThis, at }) => ({ code, message, tryThis, at })),
    warningCounts: file.warnings,
  };
  return { data, ending: outcome.kind === 'nothing-new' ? 'nothing-to-do' : 'ok', notes: notesOf(outcome) };
}

function notesOf(outcome: ImportOutcome): readonly string[] {
  const { counts, file, warnings } = outcome;
  const written = WRITTEN.flatMap(([name, words]) =>
    counts[name] === 0 ? [] : [`${counts[name]} ${counts[name] === 1 ? words.one : words.many}`],
  );
  const first =
    written.length > 0
      ? `${outcome.isDryRun ? 'Would import' : 'Imported'} from ${file.rows} ${file.rows === 1 ? 'row' : 'rows'}: ${written.join(', ')}.`
      : nothingNew(outcome);
  const warned = Object.values(file.warnings).reduce((sum, count) => sum + count, 0);
  return [
    ...readAs(file),
    ...recognised(outcome),
    first,
    ...remindersNote(outcome),
    ...leftOut(outcome),
    ...(warned > 0 ? [`${warned} ${warned === 1 ? 'warning' : 'warnings'}; the first: ${warnings[0]?.message ?? ''}`] : []),
  ];
}

function remindersNote({ reminders: { needReview, cancelled }, isDryRun }: ImportOutcome): readonly string[] {
  const parts = [
    ...(needReview > 0 ? [`${needReview} ${needReview === 1 ? 'needs' : 'need'} review`] : []),
    ...(cancelled > 0
      ? [`${cancelled} ${isDryRun ? 'would be' : cancelled === 1 ? 'was' : 'were'} cancelled, with nothing left to ask`]
      : []),
  ];
  return parts.length === 0 ? [] : [`Of the approved reminders ${isDryRun ? 'then ' : ''}${parts.join(', ')}.`];
}

/** Plain UTF-8 goes without saying; anything else decides whether names are read right. */
const readAs = ({ encoding }: ImportOutcome['file']): readonly string[] =>
  encoding === null || encoding.encoding === 'utf-8' ? [] : [`Read as ${ENCODING_NAMES[encoding.encoding]}: ${encoding.why}.`];

/** What nobody said is told with its reason, so that a wrong guess is seen. */
const recognised = ({ recognition, mapping, recordKind, isHeadingsOnly }: ImportOutcome): readonly string[] => [
  ...(recognition === null
    ? []
    : [`Recognised as ${mapping} (${recordKind}) by ${recognition.matched.length} headings: ${named(recognition.matched)}.`]),
  ...(isHeadingsOnly ? [`The mapping ${mapping} was made from published headings, not from a real export: compare the totals.`] : []),
];

const NAMED = 5;
const named = (headings: readonly string[]): string =>
  `${headings
    .slice(0, NAMED)
    .map((heading) => safeText(heading))
    .join(', ')}${headings.length > NAMED ? ', …' : ''}`;

const leftOut = ({ file, mapping }: ImportOutcome): readonly string[] =>
  file.filteredRows === 0
    ? []
    : [
        `${file.filteredRows} ${file.filteredRows === 1 ? 'row was' : 'rows were'} left out, as the mapping ${mapping} says (drafts and the like).`,
      ];

function nothingNew({ hasLedgerMoved, ledgerOn, isDryRun, appliedBeforeAt }: ImportOutcome): string {
  if (hasLedgerMoved)
    return `Nothing new in the file; the ledger ${isDryRun ? 'would then speak' : 'now speaks'} for ${ledgerOn.toString()}.`;
  return `Nothing new in the file${appliedBeforeAt === null ? '' : `: it was imported on ${appliedBeforeAt.toString({ smallestUnit: 'minute' })}`}.`;
}

const WRITTEN: readonly (readonly [keyof ImportOutcome['counts'], { readonly one: string; readonly many: string }])[] = [
  ['customersAdded', { one: 'new customer', many: 'new customers' }],
  ['customersChanged', { one: 'changed customer', many: 'changed customers' }],
  ['contactsWritten', { one: 'contact', many: 'contacts' }],
  ['documentsAdded', { one: 'new document', many: 'new documents' }],
  ['documentsChanged', { one: 'changed document', many: 'changed documents' }],
  ['paymentsAdded', { one: 'new payment', many: 'new payments' }],
  ['allocationsAdded', { one: 'allocation', many: 'allocations' }],
  ['balancesAdjusted', { one: 'balance adjusted', many: 'balances adjusted' }],
  ['chequesAdded', { one: 'cheque in hand', many: 'cheques in hand' }],
  ['ratesAdded', { one: 'exchange rate', many: 'exchange rates' }],
  ['daysOffAdded', { one: 'entry of days off', many: 'entries of days off' }],
  ['suppressionsAdded', { one: 'suppressed address', many: 'suppressed addresses' }],
  ['documentsClosed', { one: 'document closed that the list no longer has', many: 'documents closed that the list no longer has' }],
];
