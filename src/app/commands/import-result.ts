/** What an import answers: the data for programs, and the sentences for the person who ran it. */
import type { CommandResult } from './command.ts';
import type { ImportOutcome } from '../import-ledger.ts';
import { safeText } from '../../domain/safe-text.ts';
import { ENCODING_NAMES } from '../../intake/encoding/encodings.ts';

export function importResult(outcome: ImportOutcome): CommandResult<unknown> {
  const { file, counts, warnings, rejected } = outcome;
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
      rejected: { rows: rejected.rows, path: rejected.path },
    },
    faults: rejected.faults,
    warnings: warnings.map(({ code, message, tryThis, at }) => ({ code, message, tryThis, at })),
    warningCounts: file.warnings,
  };
  const ending = rejected.rows > 0 ? 'partly' : outcome.kind === 'nothing-new' ? 'nothing-to-do' : 'ok';
  return { data, ending, notes: notesOf(outcome) };
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
    ...rejectedNotes(outcome),
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
const recognised = ({ recognition, mapping, recordKind, headingRow, isHeadingsOnly }: ImportOutcome): readonly string[] => [
  ...(recognition === null
    ? []
    : [`Recognised as ${mapping} (${recordKind}) by ${recognition.matched.length} headings: ${named(recognition.matched)}.`]),
  ...(headingRow === null ? [] : [`The headings are in row ${headingRow}; what stands above them is not read.`]),
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

/** Last but for the warnings: what a person has to do next. */
function rejectedNotes({ rejected: { rows, path }, isDryRun, holdsReceiptsBack }: ImportOutcome): readonly string[] {
  if (rows === 0) return [];
  const one = rows === 1;
  const were = `${rows} ${one ? 'row' : 'rows'} ${isDryRun ? 'would be' : one ? 'was' : 'were'} rejected`;
  const stand = isDryRun ? 'would stand' : one ? 'stands' : 'stand';
  const where = path === null ? '' : ` and ${stand} in ${safeText(path)}; correct ${one ? 'it' : 'them'} there and import that file`;
  return [`${were}${where}.`, ...(holdsReceiptsBack ? ['Receipts count as no newer than before, until the rejected rows are in.'] : [])];
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
  ['chequesAdded', { one: 'cheque in hand', many: 'cheques in hand' }],
  ['ratesAdded', { one: 'exchange rate', many: 'exchange rates' }],
  ['daysOffAdded', { one: 'entry of days off', many: 'entries of days off' }],
  ['suppressionsAdded', { one: 'suppressed address', many: 'suppressed addresses' }],
  ['documentsClosed', { one: 'document closed that the list no longer has', many: 'documents closed that the list no longer has' }],
];
