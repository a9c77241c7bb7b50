import { z } from 'zod';
import { defineCommand, type CommandContext, type CommandResult } from './command.ts';
import { dayArgument } from './day-argument.ts';
import type { ImportOutcome } from '../import-ledger.ts';
import { rolesFor } from '../permissions.ts';

const KINDS = ['customers', 'invoices', 'credit-notes', 'payments'] as const;

/** Said while a large file is read, often enough to show that it goes on. */
const SAY_EVERY_ROWS = 100_000;

export const importCommand = defineCommand({
  name: 'import',
  group: 'ledger',
  summary: 'Read customers, invoices, payments or credit notes from a file',
  example: 'import invoices.csv --as-of 2026-11-22',
  arguments: [{ name: 'file', about: 'path of a CSV file in UTF-8', isRequired: true }],
  options: [
    { name: 'kind', about: `what the file holds: ${KINDS.join(', ')}; found from its headings if left out`, value: 'KIND' },
    { name: 'map', about: 'mapping that reads it, by name or path; found from its headings if left out', value: 'MAPPING' },
    { name: 'asOf', about: 'day the ledger speaks for; today if left out', value: 'DAY' },
    { name: 'dryRun', about: 'check everything, change nothing' },
  ],
  schema: z.object({
    file: z.string().min(1).max(4_096),
    kind: z.enum(KINDS, { error: `is one of ${KINDS.join(', ')}` }).optional(),
    map: z.string().min(1).max(4_096).optional(),
    asOf: dayArgument.optional(),
    dryRun: z.boolean().default(false),
  }),
  roles: rolesFor('import'),
  isDangerous: false,
  reversedBy: null,
  run: async (context, input): Promise<CommandResult<unknown>> => {
    const { importLedger } = await import('../import-ledger.ts');
    const { ImportRefused } = await import('../import/import-refused.ts');
    const request = {
      path: input.file,
      kind: input.kind,
      mapping: input.map,
      ledgerOn: input.asOf,
      isDryRun: input.dryRun,
      onProgress: sayProgress(context),
    };
    try {
      return resultOf(await importLedger(await context.session(), request));
    } catch (error) {
      if (error instanceof ImportRefused) for (const fault of error.faults) context.say(faultLine(fault));
      throw error;
    }
  },
});

function sayProgress(context: CommandContext): (step: string, rows: number) => void {
  let said = 0;
  return (step, rows) => {
    if (step !== 'read' || rows < said + SAY_EVERY_ROWS) return;
    said = rows - (rows % SAY_EVERY_ROWS);
    context.say(`${said} rows read…`);
  };
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
      mapping: outcome.mapping,
      kind: outcome.recordKind,
      rows: file.rows,
      sha256: file.sha256,
      asOf: outcome.ledgerOn.toString(),
      ledgerMoved: outcome.hasLedgerMoved,
      ...counts,
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
  return [first, ...(warned > 0 ? [`${warned} ${warned === 1 ? 'warning' : 'warnings'}; the first: ${warnings[0]?.message ?? ''}`] : [])];
}

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
];
