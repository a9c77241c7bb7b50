/**
 * Takes a ledger file in: read and staged as it streams, checked whole, then applied in one transaction or not at all. Importing the
 * same file again changes nothing. Two imports at once come one after the other.
 */
import { rm, stat } from 'node:fs/promises';
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { applyFacts, type FactCounts } from './import/apply-facts.ts';
import { applyPromises } from './import/apply-promises.ts';
import { applyStagedLedger, type ImportCounts, type OnProgress } from './import/apply-staged-ledger.ts';
import { checkStagedLedger, type CheckedFile } from './import/check-staged-ledger.ts';
import { checkExpectations, type ImportExpectations } from './import/expectations.ts';
import { prepareCompleteList, type CompleteList } from './import/complete-list.ts';
import { reportNewCustomers } from './import/report-new-customers.ts';
import { reviewLiveReminders } from './import/review-live-reminders.ts';
import type { ReviewedReminders } from './review-approved.ts';
import type { ListScope } from '../store/sql/import-missing.ts';
import { chooseMapping, headingRowOf, type ChosenMapping } from './import/choose-mapping.ts';
import { guardTotals } from './import/guard-totals.ts';
import { daysSaidBy, daysText, ledgerDay } from './import/ledger-days.ts';
import { refuseUnsafePartial } from './import/unsafe-partial.ts';
import { RefusedRows } from './import/refused-rows.ts';
import { rejectedRows, type RejectedRows } from './import/rejected-rows.ts';
import { ImportRefused } from './import/import-refused.ts';
import { stageLedger, type StagedLedger } from './import/stage-ledger.ts';
import type { Session } from './session.ts';
import type { Day } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { ImportFault } from '../intake/faults.ts';
import type { Mapping, RecordKind } from '../intake/mapping.ts';
import { readLedger, type LedgerSummary } from '../intake/read-ledger.ts';
import type { Recognition } from '../intake/recognise-mapping.ts';
import type { TableChoices } from '../intake/table-file.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import { raiseFactsVersions } from '../store/sql/account-lock.ts';
import { lockCompany, moveLedgerDays } from '../store/sql/company-settings.ts';
import { closeImportBatch, importBatchOf, openImportBatch, type ImportedFile } from '../store/sql/import-batches.ts';
import { compareWithRecorded, holdStagedAccounts } from '../store/sql/import-notes.ts';
import { statesEveryBalance } from '../store/sql/import-totals.ts';

export interface ImportRequest {
  readonly path: string;
  /** Name of a shipped mapping or path of another; left out: found from the headings. */
  readonly mapping?: string | undefined;
  readonly kind?: RecordKind | undefined;
  /** What the operator says about the file's encoding and the like; found out when left out. */
  readonly choices?: TableChoices | undefined;
  /** Day the ledger speaks for; today when left out. */
  readonly ledgerOn?: Day | undefined;
  /** Rows that are refused are left out and written to a file of their own, instead of refusing the whole file. */
  readonly partial?: { readonly rejects?: string | undefined } | undefined;
  /** Does everything and takes it back. */
  readonly isDryRun?: boolean | undefined;
  /** What the file should hold; refused when it does not. */
  readonly expectations?: ImportExpectations | undefined;
  /** The file lists everything that is open: what it lacks is closed. */
  readonly completeList?: CompleteList | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export interface ImportOutcome {
  readonly kind: 'imported' | 'nothing-new';
  readonly isDryRun: boolean;
  /** `null` when the file brought nothing and no batch was opened, and for a dry run. */
  readonly batchId: number | null;
  readonly file: LedgerSummary;
  readonly mapping: string;
  readonly recordKind: RecordKind;
  /** How mapping and kind were found, when the operator left them open. */
  readonly recognition: Recognition | null;
  /** Where the headings are, when titles stand above them. */
  readonly headingRow: number | null;
  readonly isHeadingsOnly: boolean;
  readonly counts: Readonly<ImportCounts> & FactCounts;
  /** Reminders a person had approved that this takes back. */
  readonly reminders: ReviewedReminders;
  readonly warnings: readonly ImportFault[];
  readonly rejected: RejectedRows;
  readonly ledgerOn: Day;
  readonly hasLedgerMoved: boolean;
  /** Its receipts count as no newer than before, because rows were left out. */
  readonly holdsReceiptsBack: boolean;
  /** When the very same file was applied before, if it was. */
  readonly appliedBeforeAt: Temporal.Instant | null;
}

/**
 * @throws ImportRefused with every fault by row and column; nothing is written then.
 * @throws OperatorError `import.*` for a file that cannot be read at all.
 */
export async function importLedger(session: Session, request: ImportRequest): Promise<ImportOutcome> {
  refuseUnsafePartial(request);
  const chosen = await chooseMapping(request);
  try {
    return await importAs(session, request, chosen);
  } catch (error) {
    const headingRow = isWithoutHeadings(error) ? await headingRowOf(chosen, request) : undefined;
    if (headingRow === undefined) throw error;
    return await importAs(session, request, { ...chosen, headingRow });
  }
}

const isWithoutHeadings = (error: unknown): boolean => error instanceof OperatorError && error.code === 'import.missing-heading';

async function importAs(session: Session, request: ImportRequest, chosen: ChosenMapping): Promise<ImportOutcome> {
  const { mapping, kind, recognition, headingRow } = chosen;
  const read = { ...request, choices: { ...request.choices, headingRow } };
  let written: string | null = null;
  try {
    return await act(session, 'import', async (context) => {
      // A transaction that is tried again writes its file again.
      if (written !== null) await rm(written, { force: true });
      const outcome = {
        ...(await importInto(context, read, mapping, kind)),
        recognition,
        headingRow: headingRow ?? null,
        isHeadingsOnly: mapping.headingsOnly,
      };
      written = outcome.rejected.path;
      if (request.isDryRun === true) throw new TakenBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome;
    if (written !== null) await rm(written, { force: true });
    throw error;
  }
}

/** Carries a dry run's outcome out of the transaction that it ends. */
class TakenBack extends Error {
  readonly outcome: ImportOutcome;

  constructor(outcome: ImportOutcome) {
    super('a dry run is taken back');
    this.outcome = { ...outcome, batchId: null, isDryRun: true };
  }
}

async function importInto(context: Act, request: ImportRequest, mapping: Mapping, kind: RecordKind): Promise<WrittenLedger> {
  const { tx, company, today } = context;
  const ledgerOn = ledgerDay(request.ledgerOn, today);
  const onProgress = request.onProgress ?? ((): void => undefined);
  await lockCompany(tx);
  const reading = readLedger({
    source: { path: request.path },
    mapping,
    kind,
    choices: request.choices,
    asOn: today,
    baseCurrency: company.baseCurrency,
    ownDomains: [domainOf(company.mailFromAddress)],
    ownTrn: company.trn ?? undefined,
    ...(request.partial === undefined ? {} : { mostFaults: Number.POSITIVE_INFINITY }),
  });
  const isKnownByTrn = mapping.files[kind]?.yields.customers?.knownBy === 'code-or-trn';
  const bytes = await sizeOfFile(request.path);
  const refused = request.partial === undefined ? null : await RefusedRows.open(tx, kind !== 'customers');
  const staged = await stageLedger(tx, reading.batches, {
    onRows: (rows) => onProgress({ step: 'Reading', done: rows, of: rowsThoughtIn(bytes, rows, reading.summary().bytes) }),
    isKnownByTrn,
    refused,
  });
  const file = reading.summary();
  onProgress({ step: 'Checking', done: 0, of: file.rows });
  if (refused === null && file.faults > 0) throw new ImportRefused(staged.faults, file.faults);
  await guardTotals(tx);
  if (refused === null) await checkExpectations(tx, request.expectations ?? {}, kind);
  const list = request.completeList;
  const completeFor = list === undefined ? null : await prepareCompleteList(context, list, mapping, ledgerOn);
  await holdStagedAccounts(tx);
  await compareWithRecorded(tx);
  await checkWhole(tx, { file: file.file, kind, mapping }, refused);
  // What is left out counts for nothing: a control total of the whole file then refuses it, which is what such a total is for.
  if (refused !== null) await checkExpectations(tx, request.expectations ?? {}, kind);
  refused?.requireSomeLeft(file.rows);
  const suggestions = await reportNewCustomers(tx, { file: file.file, isKnownByTrn });
  return await applyChecked(context, {
    request,
    file: withWarnings(file, suggestions),
    mapping,
    kind,
    ledgerOn,
    staged: refused === null ? staged : { ...staged, promises: await refused.standing(staged.promises) },
    suggestions,
    completeFor,
    refused,
    onProgress,
  });
}

/** @throws ImportRefused where no row may be left out. */
async function checkWhole(tx: CompanyTx, checked: CheckedFile, refused: RefusedRows | null): Promise<void> {
  if (refused !== null) return await refused.leaveOutMisfits(checked);
  const { faults, faultCount } = await checkStagedLedger(tx, checked);
  if (faultCount > 0) throw new ImportRefused(faults, faultCount);
}

type WrittenLedger = Omit<ImportOutcome, 'recognition' | 'headingRow' | 'isHeadingsOnly'>;

interface CheckedLedger {
  readonly request: ImportRequest;
  readonly file: LedgerSummary;
  readonly mapping: Mapping;
  readonly kind: RecordKind;
  readonly ledgerOn: Day;
  readonly staged: StagedLedger;
  readonly suggestions: readonly ImportFault[];
  readonly completeFor: ListScope | null;
  readonly refused: RefusedRows | null;
  readonly onProgress: OnProgress;
}

async function applyChecked(context: Act, ledger: CheckedLedger): Promise<WrittenLedger> {
  const { tx, now } = context;
  const { file, mapping, kind, ledgerOn, staged, suggestions, completeFor, refused, onProgress } = ledger;
  const imported: ImportedFile = {
    kind,
    mapping: mapping.name,
    sha256: file.sha256,
    fileName: file.file,
    rowCount: file.rows,
    importedBy: userIdOf(context.actor),
    appliedAt: now,
  };
  const before = await importBatchOf(tx, imported);
  let batch: number | null = null;
  const batchId = async (): Promise<number> => (batch ??= await openImportBatch(tx, imported));
  const hasLeftOut = refused !== null && refused.count > 0;
  // A ledger that speaks for a later day has every account planned anew; otherwise those it touches are.
  const statesBalances = await statesEveryBalance(tx);
  const days = daysSaidBy(mapping, kind, ledgerOn, { statesBalances, hasLeftOut });
  const hasLedgerMoved = await moveLedgerDays(tx, days);
  const raisesAccounts = !hasLedgerMoved;
  const { counts: ledgerCounts, touchedAccounts } = await applyStagedLedger(tx, {
    ledgerOn,
    batchId,
    source: mapping.name,
    completeFor,
    raisesAccounts,
    onProgress,
  });
  const promised = await applyPromises(context, staged.promises, batchId);
  if (raisesAccounts) await raiseFactsVersions(tx, [...new Set([...touchedAccounts, ...promised])]);
  const { counts: factCounts, reminders: byFacts } = await applyFacts(context, staged.facts, { batchId, refused });
  const counts = { ...ledgerCounts, ...factCounts };
  const byLedger = await reviewLiveReminders(context);
  const reminders = { needReview: byLedger.needReview + byFacts.needReview, cancelled: byLedger.cancelled + byFacts.cancelled };
  refused?.requireSomeLeft(file.rows);
  const isNew = batch !== null;
  const leftOut = refused === null ? {} : { rejected: refused.count };
  if (isNew || hasLedgerMoved)
    await closeBatch(context, await batchId(), imported, { ...counts, ...leftOut, ledgerOn: ledgerOn.toString(), ...daysText(days) });
  return {
    kind: isNew || hasLedgerMoved ? 'imported' : 'nothing-new',
    isDryRun: false,
    batchId: batch,
    file,
    mapping: mapping.name,
    recordKind: kind,
    counts,
    reminders,
    // Suggestions first: beside a thousand warnings of one kind nobody would find them.
    warnings: [...suggestions, ...staged.warnings],
    rejected: await rejectedRows(refused, { ...ledger.request, mapping }),
    ledgerOn,
    hasLedgerMoved,
    holdsReceiptsBack: hasLeftOut && daysSaidBy(mapping, kind, ledgerOn, { statesBalances, hasLeftOut: false }).receiptsAsOn !== null,
    appliedBeforeAt: before?.appliedAt ?? null,
  };
}

/** Suggestions count as warnings, by their kinds. */
function withWarnings(file: LedgerSummary, suggestions: readonly ImportFault[]): LedgerSummary {
  const warnings: Record<string, number> = { ...file.warnings };
  for (const { code } of suggestions) warnings[code] = (warnings[code] ?? 0) + 1;
  return { ...file, warnings };
}

async function closeBatch(context: Act, id: number, file: ImportedFile, summary: Readonly<Record<string, string | number>>): Promise<void> {
  await closeImportBatch(context.tx, id, file, summary);
  context.record({
    objectKind: 'import',
    objectId: id,
    detail: { ...summary, kind: file.kind, mapping: file.mapping, rows: file.rowCount, sha256: file.sha256 },
  });
}

/** Of a single file; `null` for a folder. What cannot be looked at is refused by its reader. */
async function sizeOfFile(path: string): Promise<number | null> {
  const about = await stat(path).catch(() => null);
  return about?.isFile() === true ? about.size : null;
}

/** As many as the rest of the file holds when its rows are as long as those so far. */
const rowsThoughtIn = (bytes: number | null, rows: number, bytesRead: number): number | null =>
  bytes === null || bytesRead === 0 ? null : Math.max(rows, Math.round((rows * bytes) / bytesRead));

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
