/**
 * Lists what was imported, and takes an import back: what it brought goes, while nothing rests on it. What an import changed of records
 * there were before is not kept anywhere, so an import that did that is corrected by another import and never taken back.
 */
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import { transition } from '../transition.ts';
import { reviewPersonApproved } from '../review-approved.ts';
import { planningContext } from '../company-facts.ts';
import { settleDocuments } from './settle-documents.ts';
import { asId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import { loadAccountFacts } from '../../store/load-account-facts.ts';
import { lockAccounts } from '../../store/sql/account-lock.ts';
import { companySettings, lockCompany } from '../../store/sql/company-settings.ts';
import {
  accountsOfBatch,
  contactsOfNewCustomers,
  deleteAllocationsOfBatch,
  deleteRowsOfBatch,
  deleteRowsOfProposals,
  dependencesOn,
  documentsThatStay,
  freePayments,
  importBatchById,
  importBatches,
  markUndone,
  proposalsOfBatch,
  restoreLedgerDays,
  type Dependence,
  type DependenceFound,
  type ImportBatch,
} from '../../store/sql/import-undo.ts';

export const listImports = (session: Session, limit = 50): Promise<readonly ImportBatch[]> =>
  act(session, 'import list', ({ tx }) => importBatches(tx, limit), { isReadOnly: true });

export interface UndoneImport {
  readonly batch: ImportBatch;
  readonly proposalsCancelled: number;
}

/** @throws OperatorError `import.unknown-batch`, `import.undone-before`, `import.changed-records`, `import.depended-on`. */
export const undoImport = (session: Session, batchId: number): Promise<UndoneImport> =>
  act(session, 'import undo', async (context) => {
    const { tx } = context;
    await lockCompany(tx);
    const batch = requireStanding(await importBatchById(tx, batchId), batchId);
    const accounts = await accountsOfBatch(tx, batchId);
    await lockAccounts(tx, accounts);
    await requireUndoable(context, batch);
    const proposalsCancelled = await cancelProposals(context, batchId);
    const unsettled = await deleteAllocationsOfBatch(tx, batchId);
    await deleteRowsOfBatch(tx, batchId);
    await settleDocuments(tx, await documentsThatStay(tx, [...unsettled]));
    await freePayments(tx, accounts);
    await markUndone(tx, batchId, context.now);
    await restoreLedgerDays(tx);
    await reviewApproved(context, accounts);
    context.record({ objectKind: 'import', objectId: batchId, toState: 'UNDONE', detail: { proposalsCancelled } });
    return { batch, proposalsCancelled };
  });

function requireStanding(batch: ImportBatch | undefined, id: number): ImportBatch {
  if (batch === undefined)
    throw new OperatorError({
      code: 'import.unknown-batch',
      kind: 'usage',
      message: `There is no import ${id}.`,
      tryThis: 'List them with `wafa import list`.',
    });
  if (batch.undoneAt === null) return batch;
  throw new OperatorError({
    code: 'import.undone-before',
    kind: 'nothing-to-do',
    message: `Import ${id} was undone on ${batch.undoneAt.toString({ smallestUnit: 'minute' })}.`,
    tryThis: 'Nothing needs doing.',
  });
}

const CHANGES = ['documentsChanged', 'customersChanged', 'balancesReopened'] as const;

/** Recorded as if by hand, each taken back by the verb that takes such a fact back. */
const FACTS = ['chequesAdded', 'ratesAdded', 'daysOffAdded', 'suppressionsAdded'] as const;

const recordedFacts = (batch: ImportBatch): OperatorError =>
  new OperatorError({
    code: 'import.recorded-facts',
    kind: 'refused',
    message: `Import ${batch.id} (${safeText(batch.fileName)}) recorded single facts, which people may have acted on since.`,
    tryThis: 'Take each back by itself: `wafa cheque withdrawn`, `wafa unsuppress`, `wafa calendar withdraw`, or import the right rate.',
  });

async function requireUndoable({ tx }: Act, batch: ImportBatch): Promise<void> {
  const countOf = (name: string): number => Number(batch.summary[name] ?? 0);
  if (FACTS.some((name) => countOf(name) > 0)) throw recordedFacts(batch);
  const changed = CHANGES.reduce((sum, name) => sum + countOf(name), 0);
  const contacts = countOf('contactsWritten') - (await contactsOfNewCustomers(tx, batch.id));
  if (changed + Math.max(0, contacts) > 0) throw changedRecords(batch);
  const found = await dependencesOn(tx, batch.id);
  if (found.length > 0) throw dependedOn(batch, found);
}

const changedRecords = (batch: ImportBatch): OperatorError =>
  new OperatorError({
    code: 'import.changed-records',
    kind: 'refused',
    message: `Import ${batch.id} (${safeText(batch.fileName)}) changed records that were there before, and what they said is not kept.`,
    tryThis: 'Import a corrected file.',
  });

const dependedOn = (batch: ImportBatch, found: readonly DependenceFound[]): OperatorError =>
  new OperatorError({
    code: 'import.depended-on',
    kind: 'refused',
    message: `Import ${batch.id} (${safeText(batch.fileName)}) cannot be undone: ${found.map(worded).join('; ')}.`,
    tryThis: 'Take those back first where that can be done, or import a corrected file.',
  });

const worded = ({ on, count, example }: DependenceFound): string => `${WORDS[on](count)} (${safeText(example)}${count > 1 ? ', …' : ''})`;

const WORDS: Readonly<Record<Dependence, (count: number) => string>> = {
  reminder: (count) => `${count} ${count === 1 ? 'reminder' : 'reminders'} approved or sent with its documents`,
  allocation: (count) => `${count} later ${count === 1 ? 'payment or credit is' : 'payments or credits are'} set against its documents`,
  block: (count) => `${count} ${count === 1 ? 'block rests' : 'blocks rest'} on its records`,
  'credit-note': (count) => `${count} later ${count === 1 ? 'credit note names' : 'credit notes name'} its invoices`,
  'changed-document': (count) => `a later import changed ${count} of its documents`,
  document: (count) => `${count} later ${count === 1 ? 'document belongs' : 'documents belong'} to its customers`,
  branch: (count) => `${count} later ${count === 1 ? 'customer is' : 'customers are'} billed to its customers`,
  contact: (count) => `${count} ${count === 1 ? 'contact was' : 'contacts were'} logged with its customers`,
};

/** A proposal that lists what is gone is none; the next plan composes what is left anew. */
async function cancelProposals(context: Act, batchId: number): Promise<number> {
  const proposals = await proposalsOfBatch(context.tx, batchId);
  for (const { id, version, isLive } of proposals) {
    if (!isLive) continue;
    const move = { id: asId<'reminder'>(id), from: 'PROPOSED', to: 'CANCELLED', guard: { version } } as const;
    await transition(context, { ...move, change: { statusReason: 'its import was undone' }, reason: 'import-undone' });
  }
  await deleteRowsOfProposals(
    context.tx,
    proposals.map(({ id }) => id),
  );
  return proposals.filter(({ isLive }) => isLive).length;
}

/** Approved reminders of the same accounts, about other documents, whose allocations may have gone. */
async function reviewApproved(context: Act, accountIds: Awaited<ReturnType<typeof accountsOfBatch>>): Promise<void> {
  const company = await companySettings(context.tx);
  const planning = await planningContext({ ...context, company });
  const facts = await loadAccountFacts(context.tx, { accountIds, asOn: planning.asOn, timeZone: company.timeZone });
  await reviewPersonApproved(context, planning, facts);
}
