/**
 * A company to look around in: the sample book, its blocks and a planned day. Asked for again it only plans the day it is; a set-up
 * that died half-way is finished.
 */
import { createHash } from 'node:crypto';
import { act, type Act } from './act.ts';
import { createCompany } from './create-company.ts';
import { applyLedgerBlocks } from './import/apply-ledger-blocks.ts';
import { applyStagedLedger } from './import/apply-staged-ledger.ts';
import { stageRecords } from './import/stage-ledger.ts';
import type { Installation } from './installation.ts';
import { planReminders, type PlanResult } from './plan-run.ts';
import { openSession, type Session } from './session.ts';
import { userIdOf } from './actor.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { BlockRecord } from '../intake/ledger-records.ts';
import { sampleBook } from '../intake/sample-book/sample-book.ts';
import { SAMPLE_COMPANY } from '../intake/sample-book/sample-company.ts';
import { lockCompany, moveLedgerDays, companySettings } from '../store/sql/company-settings.ts';
import { closeImportBatch, openImportBatch, type ImportedFile } from '../store/sql/import-batches.ts';
import { compareWithRecorded } from '../store/sql/import-notes.ts';
import { indexStaging } from '../store/sql/import-staged-codes.ts';
import { createStaging } from '../store/sql/import-staging.ts';

/** Any number would do; a fixed one makes every demo the same book, so that screenshots and guides stay true. */
const SEED = 1971;

export interface DemoOptions {
  readonly customers?: number | undefined;
  readonly invoices?: number | undefined;
}

export interface OpenedDemo {
  readonly session: Session;
  readonly isNew: boolean;
  readonly plan: PlanResult;
}

/** @throws OperatorError `demo.name-taken` when the code belongs to a company that is no sample. */
export async function openDemo(installation: Installation, options: DemoOptions = {}): Promise<OpenedDemo> {
  const code = SAMPLE_COMPANY.code.toUpperCase();
  await createUnlessThere(installation, code);
  const session = await openSession(installation, code);
  const isNew = await act(session, 'demo', (context) => fillUnlessFilled(context, options));
  const plan = await planReminders(session, { startedBy: 'DEMO' });
  return { session, isNew, plan };
}

async function createUnlessThere(installation: Installation, code: string): Promise<void> {
  try {
    await createCompany(installation, {
      code,
      name: SAMPLE_COMPANY.name,
      nameAr: SAMPLE_COMPANY.nameAr,
      trn: SAMPLE_COMPANY.trn,
      emirate: SAMPLE_COMPANY.emirate,
      baseCurrency: SAMPLE_COMPANY.baseCurrency,
      fromAddress: `accounts@${SAMPLE_COMPANY.domain}`,
      phone: '+971 4 000 0000',
      contactPerson: 'Accounts Receivable',
      isSample: true,
    });
  } catch (error) {
    if (!(error instanceof OperatorError && error.code === 'company.exists')) throw error;
  }
}

/** One transaction: the book is there whole or not at all. */
async function fillUnlessFilled(context: Act, options: DemoOptions): Promise<boolean> {
  const { tx, today } = context;
  await lockCompany(tx);
  const company = await companySettings(tx);
  if (!company.isSample) throw nameTaken(company.code);
  if (company.ledgerInvoicesAsOn !== null) return false;
  const blocks = await stageBook(context, options);
  const batch = await openImportBatch(tx, bookFile(context, 0));
  const { counts } = await applyStagedLedger(tx, {
    ledgerOn: today,
    batchId: async () => batch,
    source: 'sample',
    completeFor: null,
    raisesAccounts: false,
    onProgress: () => undefined,
  });
  await applyLedgerBlocks(context, blocks, batch);
  await closeImportBatch(tx, batch, bookFile(context, counts.documentsAdded), counts);
  await moveLedgerDays(tx, { invoicesAsOn: today, receiptsAsOn: today });
  context.record({ objectKind: 'import', objectId: batch, detail: { ...counts, blocks: blocks.length, kind: 'sample' } });
  return true;
}

async function stageBook({ tx, today }: Act, { customers, invoices }: DemoOptions): Promise<readonly BlockRecord[]> {
  const blocks: BlockRecord[] = [];
  await createStaging(tx);
  for (const batch of sampleBook({
    seed: SEED,
    asOn: today,
    ...(customers === undefined ? {} : { customers }),
    ...(invoices === undefined ? {} : { invoices }),
  })) {
    await stageRecords(tx, batch);
    blocks.push(...batch.blocks);
  }
  await indexStaging(tx);
  await compareWithRecorded(tx);
  return blocks;
}

const bookFile = (context: Act, rowCount: number): ImportedFile => ({
  kind: 'sample',
  mapping: 'sample-book',
  sha256: createHash('sha256').update(`sample-book ${SEED}`).digest('hex'),
  fileName: 'sample book',
  rowCount,
  importedBy: userIdOf(context.actor),
  appliedAt: context.now,
});

const nameTaken = (code: string): OperatorError =>
  new OperatorError({
    code: 'demo.name-taken',
    message: `The company ${code} is not a sample, so the sample ledger was not loaded into it.`,
    tryThis: 'Work with it by --company, or set up the demo in another WAFA_HOME.',
  });
